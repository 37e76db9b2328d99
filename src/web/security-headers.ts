import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { Config } from '../config.ts';

type Directives = Record<string, string[]>;

/** The headers that bound what a page of ours may do, stated whole, by their names in lower case. They are the same for every answer: helmet is asked once. */
export function securityHeaders({ siteUrl }: Config): Record<string, string> {
  const isHttps = siteUrl.startsWith('https:');
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const setThem = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: directives(isHttps) },
    strictTransportSecurity: isHttps ? { maxAge: 365 * 24 * 3600, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    // Elsewhere browsers only complain that they ignore these.
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
    xFrameOptions: { action: 'deny' },
  });
  setThem(request, response, (error) => {
    if (error !== undefined) throw error;
  });
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
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
