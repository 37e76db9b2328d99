/** Every page has this tag, so purging it empties a cache. */
export const allPagesTag = 'all';

// All in seconds.
const maxAge = 3600;
const staleWhileRevalidate = 60;
const staleIfError = 24 * 3600;
/** CDNs accept about 16 KB of tags. A page that shows more articles is purged with any article. */
const maxTags = 200;

/** The tag headers by which CDNs purge a page: `Surrogate-Key` for Fastly and Varnish, `Cache-Tag` for Cloudflare. */
export function tagHeaders(shows: string[]): Record<string, string> {
  const tags = shows.length <= maxTags ? shows : ['articles', ...shows.filter((tag) => !tag.startsWith('article:'))];
  const all = [...new Set([allPagesTag, ...tags])];
  return { 'surrogate-key': all.join(' '), 'cache-tag': all.join(',') };
}

export interface OuterCacheControl {
  cacheControl: string;
  cdnCacheControl: string;
}

// A page that will soon change without a write gets no stale-while-revalidate, because it would be served out of date. The
// stale-… directives are in CDN-Cache-Control only (RFC 9213): browsers would obey them too, and the site can't purge browsers.
export function outerCacheControl(changesAt: number, now: number): OuterCacheControl {
  const remaining = Math.max(0, Math.floor((changesAt - now) / 1000));
  const changesSoon = remaining < maxAge + staleWhileRevalidate;
  const sharedMaxAge = Math.min(remaining, maxAge);
  return { cacheControl: `public, max-age=0, s-maxage=${sharedMaxAge}`, cdnCacheControl: `max-age=${sharedMaxAge}${changesSoon ? '' : `, stale-while-revalidate=${staleWhileRevalidate}`}, stale-if-error=${staleIfError}` };
}
