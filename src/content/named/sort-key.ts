import { fold } from '../search/words.ts';

/**
 * The key by which lists of names are sorted, from the name's `nameKey`: accents don't matter, so “Österreich” is between
 * “Oslo” and “Oxford”. The `nameKey` at the end makes it unique. The space before it sorts before all letters, so that a name
 * comes before the longer names that begin with it.
 */
export function sortKey(nameKey: string): string {
  return `${fold(nameKey).replace(/\s/g, '')} ${nameKey}`;
}
