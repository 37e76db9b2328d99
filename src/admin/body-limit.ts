import type { Request, RequestHandler, Response } from 'express';
import { RequestError } from '../errors.ts';

/** How long the rest of a refused body is still read, in milliseconds: a connection that is cut at once takes the answer with it. */
const grace = 1000;

/**
 * Refuses a request whose body is longer than `limit` bytes as soon as that is known, and soon stops reading. What parses
 * the body would read it to its end before it refused.
 */
export function bodyLimit(limit: number): RequestHandler {
  return (request, response, next) => {
    if (Number(request.get('Content-Length') ?? 0) > limit) return next(refusal(request, response));
    if (request.get('Transfer-Encoding') === undefined) return next();
    let left = limit;
    request.on('data', (chunk: Buffer) => {
      const wasWithin = left >= 0;
      left -= chunk.length;
      if (wasWithin && left < 0) next(refusal(request, response));
    });
    next();
  };
}

function refusal(request: Request, response: Response): RequestError {
  response.once('finish', () => {
    if (!request.complete) setTimeout(() => request.socket.destroy(), grace).unref();
  });
  return new RequestError(413, 'The form is too large.');
}
