import { lengthOf, relevanceWeighting, signatureLength, storyWeighting, termOf, weightOf, type Signature, type Weighting } from './signature.ts';
import { sketchLength } from './sketch.ts';
import { TermIndex } from './term-index.ts';
import { termCount } from './terms.ts';

export interface SignedArticle {
  id: number;
  /** UTC milliseconds. */
  publishedAt: number;
  signature: Signature;
  sketch: Uint8Array;
  /** Null: alone in its storyline. */
  storylineId: number | null;
  /** An editor keeps the article on its own, so no other may join it. */
  isKeptAlone: boolean;
}

export interface QueryPart {
  signature: Signature;
  factor: number;
}

/** With all of them, a window takes about 50 MB. */
export const maxArticles = 65_536;
/** Articles that are compared for a storyline. */
const maxRecent = 4096;
/** A power of two, because `termFilterSize - 1` is a bit mask. */
const termFilterSize = 2 ** 14;

/**
 * The signatures of many articles in memory, with an index of their terms. When it is full, the oldest quarter makes
 * room. Articles are named by their slot in the window's arrays.
 */
export class SignatureWindow {
  readonly #capacity: number;
  readonly #slots = new Map<number, number>();
  /** Slots by time of publication, oldest first. */
  #order: number[] = [];
  /** Slots of removed articles stay empty until the window is full. */
  #usedSlots = 0;
  #forgottenUntil = Number.MIN_SAFE_INTEGER;
  readonly #ids: number[] = [];
  readonly #times: number[] = [];
  readonly #storylines: (number | null)[] = [];
  readonly #keptAlone: boolean[] = [];
  // Of arrays of this size, only the parts that were written to take memory.
  readonly #entries: Uint32Array;
  readonly #sketches: Uint8Array;
  readonly #lengths = new Map([storyWeighting, relevanceWeighting].map((weights) => [weights, [] as number[]]));
  readonly #index: TermIndex;
  /** The weights of a query's terms, by term; zeros between queries. */
  readonly #query = new Float32Array(termCount);
  /** Marks the low bits of the query's terms: a table that fits into the processor's cache rules out most other terms. */
  readonly #queryBits = new Uint8Array(termFilterSize);

  constructor(capacity = maxArticles) {
    this.#capacity = capacity;
    this.#entries = new Uint32Array(capacity * signatureLength);
    this.#sketches = new Uint8Array(capacity * sketchLength);
    this.#index = new TermIndex(capacity);
  }

  get size(): number {
    return this.#slots.size;
  }

  /** The window may lack articles published up to this time, because they have made room: UTC milliseconds. */
  get forgottenUntil(): number {
    return this.#forgottenUntil;
  }

  has(id: number): boolean {
    return this.#slots.has(id);
  }

