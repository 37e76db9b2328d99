import type { RequestHandler } from 'express';
import type { Context } from '../context.ts';
import { loggedPath } from './logged-path.ts';

/** Logs requests only at level `debug`, so that by default no reader's IP address is logged. */
export function logRequests({ log }: Context): RequestHandler {
  return (request, response, next) => {
    if (!log.isLevelEnabled('debug')) return next();
    const start = performance.now();
    response.on('close', () => {
      log.debug({ method: request.method, url: loggedPath(request.url), status: response.statusCode, ms: Math.round(performance.now() - start), address: request.ip }, 'answered');
    });
    next();
  };
}
