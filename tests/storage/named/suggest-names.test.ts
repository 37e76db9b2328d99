import { expect, test } from 'vitest';
import { listEditedNames } from '../../../src/storage/named/edited-names.ts';
import { storeMissingWords } from '../../../src/storage/named/name-words.ts';
import { mergeNamed } from '../../../src/storage/named/merge.ts';
import { renameNamed } from '../../../src/storage/named/rename.ts';
import { suggestNames } from '../../../src/storage/named/suggest-names.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

async function suggested({ context: { db } }: TestSite, ...words: string[]): Promise<string[]> {
  return (await suggestNames(db, 'author', words)).map(({ name }) => name);
}

test('names are suggested by the beginnings of their words, folded, those with a whole word first', async () => {
  const site = await emptySite();
  await addArticle(site, { authors: ['Zoë Brontë', 'Bronwen Example', 'Mary O’Brien-Smith', 'Bro', '李 小龍', '★'] });
  expect(await suggested(site, 'bro')).toEqual(['Bro', 'Zoë Brontë', 'Bronwen Example']);
  expect(await suggested(site, 'bronte', 'z')).toEqual(['Zoë Brontë']);
  for (const word of ['obr', 'brien', 'smi', 'obriensm']) expect(await suggested(site, word)).toEqual(['Mary O’Brien-Smith']);
  expect(await suggested(site, '龍')).toEqual(['李 小龍']);
  for (const word of ['ronte', 'x', '%', '']) expect(await suggested(site, ...(word ? [word] : []))).toEqual([]);
});

test('at most ten names are suggested', async () => {
  const site = await emptySite();
  await addArticle(site, { authors: Array.from({ length: 15 }, (_, index) => `Bea Bear Beach ${index}`) });
  expect((await suggested(site, 'b')).length).toBe(10);
});

test('a renamed author is found by the new name only, and a merged one no longer', async () => {
  const site = await emptySite();
  await addArticle(site, { authors: ['Ada Byron'] });
  await renameNamed(site.context.db, 'author', 'Ada Byron', { to: 'Ada Lovelace', language: 'en' }, now);
  expect([await suggested(site, 'love'), await suggested(site, 'byron')]).toEqual([['Ada Lovelace'], []]);
  await addArticle(site, { authors: ['Ada King'] });
  await mergeNamed(site.context.db, 'author', { from: 1, into: 2 }, null, now);
  expect(await suggested(site, 'ada')).toEqual(['Ada King']);
});

test('names from before there were words get their words, once', async () => {
  const site = await emptySite();
  const { db } = site.context;
  await addArticle(site, { authors: ['Ada Byron', '★'], topics: ['Coast'] });
  for (const table of ['author_word', 'topic_word'] as const) await db.writer.deleteFrom(table).execute();
  await storeMissingWords(db);
  const words = await stored(site, 'select word, name_id from author_word union all select word, name_id from topic_word order by name_id, word');
  expect(words.map(({ word }) => word).toSorted()).toEqual(['ada', 'byron', 'coast', '★']);
  await storeMissingWords(db);
  expect(await stored(site, 'select count(*) as words from author_word')).toEqual([{ words: 3 }]);
});

test('the list of names continues after its last name, and counts articles of every state', async () => {
  const site = await emptySite();
  const { db } = site.context;
  await addArticle(site, { topics: ['Coast', 'Arts', 'Books'], publishedAt: null });
  await addArticle(site, { topics: ['Coast'] });
  const list = async (after?: string) => listEditedNames(db, 'topic', { words: [], only: undefined }, { after, limit: 2 });
  const first = await list();
  expect([first.names.map(({ name, articles }) => [name, articles]), first.next]).toEqual([[['Arts', 1], ['Books', 1]], 'books books']);
  expect((await list(first.next)).names).toMatchObject([{ name: 'Coast', articles: 2 }]);
});
