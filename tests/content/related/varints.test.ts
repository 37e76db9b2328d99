import { expect, test } from 'vitest';
import { decodeVarints, encodeVarints } from '../../../src/content/related/varints.ts';

test('numbers below 128 take one byte, larger ones a byte for each seven bits', () => {
  const numbers = [0, 127, 128, 16_383, 16_384, 2 ** 32 - 1];
  const bytes = encodeVarints(numbers);
  expect(bytes).toEqual(Uint8Array.from([0, 127, 128, 1, 255, 127, 128, 128, 1, 255, 255, 255, 255, 15]));
  expect(Array.from(decodeVarints(bytes))).toEqual(numbers);
  expect(Array.from(decodeVarints(encodeVarints([])))).toEqual([]);
});
