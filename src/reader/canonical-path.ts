import type { RequestHandler } from 'express';

/**
 * Leads every other writing of a path to the one that pages have: lower case, single slashes, none at the end.
 * The path led to begins with exactly one slash, so that `//host` is never a way off the site.
 */
export function canonicalPath(): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const end = request.url.indexOf('?');
    const path = end < 0 ? request.url : request.url.slice(0, end);
    const canonical = `/${path.split(/[/\\]+/).filter(Boolean).join('/').toLowerCase()}`;
    if (canonical === path) return next();
    response.redirect(301, canonical + (end < 0 ? '' : request.url.slice(end)));
  };
}
