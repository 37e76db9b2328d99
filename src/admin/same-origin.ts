import type { RequestHandler } from 'express';
import { RequestError } from '../errors.ts';

/**
 * Refuses POST requests that do not come from a page of this site, by `Sec-Fetch-Site` or, for browsers that don't send
 * it, by `Origin` (Fetch Metadata; RFC 6454). A request with neither header was not sent by a browser's form.
 */
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
