import { routes, type Route } from './routes.ts';

const patterns = routes.filter(({ query }) => query.length > 0).map((route) => ({ route, pattern: new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`) }));

/**
 * The address that the page of a URL is kept under: its path, with those query parameters that the page knows, in the
 * order in which the route names them. Whatever else stands in the query neither misses nor makes a page of its own.
 *
 * @returns undefined where nothing is kept: paths that are written in more ways than one
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

/** The query parameters that a route declares; of one that comes twice the first. */
export function readQuery(url: string, route: Route): Record<string, string | undefined> {
  const start = url.indexOf('?');
  const given = new URLSearchParams(start < 0 ? '' : url.slice(start));
  return Object.fromEntries(route.query.map((name) => [name, given.get(name) ?? undefined]));
}
