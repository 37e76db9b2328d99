import { expect, test } from 'vitest';
import { isReservedPath } from '../src/urls.ts';

test.each(['admin', 'admin/users', 'archive/2025', 'articles/about', 'assets/x', 'authors', 'health', 'icons', 'search', 'sitemaps/x', 'themes/world', 'topics'])('the path %s is reserved', (path) => {
  expect(isReservedPath(path)).toBe(true);
});

test.each(['about', 'policies/archive', 'searching', 'articles-of-faith'])('the path %s is not reserved', (path) => {
  expect(isReservedPath(path)).toBe(false);
});
