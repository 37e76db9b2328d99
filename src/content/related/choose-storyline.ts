import { findCopy, kinshipOf } from './kinship.ts';
import { compareRecent } from './similar.ts';
import type { SignatureWindow, SignedArticle } from './window.ts';

/** Articles that are further apart in time don't continue each other, unless they are versions of one text. In milliseconds. */
export const storylineSpan = 3 * 24 * 3_600_000;

const minMeanSimilarity = 0.16;
/** Short texts, such as headlines alone, have fewer terms in common, so less is asked of them. */
const fullTermCount = 40;
const minShareOfThreshold = 0.5;
/** Less similar articles add too little to a mean for it to matter whether they share a template. */
const minComparedSimilarity = 0.05;

/** A storyline, or an article that has been alone in its own so far. */
export type Continued = { storylineId: number } | { articleId: number };

/**
 * Finds the storyline that an article continues: that of another version of its text, of any age in the window, or else the one
 * whose articles of the last three days (and, for imports, of the next three) are the most similar on average. The single
 * most similar article would be a worse guide, because storylines would grow into each other. Undefined: the article
 * begins its own.
 *
 * @param termCount how many different terms the article's text has
 */
export function findContinued(window: SignatureWindow, article: SignedArticle, termCount: number): Continued | undefined {
  const copy = findCopy(window, article);
  if (copy !== undefined && !window.isKeptAlone(copy)) return continued(keyAt(window, copy));
  const from = article.publishedAt - storylineSpan;
  const until = article.publishedAt + storylineSpan;
  const sums = new Map<number, number>();
  for (const { slot, similarity } of compareRecent(window, article, from, until)) {
    if (window.isKeptAlone(slot)) continue;
    if (similarity >= minComparedSimilarity && kinshipOf(article, window, slot) === 'template') continue;
    const key = keyAt(window, slot);
    sums.set(key, (sums.get(key) ?? 0) + similarity);
  }
  const sizes = new Map<number, number>();
  for (const slot of window.slotsBetween(from, until)) sizes.set(keyAt(window, slot), (sizes.get(keyAt(window, slot)) ?? 0) + 1);
  let best: { key: number; mean: number } | undefined;
  for (const [key, sum] of sums) {
    const mean = sum / (sizes.get(key) ?? 1);
    if (mean > (best?.mean ?? 0)) best = { key, mean };
  }
  return best && best.mean >= threshold(termCount) ? continued(best.key) : undefined;
}

/** The id of a storyline; for an article that is alone, its own id, negative. */
function keyAt(window: SignatureWindow, slot: number): number {
  return window.storylineAt(slot) ?? -window.idAt(slot);
}

function continued(key: number): Continued {
  return key > 0 ? { storylineId: key } : { articleId: -key };
}

function threshold(termCount: number): number {
  return minMeanSimilarity * Math.max(minShareOfThreshold, Math.min(1, Math.sqrt(termCount / fullTermCount)));
}
