import { routes, type Route } from './routes.ts';

const patterns = routes.filter(({ query }) => query.length > 0).map((route) => ({ route, pattern: new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`) }));

/**
 * The page cache's key for a URL: its path and the query parameters that its route declares, in the route's order.
 * Undefined for percent-encoded paths, which are not cached because they have several spellings.
 */
export function pageKey(url: string): string | undefined {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  if (!path.startsWith('/') || path.includes('%')) return undefined;
  if (end < 0) return path;
  const route = patterns.find(({ pattern }) => pattern.test(path))?.route;
  const declared = route ? Object.entries(readQuery(url, route)).filter((entry): entry is [string, string] => entry[1] !== undefined) : [];
  return declared.length === 0 ? path : `${path}?${new URLSearchParams(declared)}`;
}

/** Returns the query parameters that the route declares. If a parameter is repeated, its first value counts. */
export function readQuery(url: string, route: Route): Record<string, string | undefined> {
  const start = url.indexOf('?');
  const parameters = new URLSearchParams(start < 0 ? '' : url.slice(start));
  return Object.fromEntries(route.query.map((name) => [name, parameters.get(name) ?? undefined]));
}
