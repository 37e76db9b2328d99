/** A sketch estimates how much of their wording two texts share, from a few bytes of each. */
export const sketchLength = 48;

const shingleLength = 3;
/** Shorter texts have too few shingles for an estimate. */
const minTerms = 30;
const emptySlot = 0;

/**
 * One-permutation MinHash (Li, Owen and Zhang, 2012) of the text's shingles of three terms: each slot has eight bits of
 * the smallest hash that falls into it. Returns an empty array for short texts.
 */
export function sketchOf(sequence: readonly number[]): Uint8Array {
  if (sequence.length < minTerms) return new Uint8Array();
  const smallest = new Uint32Array(sketchLength).fill(0xffff_ffff);
  for (let at = shingleLength - 1; at < sequence.length; at += 1) {
    const hash = mix(Math.imul(sequence[at - 2] ?? 0, 0x9e37_79b1) ^ Math.imul(sequence[at - 1] ?? 0, 0x85eb_ca77) ^ Math.imul(sequence[at] ?? 0, 0xc2b2_ae3d));
    const slot = hash % sketchLength;
    if (hash < (smallest[slot] ?? 0)) smallest[slot] = hash;
  }
  return Uint8Array.from(smallest, (hash) => (hash === 0xffff_ffff ? emptySlot : 1 + (mix(hash) % 255)));
}

/** Spreads the bits of a number (the finalizer of MurmurHash3, which is in the public domain). */
function mix(number: number): number {
  let mixed = number ^ (number >>> 16);
  mixed = Math.imul(mixed, 0x85eb_ca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The estimated share of the two texts' shingles that are in both (Jaccard similarity), 0 to 1; 0 if a text is short. The standard error is at most 0.08. */
export function resemblance(one: Uint8Array, other: Uint8Array): number {
  if (one.length !== sketchLength || other.length !== sketchLength) return 0;
  let [equal, filled] = [0, 0];
  for (let slot = 0; slot < sketchLength; slot += 1) {
    if (one[slot] === emptySlot && other[slot] === emptySlot) continue;
    filled += 1;
    if (one[slot] === other[slot]) equal += 1;
  }
  return filled === 0 ? 0 : equal / filled;
}
