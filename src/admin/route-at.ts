import type { Request } from 'express';
import type { AdminRoute } from './action.ts';
import { routes } from './routes.ts';

/** The routes with the path of a request, one for each method. */
export function routesAt({ baseUrl, path }: Request): AdminRoute[] {
  // Express removes the path where a router is mounted from `path`.
  const segments = (baseUrl + path).replace(/\/$/, '').split('/');
  return routes.filter((route) => matchesPattern(route.path.split('/'), segments));
}

function matchesPattern(pattern: string[], path: string[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part.startsWith(':') || part === path[index]);
}
