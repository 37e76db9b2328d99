import type { RequestHandler } from 'express';
import { RequestError } from '../errors.ts';

/**
 * Lets an unsafe request through only if a page of this site sent it: by `Sec-Fetch-Site`, or, from browsers that
 * send none, by `Origin` (Fetch Metadata; RFC 6454). One that says neither does not come from a browser's form.
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
