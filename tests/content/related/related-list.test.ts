import { expect, test } from 'vitest';
import { applyChoices, decodeRelated, encodeRelated, isSameList, maxRelated, noChoices, relatedIds, withOffer } from '../../../src/content/related/related-list.ts';

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

const listOf = (relevances: Record<number, number>) => Object.entries(relevances).map(([id, relevance]) => ({ id: Number(id), relevance })).toSorted((one, other) => other.relevance - one.relevance);

test('an offered article gets its place by relevance, and a full list loses its last article', () => {
  const full = Array.from({ length: maxRelated }, (_, n) => ({ id: n + 1, relevance: 0.9 - n / 20 }));
  expect(withOffer(full, { id: 99, relevance: 0.9 }, noChoices).map(({ id }) => id)).toEqual([99, ...full.slice(0, -1).map(({ id }) => id)]);
  expect(withOffer(full, { id: 99, relevance: 0.1 }, noChoices)).toEqual(full);
  expect(withOffer([], { id: 99, relevance: 0.1 }, noChoices)).toEqual([{ id: 99, relevance: 0.1 }]);
});

test('an offered article comes after the pinned ones, and a hidden one takes no place', () => {
  const pinned = [{ id: 9, relevance: 0 }, ...listOf({ 1: 0.5, 2: 0.4 })];
  expect(withOffer(pinned, { id: 3, relevance: 0.2 }, { pinned: [9], hidden: [] }).map(({ id }) => id)).toEqual([9, 1, 2, 3]);
  const full = Array.from({ length: maxRelated }, (_, n) => ({ id: n + 1, relevance: 0.9 - n / 20 }));
  expect(withOffer(full, { id: 99, relevance: 0.9 }, { pinned: [], hidden: [99] })).toEqual(full);
});

test('lists are the same if they are stored as the same bytes', () => {
  const list = listOf({ 1: 0.5, 2: 0.12341 });
  expect(isSameList(list, listOf({ 1: 0.5, 2: 0.12344 }))).toBe(true);
  expect([listOf({ 1: 0.5, 2: 0.12349 }), listOf({ 1: 0.5 }), list.toReversed()].map((other) => isSameList(list, other))).toEqual([false, false, false]);
});
