import { expect, test } from 'vitest';
import { cleanLine, cleanText, escapeHtml, isBlank, shorten } from '../../../src/content/text/text.ts';

test('line endings become line feeds', () => {
  expect(cleanText('a\r\nb\rc\nd\r\r\ne')).toBe('a\nb\nc\nd\n\ne');
});

test('control characters and noncharacters are removed; tabs and line feeds stay', () => {
  expect(cleanText('a\u0000\u0001\u0008\u000e\u001b\u007f\u0081\ufffe\uffff\ufdd0\ufdef\u{1fffe}\u{10ffff}b\tc\n')).toBe('ab\tc\n');
});

test('the line endings and separators of office programs separate words', () => {
  expect(cleanText('a\u000bb\u000cc\u0085d\u2028e\u2029f\u001fg\u001ch')).toBe('a\nb\nc\nd\ne\n\nf g h');
  expect(cleanLine('a\u000bb\u001fc')).toBe('a b c');
});

test('Windows-1252 characters that were decoded as Latin-1 are fixed', () => {
  expect(cleanText('It\u0092s \u0093fine\u0094 \u0096 \u00805')).toBe('It’s “fine” – €5');
});

test('a lone surrogate becomes U+FFFD, a surrogate pair stays', () => {
  expect(cleanText('a\ud800b\udc00c🦊')).toBe('a\ufffdb\ufffdc🦊');
});

test('bidirectional marks, joiners and private characters stay', () => {
  expect(cleanText('\u200f\u202e\u2066\u200d\u00ad\ue000')).toBe('\u200f\u202e\u2066\u200d\u00ad\ue000');
});

test('a line is trimmed and has single spaces', () => {
  expect(cleanLine(' a\r\n\r\n b\t\u00a0\u3000 c\u2028d \u0000')).toBe('a b c d');
  expect(cleanLine(' \n\t\u0000 ')).toBe('');
});

test('a text without visible characters is blank', () => {
  for (const blank of ['', ' ', '\u00a0\n', '\u200b', '\u00ad\u2060', '\ufe0f', '\u3164', '\u202e']) expect(isBlank(blank), JSON.stringify(blank)).toBe(true);
  for (const shown of ['a', ' . ', '🦊', '\u200bx', 'ـ']) expect(isBlank(shown), JSON.stringify(shown)).toBe(false);
});

test('markup characters of HTML and XML are escaped', () => {
  expect(escapeHtml(`<a href="x" title='y'>&amp;`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;');
});

test('a text is shortened at a word, or not at all if it fits', () => {
  expect(shorten('hello world', 11)).toBe('hello world');
  expect(shorten('hello world, friends', 14)).toBe('hello world,…');
});

test('a long word is truncated, never within a surrogate pair', () => {
  expect(shorten('a'.repeat(20), 10)).toBe(`${'a'.repeat(9)}…`);
  expect(shorten('🦊🦊🦊🦊🦊', 6)).toBe('🦊🦊…');
  expect(shorten('🦊🦊🦊🦊🦊', 5)).toBe('🦊🦊…');
});
