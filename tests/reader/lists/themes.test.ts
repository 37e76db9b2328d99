import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { expect, test } from 'vitest';
import { addArticles } from '../../../src/storage/articles/add-articles.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

/** Publishes one article on each of `count` themes, from `Theme 0001`, the oldest. */
async function addThemes({ context }: TestSite, count: number): Promise<void> {
  const rendered = { html: '', text: '', wordCount: 0, markupVersion: 1, isPlain: false, shownAsText: [], hasComment: false };
  const articles = Array.from({ length: count }, (_, index) => ({
    title: `Article ${index + 1}`, standfirst: '', summary: '', picture: null, pictureAlt: '', pictureCaption: '', body: '', theme: `Theme ${String(index + 1).padStart(4, '0')}`, topics: [], authors: [],
    publishedAt: now - (count - index) * 1000, updatedAt: null, slug: null, language: 'en', uid: randomUUID(), rendered, importKey: null,
  }));
  await addArticles(context.db, articles, now);
}

const navigation = (html: string) => within(element(html, 'nav', { class: 'themes' }), 'a').map(text);

test('all themes are listed by name, a hundred per page, and each page has its own canonical address', async () => {
  const site = await emptySite();
  await addThemes(site, 250);
  const names: string[] = [];
  const lengths: number[] = [];
  let path: string | undefined = '/themes';
  while (path) {
    const { status, text: html } = await request(site.app).get(path);
    expect(status).toBe(200);
    expect(element(html, 'link', { rel: 'canonical' }).attribs['href']).toBe(`https://news.example${path}`);
    const links = within(element(html, 'ul', { class: 'names' }), 'a');
    names.push(...links.map(text));
    lengths.push(links.length);
    path = elements(html, 'a', { rel: 'next' })[0]?.attribs['href'];
  }
  expect(lengths).toEqual([100, 100, 50]);
  expect(names).toEqual(Array.from({ length: 250 }, (_, index) => `Theme ${String(index + 1).padStart(4, '0')}`));
  for (const after of ['', 'nothing', 'A', '%00', 'theme-0250', '1;drop']) expect((await request(site.app).get(`/themes?after=${after}`)).status, after).toBe(404);
});

test('a theme is listed once its first article is published', async () => {
  const site = await emptySite();
  const listed = async () => elements((await request(site.app).get('/themes')).text, 'a').map(text);
  expect((await request(site.app).get('/themes')).text).toContain('Nothing has been published yet.');
  await addArticle(site, { theme: 'Plans', publishedAt: now + 60_000 });
  expect(await listed()).not.toContain('Plans');
  expect((await request(site.app).get('/themes?after=plans')).status).toBe(404);
  site.time.now += 60_000;
  expect(await listed()).toContain('Plans');
  expect((await request(site.app).get('/sitemaps/pages.xml')).text).toContain('<loc>https://news.example/themes</loc>');
});

test('with hundreds of themes, pages stay short, and every theme can be reached', async () => {
  const site = await emptySite();
  await addThemes(site, 10);
  const sizeOf = async (path: string) => (await request(site.app).get(path)).text.length;
  const paths = ['/', '/articles/article-5', '/themes/theme-0005', '/search', '/nothing', '/archive'];
  const small = await Promise.all(paths.map(sizeOf));
  const large = await emptySite();
  await addThemes(large, 500);
  for (const [index, path] of paths.entries()) expect((await request(large.app).get(path)).text.length, path).toBeLessThan((small[index] ?? 0) + 8000);

  const { text: html } = await request(large.app).get('/articles/article-5');
  expect(navigation(html)).toEqual([...Array.from({ length: 9 }, (_, index) => `Theme 0${492 + index}`), 'Theme 0005', 'More']);
  expect(text(within(element(html, 'nav', { class: 'themes' }), 'a').find(({ attribs }) => attribs['aria-current']) ?? element(html, 'nav'))).toBe('Theme 0005');
  expect(navigation((await request(large.app).get('/articles/article-495')).text)).toHaveLength(10);
  const chosen = element((await request(large.app).get('/search?q=x&theme=theme-0007')).text, 'option', { selected: '' });
  expect(chosen.attribs['value']).toBe('theme-0007');
  const sitemap = (await request(large.app).get('/sitemaps/pages.xml')).text;
  expect(sitemap.match(/<loc>/g)).toHaveLength(503);
});
