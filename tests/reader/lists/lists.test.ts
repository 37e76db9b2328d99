import request from 'supertest';
import { expect, test } from 'vitest';
import { changeSlug } from '../../../src/storage/named/slugs.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { addArticle, emptySite, now, sampleSite, type TestSite } from '../../support/test-site.ts';

/** The titles of a list, on all of its pages. */
async function titlesOf(site: TestSite, path: string): Promise<string[]> {
  const { text: html } = await request(site.app).get(path);
  const next = elements(html, 'a', { rel: 'next' })[0]?.attribs['href'];
  const titles = elements(html, 'h2', { class: 'teaser-title' }).map(text);
  return next ? [...titles, ...(await titlesOf(site, next))] : titles;
}

for (const [kind, path] of [['theme', '/themes/rivers'], ['author', '/authors/rivers'], ['topic', '/topics/rivers'], ['archive', '/archive/2025/03/23']] as const) {
  test(`the list of a ${kind} has each of its articles once, newest first, even if many have the same time`, async () => {
    const site = await emptySite();
    const expected: string[] = [];
    for (let n = 0; n < 45; n += 1) {
      await addArticle(site, { title: `Number ${n}`, theme: 'Rivers', authors: ['Rivers'], topics: ['Rivers'], publishedAt: now - 1000 * Math.floor((45 - n) / 10) });
      expected.unshift(`Number ${n}`);
    }
    expect(await titlesOf(site, path)).toEqual(expected);
  });
}

test('the next page of a list has a cursor in its address, and an invalid cursor is not found', async () => {
  const site = await emptySite();
  for (let n = 0; n < 40; n += 1) await addArticle(site, { publishedAt: now - n * 1000 });
  const { app } = site;
  const { text: html } = await request(app).get('/themes/world');
  const next = element(html, 'a', { rel: 'next' }).attribs['href'] ?? '';
  expect(next).toMatch(/^\/themes\/world\?before=\d+-\d+$/);
  const second = await request(app).get(next);
  expect(second.status).toBe(200);
  expect(element(second.text, 'link', { rel: 'canonical' }).attribs['href']).toBe(`https://news.example${next}`);
  for (const before of ['', 'x', '1-', '1-1', '-', '9'.repeat(40), '1742745314-2147483648', '1742745314-9999999999', '1;drop', '09999999999-1', '9999999999-01']) {
    expect((await request(app).get(`/themes/world?before=${before}`)).status, before).toBe(404);
  }
});

test('the old slug of a theme redirects, for its page and its feeds', async () => {
  const site = await emptySite();
  await addArticle(site, { theme: 'World' });
  await changeSlug(site.context.db, 'theme', 1, 'the-world', now);
  for (const [from, to] of [['/themes/world', '/themes/the-world'], ['/themes/world/rss.xml', '/themes/the-world/rss.xml']]) {
    const { status, headers } = await request(site.app).get(from ?? '');
    expect([status, headers['location']]).toEqual([301, to]);
  }
});

test('the archive links years, months and days in the site’s time zone, and skips empty ones', async () => {
  const site = await sampleSite();
  await addArticle(site, { title: 'Just past midnight', publishedAt: Date.parse('2025-02-28T22:30:00Z') });
  const { text: all } = await request(site.app).get('/archive');
  expect(elements(all, 'section', { class: 'archive-year' }).map((year) => within(year, 'a').map(text))).toEqual([['2025', 'March 2025']]);

  expect(await titlesOf(site, '/archive/2025/03/01')).toEqual(['Just past midnight']);
  const { text: day } = await request(site.app).get('/archive/2025/03/01');
  expect(within(element(day, 'nav', { class: 'paging' }), 'a').map((a) => a.attribs['href'])).toEqual(['/archive/2025/03/20']);
  const { text: year } = await request(site.app).get('/archive/2025');
  expect(within(element(year, 'nav', { class: 'periods' }), 'a').map(text)).toEqual(['March 2025']);
  const { text: month } = await request(site.app).get('/archive/2025/03');
  expect(within(element(month, 'nav', { class: 'periods' }), 'a').map((a) => a.attribs['href'])).toEqual(['01', '20', '21', '22', '23'].map((number) => `/archive/2025/03/${number}`));
  expect((await titlesOf(site, '/archive/2025')).length).toBe(34);
  expect((await titlesOf(site, '/archive/2025/03')).length).toBe(34);
});

test('invalid dates, and periods in which nothing was published, are not found', async () => {
  const { app } = await sampleSite();
  for (const path of ['/archive/2025/02/31', '/archive/2025/13', '/archive/2025/3', '/archive/2024', '/archive/2025/03/19', '/archive/x', '/archive/2025/03/23/1', '/themes/none', '/authors/none', '/topics/none']) {
    expect((await request(app).get(path)).status, path).toBe(404);
  }
});

test('the texts of teasers have the language of their article', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'خبر', language: 'ar' });
  const { text: html } = await request(site.app).get('/themes/world');
  const row = element(html, 'li', { class: 'teaser' });
  expect(row.attribs).toEqual({ class: 'teaser' });
  expect(within(row, 'div').map(({ attribs }) => attribs)).toEqual([{ lang: 'ar', dir: 'rtl' }]);
});
