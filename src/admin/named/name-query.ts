import { foldedWords } from '../../content/search/words.ts';
import { cleanLine } from '../../content/text/text.ts';

const maxQueryLength = 200;
const maxWords = 8;

/** Reads the words by which somebody searches for a name. */
export function readNameQuery(typed: string | undefined): { q: string; words: string[] } {
  const q = cleanLine(typed ?? '').slice(0, maxQueryLength).toWellFormed();
  return { q, words: foldedWords(q).slice(0, maxWords) };
}
