import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from './config.ts';

type Directives = Record<string, string[]>;

/** The headers that bound what a page of ours may do, stated whole. */
export function securityHeaders({ siteUrl }: Config): RequestHandler {
  const isHttps = siteUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: directives(isHttps) },
    strictTransportSecurity: isHttps ? { maxAge: 365 * 24 * 3600 } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    // Elsewhere browsers only complain that they ignore these.
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
    xFrameOptions: { action: 'deny' },
  });
}

/** The text of a content security policy that differs from every page's, for pages that may do something else. */
export function contentSecurity({ siteUrl }: Config, others: Directives): string {
  const all = { ...directives(siteUrl.startsWith('https:')), ...others };
  return Object.entries(all).map(([name, values]) => [name, ...values].join(' ')).join(';');
}

function directives(isHttps: boolean): Directives {
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'"],
    // The admin's scripts save; the reader's fetch nothing, but auditing tools read robots.txt from within a page.
    'connect-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    ...(isHttps ? { 'upgrade-insecure-requests': [] } : {}),
  };
}
