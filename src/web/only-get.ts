import type { Request, RequestHandler, Response } from 'express';
import { RequestError } from '../errors.ts';

/** Lets reading through; refuses whatever would change what can only be read. */
export function onlyGet(): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') next();
    else refuseMethod(request, response);
  };
}

/**
 * Says what is possible where only reading is (RFC 9110, 15.5.6).
 *
 * @throws RequestError 405, but for OPTIONS, which is answered
 */
export function refuseMethod(request: Request, response: Response): void {
  response.set('Allow', 'GET, HEAD, OPTIONS');
  if (request.method !== 'OPTIONS') throw new RequestError(405, 'errors.methodNotAllowed', { method: request.method });
  response.status(204).end();
}
