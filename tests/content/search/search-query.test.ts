import { expect, test } from 'vitest';
import { parseSearchQuery } from '../../../src/content/search/search-query.ts';

/** Formats a query: phrases in brackets, `*` after a prefix. */
function terms(typed: string): string {
  return parseSearchQuery(typed).map(({ words, prefix }) => `[${words.join(' ')}${prefix ? '*' : ''}]`).join('');
}

test.each([
  ['white helm', '[white][helm*]'],
  ['white helmets ', '[white][helmets*]'],
  ['white helmets\u3000', '[white][helmets*]'],
  ['"white helmets"', '[white helmets]'],
  ['“white helmets” syr', '[white helmets][syr*]'],
  ['«белые каски»', '[белые каски]'],
  ['„weiße Helme“ x', '[weisse helme][x]'],
  ['co-op', '[co op*]'],
  ['don’t', '[don t]'],
  ['l’été', '[l ete*]'],
  ['a', '[a]'],
  ['Café', '[cafe*]'],
  ['北京', '[北 京]'],
  ['السلام', '[السلام*]'],
  ['한국', '[한국*]'],
])('%s searches for %s', (typed, expected) => {
  expect(terms(typed)).toBe(expected);
});

test.each([
  ['white" helmets', '[white][helmets*]'],
  ['"white helmets', '[white][helmets*]'],
  ['white "', '[white*]'],
  ['"a" "', '[a]'],
  ['""', ''],
  ['"', ''],
  ['"""x"""', '[x]'],
])('lone quotes are ignored: %s', (typed, expected) => {
  expect(terms(typed)).toBe(expected);
});

test.each([
  ['x OR yes', '[x][or][yes*]'],
  ['NOT -this', '[not][this*]'],
  ['NEAR(a b, 5)', '[near a][b][5]'],
  ['title:fox', '[title fox*]'],
  ['fo* x', '[fo][x]'],
  ['^fox + {box}', '[fox][box*]'],
  ["'; DROP TABLE article; --", '[drop][table][article*]'],
  ['%fox_', '[fox*]'],
])('there are no operators: %s', (typed, expected) => {
  expect(terms(typed)).toBe(expected);
});

test.each([
  ['C++', { words: ['c'], symbolWord: 'cplusplus' }],
  ['(F#)', { words: ['f'], symbolWord: 'fsharp' }],
  ['C++17', { words: ['c', '17'] }],
  ['rock#1', { words: ['rock', '1'] }],
  ['F-16', { words: ['f', '16'], joined: 'f16' }],
  ['1 234', { words: ['1'] }],
  ['भारत-पाक', { words: ['भारत', 'पाक'], joined: 'भारतपाक' }],
])('terms have alternatives without inner signs or hyphens: %s', (typed, expected) => {
  expect(parseSearchQuery(`${typed} `)[0]).toMatchObject(expected);
  if (!('signed' in expected)) expect(parseSearchQuery(typed)[0]).not.toHaveProperty('signed');
});

test('two adjacent numbers are two words', () => {
  expect(terms('boeing 737 747')).toBe('[boeing][737][747*]');
  expect(terms('1\u202f234\u202f567')).toBe('[1 234 567*]');
});

test.each(['', '   ', '...', '!?()[]{}*^~', '🦊', '❤️', '\u0000\u0001', '\ud800', '""""', '«»', '\\'])('%j searches for nothing', (typed) => {
  expect(parseSearchQuery(typed)).toEqual([]);
});

test('control characters separate words', () => {
  expect(terms('a\u0000bc')).toBe('[a bc*]');
});

test('a query is truncated to 16 words and each word to 200 characters', () => {
  expect(parseSearchQuery('word '.repeat(5000)).flatMap(({ words }) => words)).toEqual(Array(16).fill('word'));
  expect(parseSearchQuery(`"${'word '.repeat(5000)}"`).flatMap(({ words }) => words)).toEqual(Array(16).fill('word'));
  expect(parseSearchQuery('x'.repeat(100_000))).toEqual([{ words: ['x'.repeat(200)], prefix: true }]);
  expect(parseSearchQuery('中'.repeat(5000))[0]?.words).toHaveLength(16);
});

test('words are not truncated within a surrogate pair', () => {
  for (const typed of [`${'x'.repeat(63)}𝒶𐐀𐐀`, `${'x '.repeat(999)}y🦊`, '𐐀'.repeat(3000)]) {
    for (const word of parseSearchQuery(typed).flatMap(({ words }) => words)) expect(word.isWellFormed()).toBe(true);
  }
});

test('for any input, no word has a character that a search engine could read as syntax', () => {
  const pieces = ['"', '“', '”', "'", '*', '-', '(', ')', ':', '^', ' ', 'ab', 'OR', 'é', '北', '🦊', '\u0000', '\ud800', '\\', '%', '\t', 'ا', '\u00ad', '\ufe0f'];
  let seed = 11;
  for (let round = 0; round < 2000; round += 1) {
    let typed = '';
    for (let n = 0; n < 15; n += 1) {
      seed = (seed * 48271) % 2147483647;
      typed += pieces[seed % pieces.length];
    }
    for (const term of parseSearchQuery(typed)) {
      expect(term.words.length, JSON.stringify(typed)).toBeGreaterThan(0);
      for (const word of term.words) expect(word, JSON.stringify(typed)).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}]*$/u);
    }
  }
});
