import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { Config } from '../config.ts';

type Directives = Record<string, string[]>;

/** Returns lower-case names. Helmet runs only once, on a dummy request, because the headers are the same for every response. */
export function securityHeaders({ siteUrl }: Config): Record<string, string> {
  const isHttps = siteUrl.startsWith('https:');
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const setThem = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: directives(isHttps) },
    strictTransportSecurity: isHttps ? { maxAge: 365 * 24 * 3600, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    // Browsers ignore the next two headers over HTTP, and log a warning.
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
    xFrameOptions: { action: 'deny' },
  });
  setThem(request, response, (error) => {
    if (error !== undefined) throw error;
  });
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}

export function contentSecurity({ siteUrl }: Config, overrides: Directives): string {
  const all = { ...directives(siteUrl.startsWith('https:')), ...overrides };
  return Object.entries(all).map(([name, values]) => [name, ...values].join(' ')).join(';');
}

function directives(isHttps: boolean): Directives {
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'"],
    // For the admin's scripts, which save by fetch. Readers' scripts fetch nothing, but auditing tools fetch robots.txt from the page.
    'connect-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    ...(isHttps ? { 'upgrade-insecure-requests': [] } : {}),
  };
}
