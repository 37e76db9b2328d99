import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { contentSecurity } from '../web/security-headers.ts';

export function adminHeaders(config: Config): RequestHandler {
  // The preview pane is a frame.
  const policy = contentSecurity(config, { 'frame-src': ["'self'"] });
  return (_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow', 'Referrer-Policy': 'same-origin', 'Content-Security-Policy': policy });
    next();
  };
}
