import { expect, test } from 'vitest';
import { isStaticPagePath, parseStaticPage, readPageForm } from '../../../src/content/pages/static-page.ts';

test.each(['about', 'contact', 'policies/corrections', 'a/b/c', 'about-us-2', 'articles-of-faith', 'about/articles'])('a page may have the path %s', (path) => {
  expect(isStaticPagePath(path)).toBe(true);
});

test.each(['', '/', '/about', 'about/', 'a//b', 'a/b/c/d', 'About', 'a b', 'a_b', 'a--b', '-a', 'a.html', 'rss.xml', '../etc', 'a/..', 'é', 'a\n', '%2e', 'x'.repeat(101)])('no page may have the path %j', (path) => {
  expect(isStaticPagePath(path)).toBe(false);
});

test('a page’s title and body are cleaned', () => {
  expect(parseStaticPage(' About\n us\u0000 ', 'a\r\nb\u0007\ud800')).toEqual({ title: 'About us', body: 'a\nb\ufffd' });
});

test.each([undefined, null, 1, {}, '', ' ', '\u200b'])('a page with the title %j has no title', (title) => {
  expect(parseStaticPage(title, 'x')).toEqual({ errors: [{ field: 'title', problem: { key: 'problems.titleRequired' } }] });
});

test('title and body have the same limits as an article’s', () => {
  expect(parseStaticPage('x'.repeat(300), '')).toHaveProperty('title');
  expect(parseStaticPage('x'.repeat(301), '')).toEqual({ errors: [{ field: 'title', problem: { key: 'problems.tooLong', values: { limit: 300 } } }] });
  expect(parseStaticPage('x', 'é'.repeat(1024 * 1024))).toHaveProperty('body');
  expect(parseStaticPage('x', `é${'é'.repeat(1024 * 1024)}`)).toEqual({ errors: [{ field: 'body', problem: { key: 'problems.textTooLarge' } }] });
});

test('a typed path loses the slashes and spaces around it', () => {
  expect(readPageForm({ path: ' /policies/corrections/ ', title: ' A' })).toEqual({ path: 'policies/corrections', title: ' A', body: '' });
});
