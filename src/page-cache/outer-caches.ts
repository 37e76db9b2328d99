/** What every page is tagged with: a purge of it empties a cache. */
export const everything = 'all';

/** How long caches in front of the site may keep a page that is purged when it changes, in seconds. */
const longest = 3600;
/** How long they may answer with a page while they ask for another, and while the site does not answer. */
const whileAsking = 60;
const whileAway = 24 * 3600;
/** Caches take some 16 KB of tags. A page that shows more articles is dropped with any of them. */
const mostTags = 200;

/** The tags by which caches in front of the site are told to drop a page: as Fastly and Varnish, and as Cloudflare, read them. */
export function tagHeaders(shows: string[]): Record<string, string> {
  const tags = shows.length <= mostTags ? shows : ['articles', ...shows.filter((tag) => !tag.startsWith('article:'))];
  const all = [...new Set([everything, ...tags])];
  return { 'surrogate-key': all.join(' '), 'cache-tag': all.join(',') };
}

/** How long who may keep a page: everybody, and those caches that read what is meant for them alone (RFC 9213). */
export interface OuterCacheControl {
  everybody: string;
  caches: string;
}

/**
 * How long who may keep a page that is sent now: browsers ask each time, caches that are purged keep it until it
 * changes by itself. One that does is not answered with while another is asked for: that would be past its time.
 * Browsers would answer with stale pages too if they were told that caches may, and nobody purges them.
 */
export function outerCacheControl(changesAt: number, now: number): OuterCacheControl {
  const left = Math.max(0, Math.floor((changesAt - now) / 1000));
  const isCut = left < longest + whileAsking;
  const most = Math.min(left, longest);
  return { everybody: `public, max-age=0, s-maxage=${most}`, caches: `max-age=${most}${isCut ? '' : `, stale-while-revalidate=${whileAsking}`}, stale-if-error=${whileAway}` };
}
