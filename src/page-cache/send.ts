import type { IncomingMessage, ServerResponse } from 'node:http';
import fresh from 'fresh';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import type { Encoding, FinishedPage } from './finished-page.ts';
import { outerCacheControl } from './outer-caches.ts';

/**
 * Answers a GET or HEAD with a finished page, or says that the one which the browser has is still it (RFC 9110, 13).
 *
 * @param staleFor for how long, in milliseconds, it has not been known whether the page is still the same; 0: it is
 */
export function send(request: IncomingMessage, response: ServerResponse, page: FinishedPage, now: number, staleFor = 0): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  const isDated = page.isDated(now);
  if (page.status === 200 && !page.isPrivate && isUnchanged(request, page, isDated)) {
    response.writeHead(304, withCacheControl(isDated ? page.unchanged.dated : page.unchanged.headers, page, now, staleFor)).end();
    return;
  }
  const { body, headers, dated } = page.form(chooseEncoding(request.headers['accept-encoding']));
  response.writeHead(page.status, withCacheControl(isDated ? dated : headers, page, now, staleFor));
  if (request.method === 'HEAD') response.end();
  else response.end(body);
}

/** Caches in front of the site count from now. They keep nothing that may be stale, and are told that it is (RFC 9211). */
function withCacheControl(headers: string[], page: FinishedPage, now: number, staleFor: number): string[] {
  if (staleFor > 0) return [...headers, 'cache-status', `Broadsheet; hit; ttl=-${Math.ceil(staleFor / 1000)}; detail="the database is away"`];
  if (!page.isPurged) return headers;
  const { everybody, caches } = outerCacheControl(page.changesAt, now);
  return [...headers.with(headers.indexOf('cache-control') + 1, everybody), 'cdn-cache-control', caches];
}

function isUnchanged({ headers }: IncomingMessage, { etag, date }: FinishedPage, isDated: boolean): boolean {
  if (headers['if-none-match'] === etag) return true;
  if (headers['if-none-match'] === undefined && headers['if-modified-since'] === undefined) return false;
  return fresh(headers, { etag, 'last-modified': isDated ? date : undefined });
}

const encodings: Encoding[] = ['br', 'gzip', 'identity'];
const longestKept = 100;
/** As it is since version 1; its types still describe the one before. */
interface PreferringNegotiator {
  encoding(available: string[], options: { preferred: string[] }): string | undefined;
}
// Browsers send a handful of different ones.
const choices = new LRUCache<string, Encoding>({ max: 200 });

/** The encoding that is accepted with the highest weight; of those alike the one that compresses best (RFC 9110, 12.5.3). */
function chooseEncoding(accepted = ''): Encoding {
  const known = choices.get(accepted);
  if (known) return known;
  const negotiator: PreferringNegotiator = new Negotiator({ headers: { 'accept-encoding': accepted } });
  const chosen = accepted === '' ? undefined : negotiator.encoding(encodings, { preferred: encodings });
  const encoding = encodings.find((name) => name === chosen) ?? 'identity';
  if (accepted.length <= longestKept) choices.set(accepted, encoding);
  return encoding;
}
