import { fold } from '../search/words.ts';

/**
 * Lists of names are sorted by this key. It begins with the name without accents, so “Österreich” is between “Oslo” and
 * “Oxford”. The `nameKey` at its end makes it unique. The space between them sorts before every letter, so a short name comes
 * before longer ones that begin with it.
 */
export function sortKey(nameKey: string): string {
  return `${fold(nameKey).replace(/\s/g, '')} ${nameKey}`;
}
