import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { signatureVersion } from '../../../src/content/related/signature.ts';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { requireVersion } from '../../../src/storage/related/signature-version.ts';
import { changeCounts, loadArticleCount, findCounts, listCounts, type DocumentFrequency } from '../../../src/storage/related/term-counts.ts';
import { documentFrequencies } from '../../support/matching.ts';
import { emptySite, now } from '../../support/test-site.ts';

test('counts of terms are added and removed, whichever terms share a row', async () => {
  const { db } = (await emptySite()).context;
  await requireVersion(db, signatureVersion, now);
  const change = (articles: number, changes: DocumentFrequency[]) => inTransaction(db, (transaction) => changeCounts(transaction, articles, changes));
  // More rows than one statement writes.
  const terms = Array.from({ length: 700 }, (_, n) => n * 1493);
  await change(300, terms.map((term) => [term, 200]));
  await change(2, [[1_048_575, 1], [1493, 1], [0, 2]]);
  await change(-1, [[1493, -1], [1_048_575, -1], [2986, -200], [7, -1]]);
  expect(await loadArticleCount(db.reader)).toBe(301);
  const expected = terms.map((term): DocumentFrequency => [term, term === 0 ? 202 : 200]).filter(([term]) => term !== 2986);
  expect(documentFrequencies(await listCounts(db.reader, undefined, 10_000))).toEqual(expected);
  expect(await findCounts(db.reader, [1493, 2986, 5])).toEqual(new Map([[1493, 200]]));
});

test('more articles than were counted can be removed', async () => {
  const { db } = (await emptySite()).context;
  await requireVersion(db, signatureVersion, now);
  await inTransaction(db, (transaction) => changeCounts(transaction, 1, [[300, 1]]));
  await inTransaction(db, (transaction) => changeCounts(transaction, -3, [[300, -2]]));
  expect([await loadArticleCount(db.reader), await findCounts(db.reader, [300])]).toEqual([0, new Map()]);
});

test('processes that start at the same time don’t reset each other’s counts', async () => {
  const { db } = (await emptySite()).context;
  let secondProcess: Promise<void> | undefined;
  // It finds no version, and waits for the write lock.
  await inTransaction(db, async (transaction) => {
    secondProcess = requireVersion(db, signatureVersion, now);
    await delay(50);
    await transaction.insertInto('signature_state').values({ id: 1, version: signatureVersion, articles: 0 }).execute();
    await changeCounts(transaction, 5, []);
  });
  await secondProcess;
  expect(await loadArticleCount(db.reader)).toBe(5);
});

test('the counts are read in pages', async () => {
  const { db } = (await emptySite()).context;
  await requireVersion(db, signatureVersion, now);
  await inTransaction(db, (transaction) => changeCounts(transaction, 1, [[300, 1], [100, 1], [900, 1]]));
  const first = await listCounts(db.reader, undefined, 2);
  expect([first.map(({ firstTerm }) => firstTerm), documentFrequencies(first)]).toEqual([[0, 256], [[100, 1], [300, 1]]]);
  expect(documentFrequencies(await listCounts(db.reader, first[1], 2))).toEqual([[900, 1]]);
});
