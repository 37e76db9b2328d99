import { foldedWords } from './words.ts';

/** Words that stand side by side; the last word of a query also matches as a beginning. */
export interface SearchTerm {
  words: string[];
  prefix: boolean;
}

/** A query longer than this is cut: nobody reads what matches all of more words than these. */
const mostWords = 16;
const longestWord = 64;

/**
 * What is searched for, from what was typed: all of these terms, in any order. Text in quotes is one phrase,
 * and so is a run such as `co-op`. There is no other syntax: whatever else is typed is a word or nothing.
 */
export function parseSearchQuery(typed: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  let left = mostWords;
  let open = false;
  for (const { text, quoted } of chunks(typed.slice(0, 2000))) {
    const words = foldedWords(text).slice(0, left).map((word) => word.slice(0, longestWord).toWellFormed());
    if (words.length === 0) continue;
    left -= words.length;
    terms.push({ words, prefix: false });
    open = !quoted;
  }
  const last = terms.at(-1);
  // One letter as a beginning would match nearly everything.
  if (last && open) last.prefix = (last.words.at(-1) ?? '').length > 1;
  return terms;
}

function chunks(typed: string): { text: string; quoted: boolean }[] {
  return [...typed.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)/g)].map(([, quoted, bare]) => ({ text: quoted ?? bare ?? '', quoted: quoted !== undefined }));
}
