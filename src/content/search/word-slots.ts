/** The size of direct-mapped caches of words. A power of two, because `wordSlots - 1` is a bit mask. */
export const wordSlots = 2 ** 17;

/** A hash of a word (FNV-1a), 32 bits. */
export function hashOfWord(word: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x0100_0193);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** For a word that is kept: V8 stores substrings of 13 characters or more as slices, which keep the whole text in memory. */
export function copyOfWord(word: string): string {
  return word.length < 13 ? word : Buffer.from(word).toString();
}
