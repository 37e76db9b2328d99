import { expect, test } from 'vitest';
import { addArticles, type NewArticle } from '../../../src/storage/articles/add-articles.ts';
import { findBySlugs, findImported, isEmpty } from '../../../src/storage/articles/imports.ts';
import { emptySite, now } from '../../support/test-site.ts';

const article: NewArticle = {
  uid: 'a',
  title: 'The *river*',
  standfirst: '',
  summary: '',
  picture: null,
  pictureAlt: '',
  pictureCaption: '',
  body: '',
  theme: 'World',
  topics: ['Rivers'],
  authors: ['Ada Example'],
  publishedAt: now,
  updatedAt: null,
  slug: null,
  language: 'en',
  rendered: { html: '', text: '', wordCount: 0, markupVersion: 2, isPlain: false, shownAsText: [], hasComment: false },
  importKey: 'key-a',
};

test('a site is empty until something is stored', async () => {
  const { context: { db } } = await emptySite();
  expect(await isEmpty(db)).toBe(true);
  await addArticles(db, [article], now);
  expect(await isEmpty(db)).toBe(false);
});

test('imported articles are found by their import keys and by their slugs', async () => {
  const { context: { db } } = await emptySite();
  await addArticles(db, [article, { ...article, uid: 'b', importKey: null, publishedAt: null }], now);
  expect(await findImported(db.reader, ['key-a', 'key-b'])).toEqual(new Set(['key-a']));
  expect(await findBySlugs(db, ['the-river', 'the-river-2', 'the-sea'])).toEqual(
    new Map([
      ['the-river', { slug: 'the-river', title: 'The *river*', publishedAt: now }],
      ['the-river-2', { slug: 'the-river-2', title: 'The *river*', publishedAt: null }],
    ]),
  );
  expect([await findImported(db.reader, []), await findBySlugs(db, [])]).toEqual([new Set(), new Map()]);
});

test('a batch of articles is added completely or not at all, with its themes, topics and authors', async () => {
  const { context: { db } } = await emptySite();
  await expect(addArticles(db, [{ ...article, slug: 'one' }, { ...article, uid: 'b', importKey: 'key-b', slug: 'one' }], now)).rejects.toSatisfy(db.isConflict);
  for (const table of ['article', 'theme', 'topic', 'author', 'change'] as const) expect(await db.reader.selectFrom(table).select('id').execute()).toEqual([]);
});

test('a batch writes one row to the change feed, which contains each touched tag once', async () => {
  const { context: { db } } = await emptySite();
  await addArticles(db, [article, { ...article, uid: 'b', importKey: 'key-b', topics: [] }], now);
  const changes = await db.reader.selectFrom('change').select(['at', 'touched']).execute();
  expect(changes.map(({ at, touched }) => ({ at, touched: JSON.parse(touched) }))).toEqual([{ at: now, touched: ['articles', 'published', 'author:1', 'topic:1', 'theme:1', 'themes', 'theme-list'] }]);
});
