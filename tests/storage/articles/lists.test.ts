import { expect, test } from 'vitest';
import { findNextPublication, findPreviousPublication } from '../../../src/storage/articles/archive.ts';
import { withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import { listByIds, listLatest, listOfAuthor, listOfPeriod, listOfTheme, listOfTopic, type ListPage, type PageOfList } from '../../../src/storage/articles/lists.ts';
import { listForSitemap, summarisePeriod } from '../../../src/storage/feeds/sitemaps.ts';
import { listNamesOf } from '../../../src/storage/named/named.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

const minute = 60_000;
const named = { theme: 'World', topics: ['Rivers'], authors: ['Ada Example'] };

test.each<[name: string, list: (site: TestSite, page: PageOfList) => Promise<ListPage>]>([
  ['the latest', ({ context: { db } }, page) => listLatest(db, page)],
  ['a theme’s', ({ context: { db } }, page) => listOfTheme(db, 1, page)],
  ['an author’s', ({ context: { db } }, page) => listOfAuthor(db, 1, page)],
  ['a topic’s', ({ context: { db } }, page) => listOfTopic(db, 1, page)],
  ['a period’s', ({ context: { db } }, page) => listOfPeriod(db, { from: now - 60 * minute, until: now }, page)],
])('%s pages contain each article once, newest first, even if many were published at the same time', async (_name, list) => {
  const site = await emptySite();
  const times = [30, 20, 20, 20, 20, 20, 10].map((ago) => now - ago * minute);
  for (const publishedAt of times) await addArticle(site, { ...named, publishedAt });
  await addArticle(site, { ...named, title: 'Draft', publishedAt: null });
  await addArticle(site, { ...named, title: 'Scheduled', publishedAt: now + 1000 });
  const { id } = await addArticle(site, { ...named, title: 'Withdrawn' });
  await withdrawArticle(site.context.db, id, '', now);

  const pages: number[][] = [];
  let before: PageOfList['before'];
  do {
    const { articles, next } = await list(site, { now, limit: 3, before });
    pages.push(articles.map((article) => article.id));
    before = next;
  } while (before);
  expect(pages).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
});

test('a list that ends with a full page has no next page', async () => {
  const site = await emptySite();
  for (let n = 0; n < 3; n += 1) await addArticle(site);
  expect((await listLatest(site.context.db, { now, limit: 3 })).next).toBeUndefined();
});

test('articles published in the meantime do not shift the next page', async () => {
  const site = await emptySite();
  for (const ago of [4, 3, 2, 1]) await addArticle(site, { publishedAt: now - ago * minute });
  const { next } = await listLatest(site.context.db, { now, limit: 2 });
  await addArticle(site, { publishedAt: now });
  const { articles } = await listLatest(site.context.db, { now, limit: 2, before: next });
  expect(articles.map(({ id }) => id)).toEqual([2, 1]);
});

test('the start of a period is inclusive and its end exclusive', async () => {
  const site = await emptySite();
  for (const publishedAt of [1000, 2000, 3000, 4000]) await addArticle(site, { publishedAt });
  const { db } = site.context;
  const { articles } = await listOfPeriod(db, { from: 2000, until: 4000 }, { now, limit: 10 });
  expect(articles.map(({ publishedAt }) => publishedAt)).toEqual([3000, 2000]);
  expect([await findNextPublication(db, 2001, now), await findPreviousPublication(db, 2000), await findNextPublication(db, 4001, now)]).toEqual([3000, 1000, undefined]);
});

test('articles listed by ids keep the order of the ids, and unpublished articles are left out', async () => {
  const site = await emptySite();
  for (const publishedAt of [now, now, now + 1000, null]) await addArticle(site, { publishedAt });
  expect((await listByIds(site.context.db, [4, 2, 3, 9, 1], now)).map(({ id }) => id)).toEqual([2, 1]);
});

test('an article’s authors and topics keep their order', async () => {
  const site = await emptySite();
  await addArticle(site, { authors: ['Zoe', 'Ada'], topics: ['Zinc', 'Air'] });
  const { id } = await addArticle(site, { authors: ['Ada', 'Zoe'], topics: ['Air', 'Zinc'] });
  const { authors, topics } = await listNamesOf(site.context.db, id);
  expect([authors.map(({ name }) => name), topics.map(({ name }) => name)]).toEqual([['Ada', 'Zoe'], ['Air', 'Zinc']]);
});

test('the parts of a sitemap contain each article of the period once', async () => {
  const site = await emptySite();
  for (let n = 0; n < 5; n += 1) await addArticle(site, { slug: `a-${n}`, publishedAt: now - 5000 });
  await addArticle(site, { publishedAt: now + 1000 });
  const { db } = site.context;
  const period = { from: now - minute, until: now + minute };
  expect(await summarisePeriod(db, period, now)).toEqual({ count: 5, lastModified: now });
  const parts = await Promise.all([1, 2, 3, 4].map((number) => listForSitemap(db, period, now, { size: 2, number })));
  expect(parts.map((part) => part.map(({ slug }) => slug))).toEqual([['a-0', 'a-1'], ['a-2', 'a-3'], ['a-4'], []]);
});
