import { expect, test } from 'vitest';
import { canonicalLanguage, direction } from '../../../src/content/site/language.ts';

test.each(['ar', 'ar-EG', 'he', 'fa', 'ur', 'yi', 'ps', 'ckb', 'dv', 'ug', 'sd', 'az-Arab', 'pa-PK'])('%s is written right to left', (language) => {
  expect(direction(language)).toBe('rtl');
});

test.each(['en', 'en-GB', 'ro', 'ru', 'zh', 'ja', 'hi', 'tr', 'uz-Cyrl', 'az', 'und', 'zz'])('%s is written left to right', (language) => {
  expect(direction(language)).toBe('ltr');
});

test.each([
  ['EN-gb', 'en-GB'],
  ['zh-hans-cn', 'zh-Hans-CN'],
  ['iw', 'he'],
  ['sr-latn', 'sr-Latn'],
  ['de-1996', 'de-1996'],
])('the canonical form of %s is %s', (tag, canonical) => {
  expect(canonicalLanguage(tag)).toBe(canonical);
});

test.each(['', ' ', 'e', 'en_GB', 'en-', 'english', 'German', '123', 'en-GB ', '"en"', 'x'.repeat(1000)])('%j is not a language tag', (tag) => {
  expect(canonicalLanguage(tag)).toBeUndefined();
});
