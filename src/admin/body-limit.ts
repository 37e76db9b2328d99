import express, { type Request, type RequestHandler, type Response } from 'express';
import { RequestError } from '../errors.ts';

/** How long the connection of a refused request stays open, in milliseconds: if it closed at once, the client might not get the answer. */
const lingerTime = 1000;

/**
 * Parses a posted form and refuses one that is too long as soon as its length is known or exceeded. Express's own parser
 * reads the whole body before it refuses.
 *
 * @param limitOf gives the maximum length for a request, in bytes
 */
export function limitedForm(limitOf: (request: Request) => Promise<number>): RequestHandler {
  return async (request, response, next) => {
    const limit = request.method === 'POST' ? await limitOf(request) : 0;
    if (Number(request.get('Content-Length') ?? 0) > limit) return next(refusal(request, response));
    let isOver = false;
    // The parser calls this too, once it has read a body that was refused already.
    const finish = (error?: unknown) => {
      if (isOver) return;
      isOver = true;
      next(error);
    };
    if (request.get('Transfer-Encoding') !== undefined) {
      let left = limit;
      request.on('data', (chunk: Buffer) => {
        left -= chunk.length;
        if (left < 0) finish(refusal(request, response));
      });
    }
    express.urlencoded({ extended: false, limit })(request, response, finish);
  };
}

function refusal(request: Request, response: Response): RequestError {
  response.once('finish', () => {
    if (!request.complete) setTimeout(() => request.socket.destroy(), lingerTime).unref();
  });
  return new RequestError(413, 'errors.tooLarge');
}
