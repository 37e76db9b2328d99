import type { RequestHandler } from 'express';
import { canonicalPath as canonicalOf } from '../urls.ts';

/** Redirects to the canonical path: lower case, single slashes, no trailing slash. */
export function canonicalPath(headers: Record<string, string>): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const end = request.url.indexOf('?');
    // `request.url` may begin with the host (RFC 9112, 3.2.2).
    const { path } = request;
    const canonical = canonicalOf(path);
    if (canonical === path) return next();
    response.set(headers);
    response.redirect(301, canonical + (end < 0 ? '' : request.url.slice(end)));
  };
}
