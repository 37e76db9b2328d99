import type { RequestHandler } from 'express';
import { RequestError } from '../errors.ts';

/** Prevents cross-site request forgery, by `Sec-Fetch-Site` (Fetch Metadata) or, for browsers that don't send that header, by `Origin` (RFC 6454). */
export function sameOrigin(siteUrl: string): RequestHandler {
  return (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const site = request.get('Sec-Fetch-Site');
    const origin = request.get('Origin') ?? '';
    const isOurs = origin === siteUrl || origin === `${request.protocol}://${request.get('Host')}`;
    const isSame = site === undefined ? isOurs : site === 'same-origin';
    if (!isSame) throw new RequestError(403, 'errors.otherSite');
    next();
  };
}
