import { expect, test } from 'vitest';
import { routes as adminRoutes } from '../src/admin/routes.ts';
import { isStaticPagePath } from '../src/content/pages/static-page.ts';
import { routes } from '../src/reader/routes.ts';
import { isReservedPath } from '../src/urls.ts';

test.each(['admin', 'admin/users', 'archive/2025', 'articles/about', 'assets/x', 'authors', 'health', 'icons', 'search', 'sitemaps/x', 'themes/world', 'topics'])('the path %s is reserved', (path) => {
  expect(isReservedPath(path)).toBe(true);
});

test.each(['about', 'policies/archive', 'searching', 'articles-of-faith'])('the path %s is not reserved', (path) => {
  expect(isReservedPath(path)).toBe(false);
});

test('the first part of every route is reserved, so no static page can be hidden by a route; the page of corrections shows the static page at its path', () => {
  // `/robots.txt` and the like can't be the path of a static page anyway.
  const paths = [...routes, ...adminRoutes].map(({ path }) => path.slice(1)).filter((path) => path !== '' && !/^[^/]*\./.test(path));
  expect(paths.length).toBeGreaterThan(40);
  expect(paths.filter((path) => !isReservedPath(path)).filter(isStaticPagePath)).toEqual(['corrections']);
});
