import { XMLParser } from 'fast-xml-parser';
import request from 'supertest';
import { expect, test } from 'vitest';
import { withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import { storeFeedIds } from '../../../src/storage/feeds/feed-ids.ts';
import { element, elements, text } from '../../support/html.ts';
import { joinStorylines, putInStoryline } from '../../support/storylines.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

const minute = 60_000;

async function addStory(site: TestSite, id: number, count: number, name = ''): Promise<number[]> {
  const articles: { id: number }[] = [];
  for (let n = 1; n <= count; n += 1) articles.push(await addArticle(site, { title: `Part *${n}*`, theme: n % 2 ? 'World' : 'Sport', publishedAt: now - (count - n) * minute }));
  await putInStoryline(site, id, articles, name);
  return articles.map((article) => article.id);
}

async function titlesOf(site: TestSite, path: string): Promise<string[]> {
  const { text: html } = await request(site.app).get(path);
  const next = elements(html, 'a', { rel: 'next' })[0]?.attribs['href'];
  const titles = elements(html, 'h2', { class: 'teaser-title' }).map(text);
  return next ? [...titles, ...(await titlesOf(site, next))] : titles;
}

test('the page of a storyline lists its articles on all themes, newest first, on pages of twenty', async () => {
  const site = await emptySite();
  await addStory(site, 1, 45, 'Heathrow fire');
  await addArticle(site);
  const { status, text: html } = await request(site.app).get('/storylines/1');
  expect([status, text(element(html, 'h1')), text(element(html, 'p', { class: 'kicker' })), text(element(html, 'title'))]).toEqual([200, 'Heathrow fire', 'Storyline', 'Heathrow fire · Broadsheet']);
  expect(await titlesOf(site, '/storylines/1')).toEqual(Array.from({ length: 45 }, (_, index) => `Part ${45 - index}`));
  expect(elements(html, 'link', { type: 'application/atom+xml' })[0]?.attribs['href']).toBe('/storylines/1/atom.xml');
});

test('without a name, a storyline has the title of its newest published article', async () => {
  const site = await emptySite();
  const ids = await addStory(site, 1, 2);
  const html = async () => (await request(site.app).get('/storylines/1')).text;
  const heading = async () => text(element(await html(), 'h1'));
  expect(await heading()).toBe('Part 2');
  await withdrawArticle(site.context.db, ids[1] ?? 0, '', now);
  expect(await heading()).toBe('Part 1');
  await putInStoryline(site, 1, [await addArticle(site, { title: 'خبر', language: 'ar', publishedAt: now })]);
  expect(elements(await html(), 'span', { lang: 'ar', dir: 'rtl' }).map(text)).toEqual(['خبر']);
});

test('a storyline that was joined into another redirects to it, also with its feeds and after a further join', async () => {
  const site = await emptySite();
  for (const id of [1, 2, 3]) await addStory(site, id, 2);
  const redirect = async (path: string) => {
    const { status, headers } = await request(site.app).get(path);
    return [status, headers['location']];
  };
  expect((await request(site.app).get('/storylines/1')).status).toBe(200);
  await joinStorylines(site, 1, 2);
  expect(await redirect('/storylines/1')).toEqual([301, '/storylines/2']);
  await joinStorylines(site, 2, 3);
  expect(await redirect('/storylines/1')).toEqual([301, '/storylines/3']);
  expect(await redirect('/storylines/1/rss.xml')).toEqual([301, '/storylines/3/rss.xml']);
  expect(await titlesOf(site, '/storylines/3')).toHaveLength(6);
});

test('a storyline is not found if it does not exist or nothing of it is published', async () => {
  const site = await emptySite();
  const ids = await addStory(site, 1, 2);
  for (const path of ['/storylines', '/storylines/2', '/storylines/0', '/storylines/01', '/storylines/x', '/storylines/-1', '/storylines/1.5', `/storylines/${'9'.repeat(30)}`, '/storylines/2/rss.xml', '/storylines/1?before=x', '/storylines/1?before=1-1-earlier']) expect((await request(site.app).get(path)).status, path).toBe(404);
  for (const id of ids) await withdrawArticle(site.context.db, id, '', now);
  for (const path of ['/storylines/1', '/storylines/1/feed.json']) expect((await request(site.app).get(path)).status, path).toBe(404);
});

test('the feeds of a storyline have its articles and an id that stays the same', async () => {
  const site = await emptySite();
  await addStory(site, 1, 3, 'Fire & flames');
  const { body } = await request(site.app).get('/storylines/1/feed.json').parse((response, done) => {
    let received = '';
    response.on('data', (part: Buffer) => (received += part.toString()));
    response.on('end', () => done(null, JSON.parse(received)));
  });
  expect([body.title, body.home_page_url, body.items.map((item: { title: string }) => item.title)]).toEqual(['Fire & flames · Broadsheet', 'https://news.example/storylines/1', ['Part 3', 'Part 2', 'Part 1']]);
  await storeFeedIds(site.context.db, { site: 'https://news.example/atom.xml', theme: (slug) => slug, author: (slug) => slug });
  const idOf = async () => new XMLParser().parse((await request(site.app).get('/storylines/1/atom.xml')).text).feed.id;
  const id = await idOf();
  expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  await putInStoryline(site, 1, [await addArticle(site)], 'Another name');
  expect(await idOf()).toBe(id);
  expect((await request(site.app).get('/storylines/1/rss.xml')).headers['content-type']).toBe('application/rss+xml; charset=utf-8');
});

test('the sitemap has the storylines with at least three published articles', async () => {
  const site = await emptySite();
  const indexed = async () => (await request(site.app).get('/sitemap.xml')).text.includes('https://news.example/sitemaps/storylines-1.xml');
  await addStory(site, 1, 2);
  expect([await indexed(), (await request(site.app).get('/sitemaps/storylines-1.xml')).status]).toEqual([false, 404]);
  await putInStoryline(site, 1, [await addArticle(site, { publishedAt: now + minute })]);
  await addStory(site, 2, 3);
  const listed = async () => [...(await request(site.app).get('/sitemaps/storylines-1.xml')).text.matchAll(/<loc>([^<]+)/g)].map(([, url]) => url);
  expect([await indexed(), await listed()]).toEqual([true, ['https://news.example/storylines/2']]);
  site.time.now += minute;
  expect(await listed()).toEqual(['https://news.example/storylines/1', 'https://news.example/storylines/2']);
  for (const part of ['0', '2', '01', 'x']) expect((await request(site.app).get(`/sitemaps/storylines-${part}.xml`)).status, part).toBe(404);
});

test('a theme’s pages list the newest article of each storyline before all others, and each article once', async () => {
  const site = await emptySite();
  const fire: { id: number }[] = [];
  for (let n = 1; n <= 30; n += 1) fire.push(await addArticle(site, { title: `Fire ${n}`, publishedAt: now - (30 - n) * minute }));
  await putInStoryline(site, 1, fire);
  for (let n = 1; n <= 25; n += 1) await addArticle(site, { title: `Other ${n}`, publishedAt: now - (100 + n) * minute });
  const pages: string[][] = [];
  for (let path: string | undefined = '/themes/world'; path; ) {
    const { status, text: html } = await request(site.app).get(path);
    expect(status, path).toBe(200);
    pages.push(elements(html, 'h2', { class: 'teaser-title' }).map(text));
    path = elements(html, 'a', { rel: 'next' })[0]?.attribs['href'];
    if (pages.length === 1) expect(elements(html, 'a', { class: 'earlier' }).map(text)).toEqual(['+29 earlier']);
    if (pages.length === 2) expect(path).toMatch(/^\/themes\/world\?before=\d+-\d+-earlier$/);
  }
  expect(pages.map((page) => page.length)).toEqual([20, 20, 15]);
  expect(pages[0]?.[0]).toBe('Fire 30');
  expect(pages[1]?.slice(0, 2)).toEqual(['Fire 29', 'Fire 28']);
  expect(pages[1]?.slice(-6)).toEqual(['Other 20', 'Other 21', 'Other 22', 'Other 23', 'Other 24', 'Other 25']);
  expect(new Set(pages.flat()).size).toBe(55);
});
