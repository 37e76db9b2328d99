import { expect, test } from 'vitest';
import { findByName } from '../../../src/storage/named/named.ts';
import { renameNamed } from '../../../src/storage/named/rename.ts';
import { addArticle, emptySite, now, stored } from '../../support/test-site.ts';

test('names that differ only in apostrophes, quotes, dashes, spaces or case are the same author, theme and topic', async () => {
  const site = await emptySite();
  for (const name of ['Mary O’Brien-Smith', 'Mary O\'Brien-Smith', 'MARY O`BRIEN‑SMITH', 'Mary O‘Brien – Smith', 'Mary\u00a0OBrien Smith']) await addArticle(site, { authors: [name], theme: name, topics: [name] });
  for (const kind of ['author', 'theme', 'topic']) expect(await stored(site, `select name, slug from ${kind}`)).toEqual([{ name: 'Mary O’Brien-Smith', slug: 'mary-o-brien-smith' }]);
  expect(await stored(site, 'select count(*) as links from article_author')).toEqual([{ links: 5 }]);
});

test('a current name and a former name are the same author of an article', async () => {
  const site = await emptySite();
  await addArticle(site, { authors: ['Ada Lovelace'] });
  await renameNamed(site.context.db, 'author', 'ada lovelace', { to: 'Ada King', language: 'en' }, now);
  await addArticle(site, { authors: ['Ada Lovelace', 'Ada King'] });
  expect(await stored(site, 'select article_id, author_id from article_author order by article_id')).toEqual([{ article_id: 1, author_id: 1 }, { article_id: 2, author_id: 1 }]);
});

test('a rename may change just the spelling of a name, and refuses every spelling of another name', async () => {
  const site = await emptySite();
  await addArticle(site, { authors: ['O\'Brien', 'Jean-Luc'] });
  const { db } = site.context;
  expect(await renameNamed(db, 'author', 'OBRIEN', { to: 'O’Brien', language: 'en' }, now)).toMatchObject({ renamed: { name: 'O’Brien' } });
  expect(await renameNamed(db, 'author', 'O’Brien', { to: 'Jean Luc', language: 'en' }, now)).toEqual({ refused: 'taken' });
  expect(await findByName(db.reader, 'author', 'o\'brien')).toMatchObject({ id: 1, name: 'O’Brien' });
});

test('the slug of a new name is transliterated by the language of the article that introduces it', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'Öl & Gas', theme: 'Wärme & Kälte', authors: ['Jürgen Groß'], topics: ['Ölpreis'], language: 'de-AT' });
  expect(await stored(site, 'select article.slug as article, theme.slug as theme, author.slug as author, topic.slug as topic from article, theme, author, topic')).toEqual([{ article: 'oel-und-gas', theme: 'waerme-und-kaelte', author: 'juergen-gross', topic: 'oelpreis' }]);
});
