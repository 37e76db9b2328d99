import type { RequestHandler } from 'express';
import { RequestError } from '../errors.ts';

/**
 * Refuses a request whose body is longer than `limit` bytes as soon as that is known, and stops reading: the connection
 * ends with the answer. What parses the body would read it to its end before it refused.
 */
export function bodyLimit(limit: number): RequestHandler {
  return (request, response, next) => {
    const refuse = () => {
      response.set('Connection', 'close');
      next(new RequestError(413, 'The form is too large.'));
    };
    if (Number(request.get('Content-Length') ?? 0) > limit) return refuse();
    if (request.get('Transfer-Encoding') === undefined) return next();
    let length = 0;
    let isRefused = false;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit || isRefused) return;
      isRefused = true;
      request.pause();
      refuse();
    });
    next();
  };
}
