/** The size of direct-mapped caches of words. A power of two, because `wordSlots - 1` is a bit mask. */
const wordSlots = 2 ** 17;

/** A hash of a word (FNV-1a), 32 bits. */
export function hashOfWord(word: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x0100_0193);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A direct-mapped cache of numbers by word. It tells words apart by 49 bits of two hashes and not by their letters,
 * because reading the letters of a known word costs a cache miss. A word that was pushed out counts as new again.
 */
export class WordCache {
  /** For each slot a second hash, or zero if the slot is empty, and the number. */
  readonly #slots = new Uint32Array(wordSlots * 2);

  /** @param make gives the number of a word that is not in the cache */
  get(word: string, make: (word: string) => number): number {
    let [hash, check] = [0x811c_9dc5, 0x9747_b28c];
    for (let at = 0; at < word.length; at += 1) {
      const code = word.charCodeAt(at);
      hash = Math.imul(hash ^ code, 0x0100_0193);
      check = Math.imul(check ^ code, 0x5bd1_e995);
      check ^= check >>> 15;
    }
    check = check >>> 0 || 1;
    const place = ((hash ^ (hash >>> 16)) & (wordSlots - 1)) * 2;
    if (this.#slots[place] !== check) {
      this.#slots[place] = check;
      this.#slots[place + 1] = make(word);
    }
    return this.#slots[place + 1] ?? 0;
  }
}
