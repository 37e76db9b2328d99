import type { IncomingMessage, ServerResponse } from 'node:http';
import fresh from 'fresh';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import type { Encoding, FinishedPage } from './finished-page.ts';
import { outerCacheControl } from './outer-caches.ts';

/** Answers a GET or HEAD request with a page or with 304 (RFC 9110, 13). `staleFor` is how long the page may have been out of date, in milliseconds. */
export function send(request: IncomingMessage, response: ServerResponse, page: FinishedPage, now: number, staleFor = 0): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  const canSendDate = page.canSendDate(now);
  if (page.status === 200 && !page.isPrivate && isNotModified(request, page, canSendDate)) {
    response.writeHead(304, withCacheControl(canSendDate ? page.notModified.headersWithDate : page.notModified.headers, page, now, staleFor)).end();
    return;
  }
  const { body, headers, headersWithDate } = page.variant(chooseEncoding(request.headers['accept-encoding']));
  response.writeHead(page.status, withCacheControl(canSendDate ? headersWithDate : headers, page, now, staleFor));
  if (request.method === 'HEAD') response.end();
  else response.end(body);
}

/** CDN lifetimes count from now. Stale pages get `Cache-Status` (RFC 9211) instead, and no CDN caches them. */
function withCacheControl(headers: string[], page: FinishedPage, now: number, staleFor: number): string[] {
  if (staleFor > 0) return [...headers, 'cache-status', `Broadsheet; hit; ttl=-${Math.ceil(staleFor / 1000)}; detail="the database is unavailable"`];
  if (!page.isPurged) return headers;
  const { cacheControl, cdnCacheControl } = outerCacheControl(page.changesAt, now);
  return [...headers.with(headers.indexOf('cache-control') + 1, cacheControl), 'cdn-cache-control', cdnCacheControl];
}

function isNotModified({ headers }: IncomingMessage, { etag, date }: FinishedPage, canSendDate: boolean): boolean {
  if (headers['if-none-match'] === etag) return true;
  if (headers['if-none-match'] === undefined && headers['if-modified-since'] === undefined) return false;
  return fresh(headers, { etag, 'last-modified': canSendDate ? date : undefined });
}

const encodings: Encoding[] = ['br', 'gzip', 'identity'];
const maxMemoizedLength = 100;
/** @types/negotiator describes version 0; the `preferred` option is new in version 1. */
interface PreferringNegotiator {
  encoding(available: string[], options: { preferred: string[] }): string | undefined;
}
const encodingByHeader = new LRUCache<string, Encoding>({ max: 200 });

/** The accepted encoding of the highest weight, and among equals the one that compresses best (RFC 9110, 12.5.3). */
function chooseEncoding(accepted = ''): Encoding {
  const memoized = encodingByHeader.get(accepted);
  if (memoized) return memoized;
  const negotiator: PreferringNegotiator = new Negotiator({ headers: { 'accept-encoding': accepted } });
  const chosen = accepted === '' ? undefined : negotiator.encoding(encodings, { preferred: encodings });
  const encoding = encodings.find((name) => name === chosen) ?? 'identity';
  if (accepted.length <= maxMemoizedLength) encodingByHeader.set(accepted, encoding);
  return encoding;
}
