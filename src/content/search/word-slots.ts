/** The size of direct-mapped caches of words. A power of two, because `wordSlots - 1` is a bit mask. */
export const wordSlots = 2 ** 16;

/** A hash of the word (FNV-1a), below `wordSlots`. */
export function slotOfWord(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 16)) & (wordSlots - 1);
}

/** For a word that is kept: V8 stores substrings of 13 characters or more as slices, which keep the whole text in memory. */
export function copyOfWord(word: string): string {
  return word.length < 13 ? word : Buffer.from(word).toString();
}
