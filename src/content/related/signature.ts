import { decodeVarints, encodeVarints } from './varints.ts';

/**
 * A signature is an article's strongest terms, strongest first. Each entry is 32 bits: 20 for the term, 5 for the level
 * of its frequency in the article, 7 for the level of its rarity on the site.
 */
export type Signature = Uint32Array;

export const signatureLength = 64;

/** Raise this when a change to the program gives the same text a different signature. All articles are then signed again. */
export const signatureVersion = 2;

const rarityBits = 7;
const frequencyBits = 5;
const levelBits = frequencyBits + rarityBits;
const maxFrequencyLevel = 2 ** frequencyBits - 1;
const maxRarityLevel = 2 ** rarityBits - 1;
const frequencySteps = 4;
const raritySteps = 8;
const sortSteps = frequencySteps * raritySteps;

/** In how many articles of the site a term occurs, and how many articles there are. */
export interface TermCounts {
  articles: number;
  countOf(term: number): number;
}

/** A word in a larger share of the articles says nothing about any of them. This covers the stop words of every language. */
const maxShare = 0.3;
/** On a site with a few articles, a word may be in two of them. */
const minCommonCount = 2;

/** Packs terms with their frequencies but without rarity, until {@link sign} knows it. */
export function packTerms(terms: ReadonlyMap<number, number>): Uint32Array {
  const packed = new Uint32Array(terms.size);
  let at = 0;
  for (const [term, frequency] of terms) packed[at++] = (term << levelBits) | (frequencyLevel(frequency) << rarityBits);
  return packed;
}

function frequencyLevel(frequency: number): number {
  return Math.min(maxFrequencyLevel, Math.round((1 + Math.log(frequency)) * frequencySteps));
}

/** Weights packed terms by their rarity and keeps the strongest. */
export function sign(packed: Uint32Array, counts: TermCounts): Signature {
  const { articles } = counts;
  const maxCount = maxTellingCount(articles);
  // Numbers that sort by weight, then by entry. Sorting numbers is much faster than sorting with a function.
  const sortable = new Float64Array(packed.length);
  let length = 0;
  for (let at = 0; at < packed.length; at += 1) {
    const entry = packed[at] ?? 0;
    const count = counts.countOf(termOf(entry));
    if (count > maxCount) continue;
    const signed = (entry | rarityLevel(articles, count)) >>> 0;
    sortable[length++] = -Math.round(weightOf(signed, storyWeighting) * sortSteps) * 2 ** 32 + signed;
  }
  const sorted = sortable.subarray(0, length).toSorted();
  const signature = new Uint32Array(Math.min(length, signatureLength));
  // An Uint32Array stores numbers modulo 2 ** 32, which leaves the entry.
  for (let at = 0; at < signature.length; at += 1) signature[at] = sorted[at] ?? 0;
  return signature;
}

/** Words in more articles than this say nothing about any of them. */
export function maxTellingCount(articles: number): number {
  return Math.max(minCommonCount, articles * maxShare);
}

function rarityLevel(articles: number, count: number): number {
  // After a crash, all counts may be too low, and a term's may be higher than that of all articles.
  return Math.min(maxRarityLevel, Math.round((1 + Math.log((1 + Math.max(articles, count)) / (1 + count))) * raritySteps));
}

export function termOf(entry: number): number {
  return entry >>> levelBits;
}

/** An entry with the same levels and another number in place of the term. */
export function withTerm(entry: number, term: number): number {
  return ((term << levelBits) | (entry & levelMask)) >>> 0;
}

const levelMask = 2 ** levelBits - 1;

/** Weights by the levels of an entry: (1 + ln tf) · (1 + ln((1 + N) / (1 + df))) ^ exponent. */
export type Weighting = Float32Array;

/** For storylines. */
export const storyWeighting = weighting(1);
/** For relevance, where rare terms count less: texts about the same subject share common words more than names. */
export const relevanceWeighting = weighting(0.75);

function weighting(exponent: number): Weighting {
  return Float32Array.from({ length: levelMask + 1 }, (_, levels) => ((levels >>> rarityBits) / frequencySteps) * ((levels & maxRarityLevel) / raritySteps) ** exponent);
}

export function weightOf(entry: number, weights: Weighting): number {
  return weights[entry & levelMask] ?? 0;
}

export function lengthOf(signature: Signature, weights: Weighting): number {
  let sum = 0;
  for (let at = 0; at < signature.length; at += 1) sum += weightOf(signature[at] ?? 0, weights) ** 2;
  return Math.sqrt(sum);
}

/**
 * Encodes packed terms, or those of a signature, in about three bytes each. Their order and their rarity are left out:
 * {@link sign} restores both, and weights older articles by what is rare today.
 */
export function encodeTerms(entries: Uint32Array): Uint8Array {
  const numbers = entries.map((entry) => entry >>> rarityBits).toSorted();
  // Differences of ascending numbers are small.
  for (let at = numbers.length - 1; at > 0; at -= 1) numbers[at] = (numbers[at] ?? 0) - (numbers[at - 1] ?? 0);
  return encodeVarints(numbers);
}

/** Returns packed terms in ascending order. */
export function decodeTerms(bytes: Uint8Array): Uint32Array {
  const terms = decodeVarints(bytes);
  let number = 0;
  for (let at = 0; at < terms.length; at += 1) terms[at] = (number += terms[at] ?? 0) << rarityBits;
  return terms;
}
