import { routes, type Route } from './routes.ts';

const patterns = routes.filter(({ query }) => query.length > 0).map((route) => ({ route, pattern: new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`) }));

/**
 * The key of a URL's page in the page cache: its path, with the query parameters that its route declares, in the
 * route's order. Other parameters neither miss the cache nor add to it.
 *
 * @returns undefined for paths that have several spellings, which are not cached
 */
export function pageKey(url: string): string | undefined {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  if (!path.startsWith('/') || path.includes('%')) return undefined;
  if (end < 0) return path;
  const route = patterns.find(({ pattern }) => pattern.test(path))?.route;
  const known = route ? Object.entries(readQuery(url, route)).filter((entry): entry is [string, string] => entry[1] !== undefined) : [];
  return known.length === 0 ? path : `${path}?${new URLSearchParams(known)}`;
}

/** The query parameters that a route declares. Of a repeated one, the first counts. */
export function readQuery(url: string, route: Route): Record<string, string | undefined> {
  const start = url.indexOf('?');
  const given = new URLSearchParams(start < 0 ? '' : url.slice(start));
  return Object.fromEntries(route.query.map((name) => [name, given.get(name) ?? undefined]));
}
