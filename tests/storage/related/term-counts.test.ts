import { expect, test } from 'vitest';
import { signatureVersion } from '../../../src/content/related/signature.ts';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { requireVersion } from '../../../src/storage/related/signature-version.ts';
import { changeCounts, countCounted, findCounts, listCounts, type TermCount } from '../../../src/storage/related/term-counts.ts';
import { emptySite, now } from '../../support/test-site.ts';

test('counts of terms are added and removed, whichever terms share a row', async () => {
  const { db } = (await emptySite()).context;
  await requireVersion(db, signatureVersion, now);
  const change = (articles: number, changes: TermCount[]) => inTransaction(db, (transaction) => changeCounts(transaction, articles, changes));
  // More rows than one statement writes.
  const terms = Array.from({ length: 700 }, (_, n) => n * 1493);
  await change(300, terms.map((term) => [term, 200]));
  await change(2, [[1_048_575, 1], [1493, 1], [0, 2]]);
  await change(-1, [[1493, -1], [1_048_575, -1], [2986, -200], [7, -1]]);
  expect(await countCounted(db.reader)).toBe(301);
  const expected = terms.map((term): TermCount => [term, term === 0 ? 202 : 200]).filter(([term]) => term !== 2986);
  expect((await listCounts(db.reader, -1, 10_000)).flatMap(({ counts }) => counts)).toEqual(expected);
  expect(await findCounts(db.reader, [1493, 2986, 5])).toEqual(new Map([[1493, 200]]));
});

test('the counts are read in pages', async () => {
  const { db } = (await emptySite()).context;
  await requireVersion(db, signatureVersion, now);
  await inTransaction(db, (transaction) => changeCounts(transaction, 1, [[300, 1], [100, 1], [900, 1]]));
  expect(await listCounts(db.reader, -1, 2)).toEqual([{ block: 0, counts: [[100, 1]] }, { block: 1, counts: [[300, 1]] }]);
  expect(await listCounts(db.reader, 1, 2)).toEqual([{ block: 3, counts: [[900, 1]] }]);
});
