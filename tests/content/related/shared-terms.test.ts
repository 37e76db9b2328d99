import { expect, test } from 'vitest';
import { findSharedTerms, mostTelling } from '../../../src/content/related/shared-terms.ts';

const numbers = new Map<string, number>();

/** The number of a word without a plural “s”. */
function termOf(word: string): number {
  const stem = word.replace(/s$/, '');
  return numbers.get(stem) ?? numbers.set(stem, numbers.size).size - 1;
}

function tell(text: string, others: string[], counted: Record<string, number>, articles = 1000): string[] {
  const counts = new Map(Object.entries(counted).map(([word, count]) => [termOf(word), count]));
  return mostTelling(findSharedTerms(text, others, termOf), articles, counts);
}

test('the words that a text shares with the others are shown as typed in the text, the most telling first', () => {
  const counts = { the: 900, fire: 40, heathrow: 6, substation: 3, airport: 30 };
  const others = ['A fire at Heathrow Airport', 'Heathrow: the substations', 'Heathrow reopens'];
  expect(tell('The Heathrow fires: the substation at HEATHROW, and Heathrow again', others, counts)).toEqual(['Heathrow', 'substation', 'fires']);
});

test('common words, words of one letter and words that are not counted are left out', () => {
  expect(tell('The x fire', ['The x fire'], { the: 301, x: 2, fire: 101 })).toEqual([]);
  // On a small site, a word of the subject is in a large share of the articles.
  expect(tell('The fire', ['The fire'], { the: 25, fire: 9 }, 33)).toEqual(['fire']);
  expect(tell('The fire', ['The fire'], {}, 0)).toEqual([]);
  expect(tell('The fire', [], { fire: 1 })).toEqual([]);
});

test('at most eight words are shown', () => {
  const words = Array.from({ length: 12 }, (_, index) => `word${index}`);
  expect(tell(words.join(' '), [words.join(' ')], Object.fromEntries(words.map((word) => [word, 2])))).toHaveLength(8);
});

test('in scripts without spaces, two neighbouring characters are a word', () => {
  expect(tell('東京の火災', ['東京で火災'], { 東京: 5, 火災: 5, 京の: 5 })).toEqual(['東京', '火災']);
});
