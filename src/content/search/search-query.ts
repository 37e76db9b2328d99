import { joinedWords, symbolWords, withoutInnerSpaces } from './joined-words.ts';
import { maxWordLength } from './searched-words.ts';
import { fold, foldedWords, isSpaceless } from './words.ts';

export interface SearchTerm {
  words: string[];
  /** The last word also matches as a prefix. */
  prefix: boolean;
  /** An alternative to `words`: `f16` for F-16. */
  joined?: string;
  /** Replaces `words` for a name with a symbol: `cplusplus` for C++. */
  symbolWord?: string;
}

const maxWords = 16;
const maxQueryLength = 2000;

/** All terms must match, in any order. Quoted text and runs such as `co-op` are phrases. There is no other syntax. */
export function parseSearchQuery(typed: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  let remaining = maxWords;
  let isComplete = true;
  for (const { text, isQuoted } of splitQuotes(withoutInnerSpaces(typed.slice(0, maxQueryLength)))) {
    const words = foldedWords(text).slice(0, remaining).map((word) => word.slice(0, maxWordLength).toWellFormed());
    if (words.length === 0) continue;
    remaining -= words.length;
    terms.push({ words, prefix: false, ...(isQuoted ? {} : alternatives(text, words)) });
    isComplete = isQuoted;
  }
  const last = terms.at(-1);
  // A prefix of one letter would match nearly everything.
  if (last && !isComplete) last.prefix = (last.words.at(-1) ?? '').length > 1;
  return terms;
}

const symbolNamePattern = /^[^\p{L}\p{N}]*\p{L}+(?:\+\+|#)[^\p{L}\p{N}]*$/u;

function alternatives(text: string, words: string[]): Pick<SearchTerm, 'joined' | 'symbolWord'> {
  const [symbolWord] = symbolNamePattern.test(text) ? symbolWords(text) : [];
  if (symbolWord !== undefined) return { symbolWord: fold(symbolWord) };
  const [joined] = words.length > 1 ? joinedWords(text) : [];
  return joined === undefined ? {} : { joined: joined.slice(0, maxWordLength) };
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** For a query without results: splits runs in scripts without spaces, and reduces `C++` to its letters. Undefined if neither applies. */
export function relaxQuery(terms: SearchTerm[]): { terms: SearchTerm[]; isSegmented: boolean } | undefined {
  const segmented = terms.flatMap((term) => segmentTerm(term));
  const isSegmented = segmented.length > terms.length;
  const relaxed = segmented.map(({ symbolWord: _symbolWord, ...term }) => term);
  return isSegmented || terms.some(({ symbolWord }) => symbolWord !== undefined) ? { terms: relaxed, isSegmented } : undefined;
}

function segmentTerm(term: SearchTerm): SearchTerm[] {
  if (term.words.length < 3 || !term.words.every(isSpaceless)) return [term];
  return [...segmenter.segment(term.words.join(''))].map(({ segment }) => ({ words: foldedWords(segment), prefix: false })).filter(({ words }) => words.length > 0);
}

function splitQuotes(typed: string): { text: string; isQuoted: boolean }[] {
  return [...typed.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)/g)].map(([, quoted, bare]) => ({ text: quoted ?? bare ?? '', isQuoted: quoted !== undefined }));
}
