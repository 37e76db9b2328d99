import type { Request, RequestHandler, Response } from 'express';
import { RequestError } from '../errors.ts';

export function onlyGet(): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') next();
    else refuseMethod(request, response);
  };
}

/** @throws RequestError (405) for methods other than OPTIONS (RFC 9110, 15.5.6) */
export function refuseMethod(request: Request, response: Response): void {
  response.set('Allow', 'GET, HEAD, OPTIONS');
  if (request.method !== 'OPTIONS') throw new RequestError(405, 'errors.methodNotAllowed', { method: request.method });
  response.status(204).end();
}
