import { joinedWords, signedWords, withoutInnerSpaces } from './joined-words.ts';
import { longestWord } from './searched-words.ts';
import { fold, foldedWords, isSpaceless } from './words.ts';

/** Words that stand side by side; the last word of a query also matches as a beginning. */
export interface SearchTerm {
  words: string[];
  prefix: boolean;
  /** The same without what stands within: `f16` of F-16. */
  joined?: string;
  /** A name with a sign, `cplusplus` of C++: articles that have it are meant, not those that have its letters. */
  signed?: string;
}

/** A query longer than this is cut: nobody reads what matches all of more words than these. */
const mostWords = 16;

/**
 * What is searched for, from what was typed: all of these terms, in any order. Text in quotes is one phrase,
 * and so is a run such as `co-op`. There is no other syntax: whatever else is typed is a word or nothing.
 */
export function parseSearchQuery(typed: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  let left = mostWords;
  let open = false;
  for (const { text, quoted } of chunks(withoutInnerSpaces(typed.slice(0, 2000)))) {
    const words = foldedWords(text).slice(0, left).map((word) => word.slice(0, longestWord).toWellFormed());
    if (words.length === 0) continue;
    left -= words.length;
    terms.push({ words, prefix: false, ...(quoted ? {} : alternatives(text, words)) });
    open = !quoted;
  }
  const last = terms.at(-1);
  // One letter as a beginning would match nearly everything.
  if (last && open) last.prefix = (last.words.at(-1) ?? '').length > 1;
  return terms;
}

/** A name with a sign, and nothing else but punctuation around it. */
const isName = /^[^\p{L}\p{N}]*\p{L}+(?:\+\+|#)[^\p{L}\p{N}]*$/u;

function alternatives(text: string, words: string[]): Pick<SearchTerm, 'joined' | 'signed'> {
  const [signed] = isName.test(text) ? signedWords(text) : [];
  if (signed !== undefined) return { signed: fold(signed) };
  const [joined] = words.length > 1 ? joinedWords(text) : [];
  return joined === undefined ? {} : { joined: joined.slice(0, longestWord) };
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * The same query for where nothing was found: runs of characters in scripts without spaces are parted into words, and
 * names with a sign are their letters. Undefined: there is nothing to relax.
 */
export function relaxQuery(terms: SearchTerm[]): { terms: SearchTerm[]; isParted: boolean } | undefined {
  const parted = terms.flatMap((term) => partsOf(term));
  const isParted = parted.length > terms.length;
  const relaxed = parted.map(({ signed: _signed, ...term }) => term);
  return isParted || terms.some(({ signed }) => signed !== undefined) ? { terms: relaxed, isParted } : undefined;
}

function partsOf(term: SearchTerm): SearchTerm[] {
  if (term.words.length < 3 || !term.words.every(isSpaceless)) return [term];
  return [...segmenter.segment(term.words.join(''))].map(({ segment }) => ({ words: foldedWords(segment), prefix: false })).filter(({ words }) => words.length > 0);
}

function chunks(typed: string): { text: string; quoted: boolean }[] {
  return [...typed.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)/g)].map(([, quoted, bare]) => ({ text: quoted ?? bare ?? '', quoted: quoted !== undefined }));
}
