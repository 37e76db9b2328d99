import express, { type Request, type RequestHandler, type Response } from 'express';
import { RequestError } from '../errors.ts';

/** If the connection of a refused request closed at once, the client might not receive the response. */
const closeDelayMs = 1000;

/** Refuses a form that is too long as soon as its length is known, while Express's own parser would read the whole body first. */
export function parseLimitedForm(maxBytesOf: (request: Request) => Promise<number>): RequestHandler {
  return async (request, response, next) => {
    const limit = request.method === 'POST' ? await maxBytesOf(request) : 0;
    if (Number(request.get('Content-Length') ?? 0) > limit) return next(refusal(request, response));
    let isFinished = false;
    // The parser also calls this function after it has read a body that was already refused.
    const finish = (error?: unknown) => {
      if (isFinished) return;
      isFinished = true;
      next(error);
    };
    if (request.get('Transfer-Encoding') !== undefined) {
      let left = limit;
      request.on('data', (chunk: Buffer) => {
        const wasWithin = left >= 0;
        left -= chunk.length;
        if (wasWithin && left < 0) finish(refusal(request, response));
      });
    }
    express.urlencoded({ extended: false, limit })(request, response, finish);
  };
}

function refusal(request: Request, response: Response): RequestError {
  response.once('finish', () => {
    if (!request.complete) setTimeout(() => request.socket.destroy(), closeDelayMs).unref();
  });
  return new RequestError(413, 'errors.tooLarge');
}
