import { maxRelated } from './related-list.ts';
import { relevanceWeighting, storyWeighting } from './signature.ts';
import type { SignatureWindow, SignedArticle } from './window.ts';

export interface Similar {
  /** Its place in the window, until the window changes. */
  slot: number;
  id: number;
  /** UTC milliseconds. */
  publishedAt: number;
  /** The cosine of the two signatures, 0 to 1. */
  similarity: number;
}

/** Of the articles that share strong terms, those whose whole signatures are compared. */
const maxCompared = 40;
/** Of these, the most similar ones, which are ranked with the expanded query. */
const maxRanked = 24;
/** The mean of the nearest articles is added to the query, because they have words of the subject that the article itself lacks. */
const nearestCount = 10;
const nearestWeight = 2;
/** Scores that differ by less than a hundredth are equal. */
const scoreSteps = 100;

/** Compares an article with those published from `from` to `until` (UTC milliseconds, inclusive), for storylines. */
export function compareRecent(window: SignatureWindow, article: SignedArticle, from: number, until: number): Similar[] {
  const slots = window.slotsBetween(from, until);
  const similarities = window.similarities([{ signature: article.signature, factor: 1 }], slots, storyWeighting);
  return similarOf(window, article, slots, similarities);
}

/** The articles that have strong terms in common with an article, of any age in the window. */
export function findSimilar(window: SignatureWindow, article: Pick<SignedArticle, 'id' | 'signature'>): Similar[] {
  const slots = window.slotsSharingTerms(article.signature, relevanceWeighting, maxCompared);
  const similarities = window.similarities([{ signature: article.signature, factor: 1 }], slots, relevanceWeighting);
  return similarOf(window, article, slots, similarities);
}

/** The similarity of an article to some others, by id. Leaves out those that are not in the window. */
export function similarityTo(window: SignatureWindow, article: Pick<SignedArticle, 'signature'>, ids: readonly number[]): Map<number, number> {
  const slots = ids.flatMap((id) => window.slotOf(id) ?? []);
  const similarities = window.similarities([{ signature: article.signature, factor: 1 }], slots, relevanceWeighting);
  return new Map(slots.map((slot, index) => [window.idAt(slot), similarities[index] ?? 0]));
}

/** The most relevant of the articles that {@link findSimilar} found, most relevant first. Newer ones win between equals. */
export function rankByRelevance(window: SignatureWindow, article: SignedArticle, similar: Similar[]): Similar[] {
  const candidates = similar.toSorted((a, b) => b.similarity - a.similarity).slice(0, maxRanked);
  const nearest = candidates.slice(0, nearestCount);
  const parts = [{ signature: article.signature, factor: 1 }, ...nearest.map(({ slot }) => ({ signature: window.signatureAt(slot), factor: nearestWeight / nearest.length }))];
  const scores = window.similarities(parts, candidates.map(({ slot }) => slot), relevanceWeighting).map((score) => Math.round(score * scoreSteps));
  const ranked = candidates.map((other, index) => ({ other, score: scores[index] ?? 0 })).toSorted((a, b) => b.score - a.score || b.other.publishedAt - a.other.publishedAt);
  return ranked.slice(0, maxRelated).map(({ other }) => other);
}

function similarOf(window: SignatureWindow, article: Pick<SignedArticle, 'id'>, slots: number[], similarities: number[]): Similar[] {
  const similar: Similar[] = [];
  for (const [index, slot] of slots.entries()) {
    const similarity = similarities[index] ?? 0;
    if (similarity > 0 && window.idAt(slot) !== article.id) similar.push({ slot, id: window.idAt(slot), publishedAt: window.timeAt(slot), similarity });
  }
  return similar;
}
