import { expect, test } from 'vitest';
import { decodeTerms, encodeTerms, packTerms, sign, signatureLength, storyWeighting, termOf, weightOf } from '../../../src/content/related/signature.ts';

const countsOf = (articles: number, counts: Record<number, number>) => ({ articles, countOf: (term: number) => counts[term] ?? 0 });

test('a signature has the strongest terms first: rare and frequent ones', () => {
  const signature = sign(packTerms(new Map([[1, 1], [2, 1], [3, 5]])), countsOf(1000, { 1: 200, 2: 3, 3: 200 }));
  expect(Array.from(signature, termOf)).toEqual([3, 2, 1]);
  // (1 + ln 5) · (1 + ln(1001 / 201)), to the precision of the levels.
  expect(weightOf(signature[0] ?? 0, storyWeighting)).toBeCloseTo(2.609 * 2.605, 0);
});

test('terms in more than 30 % of the articles are left out, but on a small site two articles may share a term', () => {
  const terms = packTerms(new Map([[1, 1], [2, 1], [3, 1]]));
  expect(Array.from(sign(terms, countsOf(100, { 1: 31, 2: 30, 3: 1 })), termOf)).toEqual([3, 2]);
  expect(Array.from(sign(terms, countsOf(3, { 1: 3, 2: 2, 3: 1 })), termOf)).toEqual([3, 2]);
});

test('only the strongest 64 terms are kept, and three bytes for each give the same signature back', () => {
  const counts = countsOf(1000, { [299 * 3001]: 5 });
  const signature = sign(packTerms(new Map(Array.from({ length: 300 }, (_, n) => [n * 3001, n === 299 ? 9 : 1]))), counts);
  expect(signature).toHaveLength(signatureLength);
  expect(termOf(signature[0] ?? 0)).toBe(299 * 3001);
  const encoded = encodeTerms(signature);
  expect(encoded.length).toBeLessThanOrEqual(3 * signatureLength + 1);
  expect(sign(decodeTerms(encoded), counts)).toEqual(signature);
});

test('counts that are too low, as after a crash, spoil no signature', () => {
  const terms = packTerms(new Map([[1, 1], [2, 3]]));
  for (const articles of [0, 1]) {
    const signature = sign(terms, countsOf(articles, { 1: 2, 2: 1 }));
    expect(Array.from(signature, termOf)).toEqual([2, 1]);
    for (const entry of signature) expect(weightOf(entry, storyWeighting)).toBeGreaterThan(0);
  }
});

test('a stored signature is weighted by what is rare on the site today', () => {
  const [few, many] = [countsOf(10, { 1: 1, 2: 2 }), countsOf(1000, { 1: 400, 2: 2 })];
  const stored = encodeTerms(sign(packTerms(new Map([[1, 1], [2, 1]])), few));
  expect(Array.from(sign(decodeTerms(stored), few), termOf)).toEqual([1, 2]);
  expect(Array.from(sign(decodeTerms(stored), many), termOf)).toEqual([2]);
});
