import type { RequestHandler } from 'express';

/** Redirects to the canonical path: lower case, single slashes, no trailing slash. */
export function canonicalPath(headers: Record<string, string>): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const end = request.url.indexOf('?');
    // `request.url` may begin with the host (RFC 9112, 3.2.2).
    const { path } = request;
    // Exactly one slash at the start: a redirect to `//host` would lead to another site.
    const canonical = `/${lowerCase(path).split(/[/\\]+/).filter(Boolean).join('/')}`;
    if (canonical === path) return next();
    response.set(headers);
    response.redirect(301, canonical + (end < 0 ? '' : request.url.slice(end)));
  };
}

// Leaves percent-encoded bytes as they are, because their digits mean the same in either case.
function lowerCase(path: string): string {
  if (!/[A-Z]/.test(path)) return path;
  return path.replace(/%[0-9A-F]{0,2}|[A-Z]+/gi, (part) => (part.startsWith('%') ? part : part.toLowerCase()));
}
