import type { RequestHandler } from 'express';

/**
 * Leads every other writing of a path to the one that pages have: lower case, single slashes, none at the end.
 * The path led to begins with exactly one slash, so that `//host` is never a way off the site.
 */
export function canonicalPath(): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const end = request.url.indexOf('?');
    // Not from the address as it came, which may name the host before it (RFC 9112, 3.2.2).
    const { path } = request;
    const canonical = `/${lowerCase(path).split(/[/\\]+/).filter(Boolean).join('/')}`;
    if (canonical === path) return next();
    response.redirect(301, canonical + (end < 0 ? '' : request.url.slice(end)));
  };
}

// But for the digits of percent-encoded bytes, which mean the same in either case.
function lowerCase(path: string): string {
  return path.replace(/%[0-9A-F]{0,2}|[A-Z]+/gi, (part) => (part.startsWith('%') ? part : part.toLowerCase()));
}
