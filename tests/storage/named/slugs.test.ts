import { expect, test } from 'vitest';
import { findPublishedArticle } from '../../../src/storage/articles/articles.ts';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { changeSlug, findFreeSlug, findNewSlug } from '../../../src/storage/named/slugs.ts';
import { addArticle, emptySite, now } from '../../support/test-site.ts';

test('a slug is made from the title, and numbered if another article has or had the same slug', async () => {
  const site = await emptySite();
  const titled = async (title: string) => (await addArticle(site, { title })).slug;
  expect([await titled('The River'), await titled('The *River*'), await titled('The river!')]).toEqual(['the-river', 'the-river-2', 'the-river-3']);

  const { id, slug } = await addArticle(site, { title: 'The Lake' });
  await changeSlug(site.context.db, 'article', id, 'the-great-lake', now);
  expect([slug, await titled('The Lake')]).toEqual(['the-lake', 'the-lake-2']);
});

test('if nothing in a title has an ASCII form, the slug contains the article’s id', async () => {
  const site = await emptySite();
  await addArticle(site);
  expect((await addArticle(site, { title: '⁂' })).slug).toBe('article-2');
  expect((await addArticle(site, { title: '⁂', slug: 'article-4' })).slug).toBe('article-4');
  expect((await addArticle(site, { title: '⁂' })).slug).toBe('article-4-2');
});

test('a reserved slug is not used', async () => {
  const { context: { db } } = await emptySite();
  expect(await inTransaction(db, (transaction) => findFreeSlug(transaction, 'article', { text: 'River', language: 'en' }, 1, new Set(['river', 'river-2'])))).toBe('river-3');
});

test('themes, topics, authors and articles may have the same slug', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { title: 'River', theme: 'River', topics: ['River'], authors: ['River'] });
  expect(slug).toBe('river');
  for (const kind of ['theme', 'topic', 'author'] as const) expect(await site.context.db.reader.selectFrom(kind).select('slug').execute()).toEqual([{ slug: 'river' }]);
});

test('every old slug of an article redirects to the current slug, even if that is an earlier slug again', async () => {
  const site = await emptySite();
  const { db } = site.context;
  const { id } = await addArticle(site, { slug: 'a' });
  await changeSlug(db, 'article', id, 'b', now);
  await changeSlug(db, 'article', id, 'c', now);
  expect([await findNewSlug(db, 'article', 'a', now), await findNewSlug(db, 'article', 'b', now), await findNewSlug(db, 'article', 'c', now)]).toEqual(['c', 'c', undefined]);

  await changeSlug(db, 'article', id, 'a', now);
  expect([await findNewSlug(db, 'article', 'a', now), await findNewSlug(db, 'article', 'b', now), await findNewSlug(db, 'article', 'c', now)]).toEqual([undefined, 'a', 'a']);
  expect((await findPublishedArticle(db, 'a', now))?.id).toBe(id);
});

test('a slug that another article has is refused, and both articles keep their slugs', async () => {
  const site = await emptySite();
  const { db } = site.context;
  const { id } = await addArticle(site, { slug: 'a' });
  await addArticle(site, { slug: 'b' });
  await expect(changeSlug(db, 'article', id, 'b', now)).rejects.toSatisfy(db.isConflict);
  expect((await findPublishedArticle(db, 'a', now))?.id).toBe(id);
  expect(await findNewSlug(db, 'article', 'a', now)).toBeUndefined();
});
