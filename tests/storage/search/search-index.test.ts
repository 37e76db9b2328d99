import { expect, test } from 'vitest';
import { withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import { inTransaction } from '../../../src/storage/database/database.ts';
import type { HitCursor, SearchQuery } from '../../../src/storage/search/search-index.ts';
import { countFound, findPhrases, searchArticles } from '../../../src/storage/search/search.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

const minute = 60_000;

function query(word: string, rest: Partial<SearchQuery> = {}): SearchQuery {
  return { terms: [[[word]]], themeIds: undefined, from: undefined, until: now, ...rest };
}

async function found({ context: { db } }: TestSite, wanted: SearchQuery, order: 'relevance' | 'newest' = 'newest'): Promise<number[]> {
  return (await searchArticles(db, wanted, { order, after: undefined, limit: 20 })).articles.map(({ id }) => id);
}

test('once published, an article is found by the words of its title, standfirst, summary and body', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'Harbour', standfirst: 'Crane', summary: 'Ship', body: 'Some *Anchor*', publishedAt: now + minute });
  for (const word of ['harbour', 'crane', 'ship', 'anchor']) {
    expect(await found(site, query(word))).toEqual([]);
    expect(await found(site, query(word, { until: now + minute }))).toEqual([1]);
  }
  expect(await found(site, query('train', { until: now + minute }))).toEqual([]);
});

test('withdrawn articles and drafts are not found', async () => {
  const site = await emptySite();
  const { db } = site.context;
  await addArticle(site, { title: 'Harbour' });
  await addArticle(site, { title: 'Harbour' });
  await addArticle(site, { title: 'Harbour', publishedAt: null });
  expect([await found(site, query('harbour')), await countFound(db, query('harbour'))]).toEqual([[2, 1], 2]);
  await withdrawArticle(db, 1, '', now);
  expect([await found(site, query('harbour')), await countFound(db, query('harbour'))]).toEqual([[2], 1]);
});

test('a transaction that fails leaves nothing in the index', async () => {
  const site = await emptySite();
  const { db } = site.context;
  const failing = inTransaction(db, async (transaction) => {
    await db.search.add(transaction, [{ id: 1, publishedAt: now, themeId: 1, title: ['harbour'], standfirst: [], summary: [], body: [], joined: [] }]);
    throw new Error('in between');
  });
  await expect(failing).rejects.toThrow('in between');
  expect(await countFound(db, query('harbour'))).toBe(0);
});

test('by relevance, titles come first, then standfirsts and summaries, then bodies; newest first in each', async () => {
  const site = await emptySite();
  const places = [{ body: 'harbour' }, { title: 'Harbour' }, { summary: 'harbour' }, { title: 'A harbour', body: 'harbour' }, { body: 'The harbour' }, { standfirst: 'harbour' }];
  for (const [index, place] of places.entries()) await addArticle(site, { title: 'Other', ...place, publishedAt: now - (10 - index) * minute });
  expect(await found(site, query('harbour'), 'relevance')).toEqual([4, 2, 6, 3, 5, 1]);
  expect(await found(site, query('harbour'), 'newest')).toEqual([6, 5, 4, 3, 2, 1]);
});

test.each(['relevance', 'newest'] as const)('pages by %s list each hit once, even if many articles have the same time', async (order) => {
  const site = await emptySite();
  for (let n = 0; n < 9; n += 1) await addArticle(site, n % 3 === 0 ? { title: 'Harbour' } : { title: 'Other', body: 'harbour' });
  const pages: number[][] = [];
  let after: HitCursor | undefined;
  do {
    const { articles, next } = await searchArticles(site.context.db, query('harbour'), { order, after, limit: 2 });
    pages.push(articles.map(({ id }) => id));
    after = next;
  } while (after);
  expect(pages).toEqual(order === 'newest' ? [[9, 8], [7, 6], [5, 4], [3, 2], [1]] : [[7, 4], [1, 9], [8, 6], [5, 3], [2]]);
});

test('hits are filtered by theme and by time', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'Harbour', theme: 'World', publishedAt: now - 3 * minute });
  await addArticle(site, { title: 'Harbour', theme: 'Sport', publishedAt: now - 2 * minute });
  await addArticle(site, { title: 'Harbour', theme: 'World', publishedAt: now - minute });
  expect(await found(site, query('harbour', { themeIds: [1] }))).toEqual([3, 1]);
  expect(await found(site, query('harbour', { from: now - 2 * minute }))).toEqual([3, 2]);
  expect(await found(site, query('harbour', { until: now - 2 * minute }))).toEqual([2, 1]);
  expect(await found(site, query('harbour', { themeIds: [1], until: now - 2 * minute }), 'relevance')).toEqual([1]);
});

test('the words of a phrase are adjacent in one field, and the last word may be a prefix', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'North', standfirst: 'Harbour', body: 'To the north of the harbour' });
  await addArticle(site, { title: 'Other', body: 'The north harbour' });
  const phrase = async (prefix: boolean, ...words: string[]) => query('', { terms: await findPhrases(site.context.db, [{ words, prefix }]) });
  expect(await found(site, await phrase(false, 'north', 'harbour'))).toEqual([2]);
  expect(await found(site, await phrase(false, 'north', 'harb'))).toEqual([]);
  expect(await found(site, await phrase(true, 'north', 'harb'))).toEqual([2]);
});

test('every word of the longest texts is found, however often other words occur', async () => {
  const site = await emptySite();
  const often = Array.from({ length: 400 }, (_, index) => `the w${index}`).join(' ');
  const many = Array.from({ length: 150_000 }, (_, index) => `c${index % 3000}`).join(' ');
  await addArticle(site, { title: 'Often', body: `${often} last`, publishedAt: now });
  await addArticle(site, { title: 'Many', body: `${many} rare`, publishedAt: now });
  for (const word of ['w0', 'w399', 'last', 'often']) expect(await found(site, query(word)), word).toEqual([1]);
  for (const word of ['c0', 'c2999', 'rare', 'many']) expect(await found(site, query(word)), word).toEqual([2]);
  expect(await found(site, query('', { terms: [[['the', 'w200']]] }))).toEqual([1]);
});
