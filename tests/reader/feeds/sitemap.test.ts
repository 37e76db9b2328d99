import { XMLParser, XMLValidator } from 'fast-xml-parser';
import request from 'supertest';
import { expect, test } from 'vitest';
import { addArticle, emptySite, now, sampleSite, type TestSite } from '../../support/test-site.ts';

const day = 24 * 3_600_000;

async function read(site: Pick<TestSite, 'app'>, path: string) {
  const { status, text, headers } = await request(site.app).get(path);
  expect([status, headers['content-type']]).toEqual([200, 'application/xml; charset=utf-8']);
  expect(XMLValidator.validate(text)).toBe(true);
  return new XMLParser({ isArray: (name) => ['sitemap', 'url'].includes(name) }).parse(text);
}

test('the sitemap index lists a sitemap for each month with articles, with the time of its last change', async () => {
  const site = await sampleSite();
  await addArticle(site, { publishedAt: Date.parse('2024-12-31T23:30:00Z') });
  await addArticle(site, { publishedAt: now + 40 * day });
  const { sitemapindex } = await read(site, '/sitemap.xml');
  expect(sitemapindex.sitemap.map((sitemap: { loc: string }) => sitemap.loc)).toEqual(['https://news.example/sitemaps/pages.xml', 'https://news.example/sitemaps/2024-12.xml', 'https://news.example/sitemaps/2025-03.xml', 'https://news.example/sitemaps/storylines-1.xml']);
  expect(sitemapindex.sitemap[2].lastmod).toBe('2025-03-23T16:55:14+00:00');

  const { urlset } = await read(site, '/sitemaps/2025-03.xml');
  expect(urlset.url).toHaveLength(33);
  expect(urlset.url.at(-1).loc).toBe('https://news.example/articles/white-helmets-stand-as-neutral-rescuers-amidst-rising-sectarian-violence-in-syria');
  const pages = (await read(site, '/sitemaps/pages.xml')).urlset.url.map((url: { loc: string }) => url.loc);
  expect(pages).toContain('https://news.example/themes/world');
  expect(pages).toContain('https://news.example/policies/corrections');
});

test('sitemaps of months without articles, and parts that don’t exist, are not found', async () => {
  const { app } = await sampleSite();
  for (const path of ['/sitemaps/2025-04.xml', '/sitemaps/2025-13.xml', '/sitemaps/2025-03-2.xml', '/sitemaps/2025-03-1.xml', '/sitemaps/x.xml', '/sitemaps/2025-03']) expect((await request(app).get(path)).status, path).toBe(404);
});

test('the news sitemap has the articles of the last two days with publication name and language, and is not found if there are none', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'Old', publishedAt: now - 2 * day - 1000 });
  expect((await request(site.app).get('/news-sitemap.xml')).status).toBe(404);
  const { slug } = await addArticle(site, { title: 'New & <b> *x*', publishedAt: now - 2 * day, language: 'zh-Hant' });
  await addArticle(site, { title: 'English', language: 'en-GB', publishedAt: now - 3 * 3_600_000 });
  const { urlset } = await read(site, '/news-sitemap.xml');
  expect(urlset.url).toEqual([
    { 'loc': expect.any(String), 'news:news': { 'news:publication': { 'news:name': 'Broadsheet', 'news:language': 'en' }, 'news:publication_date': '2025-03-23T13:55:14+00:00', 'news:title': 'English' } },
    { 'loc': `https://news.example/articles/${slug}`, 'news:news': { 'news:publication': { 'news:name': 'Broadsheet', 'news:language': 'zh-tw' }, 'news:publication_date': '2025-03-21T16:55:14+00:00', 'news:title': 'New & <b> x' } },
  ]);
});

test('robots.txt, the manifest and the search description contain the site’s own address', async () => {
  const { app } = await sampleSite();
  expect((await request(app).get('/robots.txt')).text).toContain('Sitemap: https://news.example/sitemap.xml\nSitemap: https://news.example/news-sitemap.xml\n');
  const manifest = JSON.parse((await request(app).get('/manifest.webmanifest').buffer(true)).text ?? '');
  expect(manifest).toMatchObject({ name: 'Broadsheet', lang: 'en-GB', start_url: '/' });
  for (const { src, type } of manifest.icons) expect((await request(app).get(src)).headers['content-type']).toBe(type);
  const openSearch = (await request(app).get('/opensearch.xml')).text;
  expect(XMLValidator.validate(openSearch)).toBe(true);
  expect(openSearch).toContain('template="https://news.example/search?q={searchTerms}"');
});
