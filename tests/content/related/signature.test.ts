import { expect, test } from 'vitest';
import { fromBytes, packTerms, sign, signatureLength, storyWeighting, termOf, toBytes, weightOf } from '../../../src/content/related/signature.ts';

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

test('only the strongest 64 terms are kept, and bytes give the same signature back', () => {
  const signature = sign(packTerms(new Map(Array.from({ length: 300 }, (_, term) => [term, term === 299 ? 9 : 1]))), countsOf(1000, {}));
  expect(signature).toHaveLength(signatureLength);
  expect(termOf(signature[0] ?? 0)).toBe(299);
  const bytes = Buffer.concat([Buffer.from('x'), toBytes(signature)]).subarray(1);
  expect(fromBytes(bytes)).toEqual(signature);
});
