import { signatureLength, termOf, weightOf, type Signature, type Weighting } from './signature.ts';
import { termCount } from './terms.ts';

/** The index has the strongest terms of each article. */
const indexedTerms = 20;
/** The articles with a term that were added last, so that a common term costs no more than a rare one. */
const maxPerTerm = 80;
/** A term in no more articles than this is rare. */
const maxRare = 8;
const none = -1;

/**
 * Finds the slots of articles by their strong terms. Articles have to be added in order of time, because the last ones
 * are found first.
 */
export class TermIndex {
  /** The signatures by slot, {@link signatureLength} entries each; zeros: the article was removed. */
  readonly #signatures: Uint32Array;
  /** A place is a slot and one of its strongest terms. For each term, the place that was added last; for each place, the one added before it. */
  readonly #lastPlace = new Int32Array(termCount).fill(none);
  readonly #placeBefore: Int32Array;
  /** Zeros between searches. */
  readonly #shared: Float32Array;

  /** @param signatures all that the index may contain, by slot */
  constructor(signatures: Uint32Array) {
    const slots = signatures.length / signatureLength;
    this.#signatures = signatures;
    this.#placeBefore = new Int32Array(slots * indexedTerms);
    this.#shared = new Float32Array(slots);
  }

  /** The slot must not have been used since the last {@link clear}. */
  add(slot: number): void {
    for (let index = 0; index < indexedTerms; index += 1) {
      const entry = this.#signatures[slot * signatureLength + index] ?? 0;
      if (entry === 0) return;
      const place = slot * indexedTerms + index;
      this.#placeBefore[place] = this.#lastPlace[termOf(entry)] ?? none;
      this.#lastPlace[termOf(entry)] = place;
    }
  }

  clear(): void {
    this.#lastPlace.fill(none);
  }

  /** The slots that share strong terms with a signature, those with the greatest weight in common first, relative to their lengths. */
  slotsSharingTerms(signature: Signature, weights: Weighting, lengths: number[], limit: number): number[] {
    const shared = this.#shared;
    const found: number[] = [];
    for (const entry of signature.subarray(0, indexedTerms)) {
      const weight = weightOf(entry, weights);
      let place = this.#lastPlace[termOf(entry)] ?? none;
      for (let count = 0; count < maxPerTerm && place !== none; count += 1) {
        const slot = Math.floor(place / indexedTerms);
        const other = this.#entryAt(place);
        if (other !== 0) {
          if (shared[slot] === 0) found.push(slot);
          shared[slot] = (shared[slot] ?? 0) + weight * weightOf(other, weights);
        }
        place = this.#placeBefore[place] ?? none;
      }
    }
    const best = selectBest(found, (slot) => (shared[slot] ?? 0) / (lengths[slot] || 1), limit);
    for (const slot of found) shared[slot] = 0;
    return best;
  }

  /** All slots that share a rare term with a signature. */
  slotsSharingRareTerms(signature: Signature): number[] {
    const slots = new Set<number>();
    for (const entry of signature.subarray(0, indexedTerms)) {
      const places = this.#placesOf(termOf(entry), maxRare + 1);
      if (places.length <= maxRare) for (const place of places) slots.add(Math.floor(place / indexedTerms));
    }
    return [...slots];
  }

  #entryAt(place: number): number {
    const slot = Math.floor(place / indexedTerms);
    return this.#signatures[slot * signatureLength + (place - slot * indexedTerms)] ?? 0;
  }

  #placesOf(term: number, limit: number): number[] {
    const places: number[] = [];
    let place = this.#lastPlace[term] ?? none;
    while (place !== none && places.length < limit) {
      if (this.#entryAt(place) !== 0) places.push(place);
      place = this.#placeBefore[place] ?? none;
    }
    return places;
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
