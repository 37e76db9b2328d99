import { expect, test } from 'vitest';
import { makeSlug, maxSlugLength, numberedSlug, slugPattern } from '../../../src/content/articles/slug.ts';

test.each([
  ['White Helmets Stand As Neutral Rescuers Amidst Rising Sectarian Violence in Syria', 'white-helmets-stand-as-neutral-rescuers-amidst-rising-sectarian-violence-in-syria'],
  ['Sudan’s Ongoing Conflict', 'sudans-ongoing-conflict'],
  ["Israel's Defense Minister", 'israels-defense-minister'],
  ['iPhone 15 Pro', 'iphone-15-pro'],
  ['Q&A', 'q-and-a'],
  ['  --a/b_c.d--  ', 'a-b-c-d'],
  ['Über Straßen', 'uber-strassen'],
  ['Łódź, Ørsted', 'lodz-orsted'],
  ['Один день', 'odin-den'],
  ['北京大学', 'beijingdaxue'],
  ['हिन्दी', 'hindi'],
  ['١٩٨٤', '1984'],
  ['🦊', 'fox'],
  ['𝕳𝖊𝖑𝖑𝖔', 'hello'],
])('a slug has the ASCII words of a text: %s', (text, slug) => {
  expect(makeSlug(text)).toBe(slug);
});

test.each(['', ' ', '…', '!!!', '\ud83e', '\u200b', '\u202e'])('the slug is empty if nothing has an ASCII form: %j', (text) => {
  expect(makeSlug(text)).toBe('');
});

test('Hebrew, Arabic, Thai, Japanese, Korean and Georgian have slugs', () => {
  for (const text of ['שלום עולם', 'السلام عليكم', 'ภาษาไทย', '日本語テスト', '한국어', 'საქართველო']) expect(makeSlug(text), text).toMatch(slugPattern);
});

test('a long text is cut between words', () => {
  expect(makeSlug('ab '.repeat(33) + 'c')).toBe(`${'ab-'.repeat(32)}ab-c`);
  expect(makeSlug('ab '.repeat(33) + 'cd')).toBe(`${'ab-'.repeat(32)}ab`);
  expect(makeSlug('x '.repeat(600))).toHaveLength(99);
});

test('a word longer than a slug is truncated', () => {
  expect(makeSlug('x'.repeat(300))).toBe('x'.repeat(100));
});

test('a numbered slug stays within the maximum length', () => {
  expect(numberedSlug('day', 1)).toBe('day');
  expect(numberedSlug('day', 2)).toBe('day-2');
  expect(numberedSlug('a'.repeat(100), 12)).toBe(`${'a'.repeat(97)}-12`);
  expect(numberedSlug(`${'a-'.repeat(49)}bb`, 12)).toBe(`${'a-'.repeat(48)}a-12`);
});

test('the slug of any character is empty or valid, and slugging is idempotent', () => {
  for (let code = 0; code < 0x11000; code += 7) {
    const slug = makeSlug(`${String.fromCodePoint(code)}${String.fromCodePoint(code + 0x1f000)}`);
    if (slug === '') continue;
    expect(slug, code.toString(16)).toMatch(slugPattern);
    expect(slug.length).toBeLessThanOrEqual(maxSlugLength);
    expect(makeSlug(slug)).toBe(slug);
  }
});
