import { expect, test } from 'vitest';
import { applyChoices, decodeRelated, encodeRelated, relatedIds } from '../../../src/content/related/related-list.ts';

test('a list of related articles survives its encoding, with the relevance to four decimals', () => {
  const list = [{ id: 4_000_000_000, relevance: 1 }, { id: 7, relevance: 0.4321 }, { id: 8, relevance: 0 }];
  expect(decodeRelated(encodeRelated(list))).toEqual(list);
  expect(decodeRelated(encodeRelated([]))).toEqual([]);
  expect(relatedIds(encodeRelated(list))).toEqual([4_000_000_000, 7, 8]);
  expect(relatedIds(null)).toEqual([]);
});

test('pinned articles come first, in their order, and hidden ones are left out', () => {
  const list = [1, 2, 3, 4].map((id) => ({ id, relevance: 1 - id / 10 }));
  expect(applyChoices(list, { pinned: [9, 3], hidden: [1] }).map(({ id }) => id)).toEqual([9, 3, 2, 4]);
});
