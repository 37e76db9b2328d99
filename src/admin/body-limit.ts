import express, { type Request, type RequestHandler, type Response } from 'express';
import { RequestError } from '../errors.ts';

/** How long the rest of a refused body is still read, in milliseconds: a connection that is cut at once takes the answer with it. */
const lingerTime = 1000;

/**
 * Reads a posted form of at most as many bytes as `limitOf` allows its sender. A longer one is refused as soon as its length is known or reached:
 * Express's own parser reads it to its end before it refuses.
 */
export function limitedForm(limitOf: (request: Request) => Promise<number>): RequestHandler {
  return async (request, response, next) => {
    const limit = request.method === 'POST' ? await limitOf(request) : 0;
    if (Number(request.get('Content-Length') ?? 0) > limit) return next(refusal(request, response));
    let isOver = false;
    // The parser refuses it as well, later.
    const goOn = (error?: unknown) => {
      if (isOver) return;
      isOver = true;
      next(error);
    };
    if (request.get('Transfer-Encoding') !== undefined) {
      let left = limit;
      request.on('data', (chunk: Buffer) => {
        left -= chunk.length;
        if (left < 0) goOn(refusal(request, response));
      });
    }
    express.urlencoded({ extended: false, limit })(request, response, goOn);
  };
}

function refusal(request: Request, response: Response): RequestError {
  response.once('finish', () => {
    if (!request.complete) setTimeout(() => request.socket.destroy(), lingerTime).unref();
  });
  return new RequestError(413, 'The form is too large.');
}
