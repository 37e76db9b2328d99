import { hashOfWord, WordCache } from '../search/word-slots.ts';
import { fold, isSpaceless } from '../search/words.ts';
import { stemmerOf, type Stemmer } from './stem.ts';

/**
 * A term is a word's stem, as a number of 20 bits: a hash, so that no table of words is needed. Two of a site's words in
 * a few thousand share a number, which changes no result that a reader could notice.
 */
export const termBits = 20;
export const termCount = 2 ** termBits;

/** How often words of each part count. */
const titleFactor = 2;
const openingFactor = 2;
const openingLength = 60;
/** Further words hardly change the strongest terms of a text. */
export const maxWords = 5000;
/** A topic counts as if its name occurred this often, because an editor chose it: once for every five words, so that a topic alone never decides about a short text. */
const maxTopicFrequency = 20;
const wordsPerTopicOccurrence = 5;

export interface TermSource {
  title: readonly string[];
  /** Folded words of the standfirst, the summary and the body, in that order. */
  text: readonly string[];
  topics: readonly string[];
  /** A language tag. */
  language: string;
}

export interface Terms {
  /** The weighted frequency of each term. */
  frequencies: Map<number, number>;
  /** The terms of the text in their order, without the title's. */
  sequence: number[];
}

export function extractTerms({ title, text, topics, language }: TermSource): Terms {
  const frequencies = new Map<number, number>();
  const add = (terms: readonly number[], factor: number) => {
    for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + factor);
  };
  const sequence = termsIn(text.slice(0, maxWords), language);
  add(termsIn(title, language), titleFactor);
  add(sequence.slice(0, openingLength), openingFactor);
  add(sequence.slice(openingLength), 1);
  const topicFrequency = Math.max(1, Math.min(maxTopicFrequency, Math.round((title.length + sequence.length) / wordsPerTopicOccurrence)));
  for (const topic of topics) frequencies.set(hashed(`topic ${fold(topic)}`), topicFrequency);
  return { frequencies, sequence };
}

function termsIn(words: readonly string[], language: string): number[] {
  const termOf = wordTerms(language);
  return words.map((word, at) => {
    const next = secondWord(word, words[at + 1]);
    return termOf(next === undefined ? word : word + next);
  });
}

/** In scripts without spaces, each word is one character, which says little, so two neighbours are one term. */
function secondWord(word: string, next: string | undefined): string | undefined {
  // Only scripts without spaces have words of one character beyond Latin.
  if (next === undefined || word.length > 2 || word < '\u0e00') return undefined;
  return isSpaceless(word) && isSpaceless(next) ? next : undefined;
}

/** The words of a text that stand for each of the given terms, in all their forms: phrases for a search, by term. */
export function phrasesOf({ title, text, language }: TermSource, terms: readonly number[]): string[][][] {
  const termOf = wordTerms(language);
  const phrases = new Map(terms.map((term) => [term, new Map<string, string[]>()]));
  for (const words of [title, text]) {
    for (const [at, word] of words.entries()) {
      const next = secondWord(word, words[at + 1]);
      const joined = next === undefined ? word : word + next;
      phrases.get(termOf(joined))?.set(joined, next === undefined ? [word] : [word, next]);
    }
  }
  return [...phrases.values()].map((forms) => [...forms.values()]).filter((forms) => forms.length > 0);
}

const wordTermCaches = new Map<Stemmer, (word: string) => number>();

/** Returns the function that gives the term of a folded word. */
export function wordTerms(language: string): (word: string) => number {
  const stem = stemmerOf(language);
  const known = wordTermCaches.get(stem);
  if (known) return known;
  const cache = new WordCache();
  const stemmed = (word: string) => hashed(isStemmed(word) ? stem(word) : word);
  // Stemming and hashing a word take fifty times as long as finding it.
  const termOfWord = (word: string) => cache.get(word, stemmed);
  wordTermCaches.set(stem, termOfWord);
  return termOfWord;
}

function isStemmed(word: string): boolean {
  return word.length > 3 && word.length < 40 && !/\d/.test(word);
}

function hashed(text: string): number {
  return hashOfWord(text) >>> (32 - termBits);
}