  /** Adds an article, or replaces it. */
  add({ id, publishedAt, signature, sketch, storylineId, isKeptAlone }: SignedArticle): void {
    this.remove(id);
    if (this.#usedSlots === this.#capacity) this.#makeRoom();
    const slot = this.#usedSlots++;
    this.#slots.set(id, slot);
    this.#ids[slot] = id;
    this.#times[slot] = publishedAt;
    this.#storylines[slot] = storylineId;
    this.#keptAlone[slot] = isKeptAlone;
    this.#order.splice(this.#countUntil(publishedAt), 0, slot);
    this.#entries.fill(0, slot * signatureLength, (slot + 1) * signatureLength).set(signature, slot * signatureLength);
    this.#sketches.fill(0, slot * sketchLength, (slot + 1) * sketchLength).set(sketch, slot * sketchLength);
    for (const [weights, lengths] of this.#lengths) lengths[slot] = lengthOf(signature, weights);
    this.#index.add(slot, signature);
  }

  remove(id: number): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    this.#order.splice(this.#order.indexOf(slot), 1);
    this.#index.remove(slot);
  }

  clear(): void {
    this.#slots.clear();
    this.#order = [];
    this.#usedSlots = 0;
    this.#forgottenUntil = Number.MIN_SAFE_INTEGER;
    this.#index.clear();
  }

  setStoryline(id: number, storylineId: number | null): void {
    const slot = this.#slots.get(id);
    if (slot !== undefined) this.#storylines[slot] = storylineId;
  }

  find(id: number): SignedArticle | undefined {
    const slot = this.#slots.get(id);
    if (slot === undefined) return undefined;
    const padded = this.signatureAt(slot);
    const end = padded.indexOf(0);
    return { id, publishedAt: this.timeAt(slot), signature: end < 0 ? padded : padded.subarray(0, end), sketch: withoutPadding(this.sketchAt(slot)), storylineId: this.storylineAt(slot), isKeptAlone: this.isKeptAlone(slot) };
  }

  slotOf(id: number): number | undefined {
    return this.#slots.get(id);
  }

  idAt(slot: number): number {
    return this.#ids[slot] ?? 0;
  }

  timeAt(slot: number): number {
    return this.#times[slot] ?? 0;
  }

  storylineAt(slot: number): number | null {
    return this.#storylines[slot] ?? null;
  }

  isKeptAlone(slot: number): boolean {
    return this.#keptAlone[slot] ?? false;
  }

  /** Padded with zeros, which have no weight. */
  signatureAt(slot: number): Signature {
    return this.#entries.subarray(slot * signatureLength, (slot + 1) * signatureLength);
  }

  sketchAt(slot: number): Uint8Array {
    return this.#sketches.subarray(slot * sketchLength, (slot + 1) * sketchLength);
  }

  /** The slots of the articles published from `from` to `until` (UTC milliseconds, inclusive), oldest first; the newest 4,096 of them. */
  slotsBetween(from: number, until: number): number[] {
    const end = this.#countUntil(until);
    return this.#order.slice(Math.max(this.#countUntil(from - 1), end - maxRecent), end);
  }

  /** The slots of articles that share strong terms with a signature, those with the greatest weight in common first. */
  slotsSharingTerms(signature: Signature, weights: Weighting, limit: number): number[] {
    return this.#index.slotsSharingTerms(signature, weights, this.#lengths.get(weights) ?? [], limit);
  }

  /** The slots of all articles that share a term with a signature that hardly any others have. */
  slotsSharingRareTerms(signature: Signature): number[] {
    return this.#index.slotsSharingRareTerms(signature);
  }

  /** The cosines of a query and the articles in the slots, in their order. The query is a weighted sum of signatures, each of length 1. */
  similarities(parts: QueryPart[], slots: number[], weights: Weighting): number[] {
    const query = this.#query;
    for (const { signature, factor } of parts) {
      const scale = factor / (lengthOf(signature, weights) || 1);
      for (const entry of signature) {
        query[termOf(entry)] = (query[termOf(entry)] ?? 0) + scale * weightOf(entry, weights);
        this.#queryBits[termOf(entry) & (termFilterSize - 1)] = 1;
      }
    }
    const lengths = this.#lengths.get(weights) ?? [];
    const similarities = slots.map((slot) => this.#product(slot, weights) / (lengths[slot] || 1));
    // Setting the few terms to zero is faster than clearing four megabytes.
    for (const { signature } of parts) for (const entry of signature) query[termOf(entry)] = 0;
    this.#queryBits.fill(0);
    return similarities;
  }

  #product(slot: number, weights: Weighting): number {
    // Local variables, because this loop takes most of the time of a match.
    const [entries, query, bits] = [this.#entries, this.#query, this.#queryBits];
    let product = 0;
    const end = (slot + 1) * signatureLength;
    for (let at = slot * signatureLength; at < end; at += 1) {
      const entry = entries[at] ?? 0;
      if (entry === 0) break;
      if (bits[termOf(entry) & (termFilterSize - 1)] !== 0) product += (query[termOf(entry)] ?? 0) * weightOf(entry, weights);
    }
    return product;
  }

  /** Drops the oldest quarter and the empty slots. */
  #makeRoom(): void {
    const room = Math.max(0, this.#order.length - Math.floor((this.#capacity * 3) / 4));
    const newestForgotten = this.#order[room - 1];
    if (newestForgotten !== undefined) this.#forgottenUntil = Math.max(this.#forgottenUntil, this.timeAt(newestForgotten));
    for (const slot of this.#order.splice(0, room)) this.#slots.delete(this.idAt(slot));
    const newSlots = new Uint32Array(this.#capacity);
    // In place, and in the order of the slots, so that none is overwritten before it has moved. Copies would take 35 MB.
    for (const [newSlot, slot] of this.#order.toSorted((one, other) => one - other).entries()) {
      this.#move(slot, newSlot);
      newSlots[slot] = newSlot;
    }
    this.#order = this.#order.map((slot) => newSlots[slot] ?? slot);
    this.#usedSlots = this.#order.length;
    this.#index.clear();
    for (const slot of this.#order) this.#index.add(slot, this.signatureAt(slot));
  }

  #move(from: number, to: number): void {
    this.#slots.set(this.idAt(from), to);
    this.#ids[to] = this.idAt(from);
    this.#times[to] = this.timeAt(from);
    this.#storylines[to] = this.storylineAt(from);
    this.#keptAlone[to] = this.isKeptAlone(from);
    for (const lengths of this.#lengths.values()) lengths[to] = lengths[from] ?? 0;
    this.#entries.copyWithin(to * signatureLength, from * signatureLength, (from + 1) * signatureLength);
    this.#sketches.copyWithin(to * sketchLength, from * sketchLength, (from + 1) * sketchLength);
  }

  /** How many articles were published up to a time, by binary search. */
  #countUntil(time: number): number {
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.timeAt(this.#order[middle] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The sketch of a short text is empty. */
function withoutPadding(sketch: Uint8Array): Uint8Array {
  return sketch.every((byte) => byte === 0) ? new Uint8Array() : sketch;
}
