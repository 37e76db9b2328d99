import type { RequestHandler } from 'express';

/**
 * Redirects every other spelling of a path to the canonical one: lower case, single slashes, no trailing slash.
 * The target begins with exactly one slash, so that `//host` can't lead to another site.
 */
export function canonicalPath(): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const end = request.url.indexOf('?');
    // Not taken from `request.url`, which may begin with the host (RFC 9112, 3.2.2).
    const { path } = request;
    const canonical = `/${lowerCase(path).split(/[/\\]+/).filter(Boolean).join('/')}`;
    if (canonical === path) return next();
    response.redirect(301, canonical + (end < 0 ? '' : request.url.slice(end)));
  };
}

// Percent-encoded bytes stay: their digits mean the same in either case.
function lowerCase(path: string): string {
  return path.replace(/%[0-9A-F]{0,2}|[A-Z]+/gi, (part) => (part.startsWith('%') ? part : part.toLowerCase()));
}
