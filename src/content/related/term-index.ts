import { termOf, weightOf, withTerm, type Signature, type Weighting } from './signature.ts';
import { termCount } from './terms.ts';

/** The index has the strongest terms of each article. */
const indexedTerms = 20;
/** The articles with a term that were added last, so that a common term costs hardly more than a rare one. */
const maxPerTerm = 400;
/** A term in no more articles than this is rare. */
const maxRare = 8;
const none = 0;
/** Marks a link. A posting is smaller. */
const linkFlag = 2 ** 31;
const maxChunkLength = 64;
/** With the links, a term with two or four postings needs the most cells for each: 2.5. */
const cellsPerPosting = 2.5;

/**
 * Finds the slots of articles by their strong terms. Articles have to be added in order of time, because the last ones
 * are found first.
 *
 * The postings of a term are entries of signatures, with the article's slot in place of the term. They are stored in chunks,
 * because reading adjacent numbers is much faster than following a link for each. Each chunk is twice as long as the one
 * before it, up to 64 postings.
 */
export class TermIndex {
  /** For each term, the cell of the posting that was added last. */
  readonly #last = new Uint32Array(termCount);
  /** The first cell of a chunk is a link to the last cell of the chunk before it. Zero: free. */
  readonly #cells: Uint32Array;
  #usedCells = 1;
  /** 1: the article was removed. */
  readonly #removed: Uint8Array;
  /** Zeros between searches. */
  readonly #shared: Float32Array;

  /** @param slots how many there are */
  constructor(slots: number) {
    // Of arrays of this size, only the parts that were written to take memory.
    this.#cells = new Uint32Array(1 + slots * indexedTerms * cellsPerPosting);
    this.#removed = new Uint8Array(slots);
    this.#shared = new Float32Array(slots);
  }

  /** The slot must not have been used since the last {@link clear}. */
  add(slot: number, signature: Signature): void {
    for (const entry of signature.subarray(0, indexedTerms)) {
      if (entry === 0) return;
      const cell = this.#nextCell(this.#last[termOf(entry)] ?? none);
      this.#cells[cell] = withTerm(entry, slot);
      this.#last[termOf(entry)] = cell;
    }
  }

  remove(slot: number): void {
    this.#removed[slot] = 1;
  }

  clear(): void {
    this.#last.fill(none);
    this.#cells.fill(0, 0, this.#usedCells);
    this.#usedCells = 1;
    this.#removed.fill(0);
  }

  /** The slots that share strong terms with a signature, those with the greatest weight in common first, relative to their lengths. */
  slotsSharingTerms(signature: Signature, weights: Weighting, lengths: number[], limit: number): number[] {
    const shared = this.#shared;
    const found: number[] = [];
    for (const entry of signature.subarray(0, indexedTerms)) {
      const weight = weightOf(entry, weights);
      this.#read(termOf(entry), maxPerTerm, (posting) => {
        const slot = termOf(posting);
        if (shared[slot] === 0) found.push(slot);
        shared[slot] = (shared[slot] ?? 0) + weight * weightOf(posting, weights);
      });
    }
    const best = selectBest(found, (slot) => (shared[slot] ?? 0) / (lengths[slot] || 1), limit);
    for (const slot of found) shared[slot] = 0;
    return best;
  }

  /** All slots that share a rare term with a signature. */
  slotsSharingRareTerms(signature: Signature): number[] {
    const slots = new Set<number>();
    for (const entry of signature.subarray(0, indexedTerms)) {
      const withTheTerm: number[] = [];
      this.#read(termOf(entry), maxRare + 1, (posting) => withTheTerm.push(termOf(posting)));
      if (withTheTerm.length <= maxRare) for (const slot of withTheTerm) slots.add(slot);
    }
    return [...slots];
  }

  /** The cell after a term's last posting, in a new chunk if there is none. */
  #nextCell(last: number): number {
    if (last !== none && last + 1 < this.#usedCells && this.#cells[last + 1] === 0) return last + 1;
    const chunk = this.#usedCells;
    const length = last === none ? 1 : Math.min(maxChunkLength, 2 * this.#lengthOfChunk(last));
    this.#cells[chunk] = linkFlag + last;
    this.#usedCells += 1 + length;
    return chunk + 1;
  }

  /** How many postings are in a full chunk, given its last cell. */
  #lengthOfChunk(last: number): number {
    let length = 0;
    while ((this.#cells[last - length] ?? linkFlag) < linkFlag) length += 1;
    return length;
  }

  /** Reads the postings of a term, those that were added last first; leaves out removed articles. */
  #read(term: number, limit: number, take: (posting: number) => void): void {
    let cell = this.#last[term] ?? none;
    for (let count = 0; count < limit && cell !== none; ) {
      const posting = this.#cells[cell] ?? linkFlag;
      if (posting >= linkFlag) {
        cell = posting - linkFlag;
        continue;
      }
      if (this.#removed[termOf(posting)] === 0) {
        take(posting);
        count += 1;
      }
      cell -= 1;
    }
  }
}

/** The items with the highest scores, highest first. Much faster than sorting if `limit` is small. */
function selectBest(items: number[], scoreOf: (item: number) => number, limit: number): number[] {
  const best: { item: number; score: number }[] = [];
  for (const item of items) {
    const score = scoreOf(item);
    if (best.length === limit && score <= (best[limit - 1]?.score ?? 0)) continue;
    let [low, high] = [0, best.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((best[middle]?.score ?? 0) >= score) low = middle + 1;
      else high = middle;
    }
    best.splice(low, 0, { item, score });
    if (best.length > limit) best.pop();
  }
  return best.map(({ item }) => item);
}
