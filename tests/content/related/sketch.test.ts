import { expect, test } from 'vitest';
import { resemblance, sketchLength, sketchOf } from '../../../src/content/related/sketch.ts';
import { seeded } from '../../support/random.ts';

const random = seeded(3);
const words = (length: number) => Array.from({ length }, () => random.below(1_000_000));

test('the sketches of a text and of itself are equal, and those of unrelated texts have little in common', () => {
  const text = words(300);
  expect(resemblance(sketchOf(text), sketchOf([...text]))).toBe(1);
  expect(resemblance(sketchOf(text), sketchOf(words(300)))).toBeLessThan(0.1);
  expect(sketchOf(text)).toHaveLength(sketchLength);
});

test.each([0.2, 0.5, 0.8])('the estimate of a share of %d is close to it', (share) => {
  const errors = Array.from({ length: 40 }, () => {
    const [own, other, common] = [words(500 * (1 - share)), words(500 * (1 - share)), words(500 * share * 2)];
    return resemblance(sketchOf([...common, ...own]), sketchOf([...common, ...other])) - common.length / (common.length + own.length + other.length);
  });
  expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(0.04);
  expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.3);
});

test('short texts have no sketch and resemble nothing', () => {
  const short = sketchOf(words(20));
  expect(short).toHaveLength(0);
  expect(resemblance(short, short)).toBe(0);
});
