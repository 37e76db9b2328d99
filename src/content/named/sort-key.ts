import { fold } from '../search/words.ts';

/**
 * The key by which lists of names are sorted, from the name's `nameKey`: accents don't matter, so “Österreich” is between
 * “Oslo” and “Oxford”. As unique as `nameKey`; the only space comes before every character of a key.
 */
export function sortKey(nameKey: string): string {
  return `${fold(nameKey).replace(/\s/g, '')} ${nameKey}`;
}
