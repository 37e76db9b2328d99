import { expect, test } from 'vitest';
import { extractText, type ArticleText } from '../../../src/content/related/extract-text.ts';
import { stemmerOf } from '../../../src/content/related/stem.ts';
import { extractTerms, phrasesOf, termCount, wordTerms } from '../../../src/content/related/terms.ts';
import { foldedWords } from '../../../src/content/search/words.ts';

const source = { title: ['fire'], text: ['airport', 'fires'], topics: [], language: 'en' };

test('words count more often in the title and at the beginning, by their stems', () => {
  const { frequencies, sequence } = extractTerms({ ...source, text: [...source.text, ...Array<string>(58).fill('x'), 'airport'] });
  const termOf = wordTerms('en');
  expect(termOf('fires')).toBe(termOf('fire'));
  expect(frequencies.get(termOf('fire'))).toBe(2 + 2);
  expect(frequencies.get(termOf('airport'))).toBe(2 + 1);
  expect(sequence).toHaveLength(61);
});

test.each([
  ['en', 'elections', 'election'],
  ['de', 'Wahlen', 'Wahl'],
  ['de-AT', 'Häuser', 'Hauser'],
  ['ar', 'الانتخابات', 'انتخابات'],
  ['ar', 'والحكومة', 'حكومة'],
  ['ar', 'الوزير', 'وزير'],
  ['fr', 'élections', 'élection'],
  ['ru', 'выборы', 'выборов'],
])('in %s, “%s” and “%s” are one term', (language, one, other) => {
  const termOf = wordTerms(language);
  expect(foldedWords(one).map(termOf)).toEqual(foldedWords(other).map(termOf));
});

test('a language without a stemmer takes words as they are, and no word makes a stemmer fail', () => {
  expect(stemmerOf('xx')('words')).toBe('words');
  expect(stemmerOf('constructor')('words')).toBe('words');
  for (const language of ['ar', 'hy', 'bg', 'da', 'nl', 'en', 'fi', 'fr', 'de', 'el', 'hi', 'hu', 'id', 'ga', 'it', 'lt', 'ne', 'nb', 'pt', 'ro', 'ru', 'sr', 'es', 'sv', 'ta', 'tr', 'uk', 'sa']) {
    for (const word of ['aaaa', 'zzzzzzzzzzzz', 'ىىىى', 'ßßßß', '報告報告', 'ιιιι', 'ьььь', 'iiiiing', 'yyyyed', 'сссс', 'ऊऊऊऊ']) {
      const term = wordTerms(language)(word);
      expect(term, `${language} ${word}`).toBeGreaterThanOrEqual(0);
      expect(term).toBeLessThan(termCount);
    }
  }
});

test('in scripts without spaces, two neighbouring characters are one term', () => {
  const terms = (title: string) => new Set(extractTerms({ ...source, title: foldedWords(title), text: [] }).frequencies.keys());
  expect(terms('東京').size).toBe(2);
  expect([...terms('東京都')].filter((term) => terms('東京').has(term))).toHaveLength(1);
  expect([...terms('京東')].filter((term) => terms('東京').has(term))).toEqual([]);
});

test('a topic is a strong term of its own, except in a short text', () => {
  const frequencies = (topics: string[], words = 200) => extractTerms({ ...source, text: Array.from({ length: words }, (_, index) => `word${index}`), topics }).frequencies;
  const topic = [...frequencies(['Fire'])].find(([term]) => !frequencies([]).has(term));
  expect(topic?.[1]).toBe(20);
  expect([frequencies(['FIRE']), frequencies(['Fire'], 49), frequencies(['Fire'], 2)].map((terms) => terms.get(topic?.[0] ?? 0))).toEqual([20, 10, 1]);
});

test('a long text takes no longer than its first words', () => {
  const text: ArticleText = { title: 'Title', standfirst: '', summary: '', body: 'word '.repeat(400_000), topics: [], language: 'en' };
  expect(extractText(text)).toEqual(extractText({ ...text, body: 'word '.repeat(50_000) }));
});

test('a search for a term has all its forms in the text, and two characters of scripts without spaces', () => {
  const words = { ...source, title: foldedWords('Fires in 東京都'), text: foldedWords('The fire burned. Another Fire, and snow.') };
  const [fire = 0, tokyo = 0] = [wordTerms('en')('fire'), wordTerms('en')('東京')];
  expect(phrasesOf(words, [fire, tokyo, wordTerms('en')('rain')])).toEqual([[['fires'], ['fire']], [['東', '京']]]);
});
