import { storyWeighting, termOf, weightOf, type Signature } from './signature.ts';
import { resemblance } from './sketch.ts';
import type { Similar } from './similar.ts';
import type { SignatureWindow, SignedArticle } from './window.ts';

/** `copy`: a copy or another version of the same text. `template`: the same wording about something else, such as two companies' quarterly results. */
export type Kinship = 'copy' | 'template' | 'other';

/** Of unrelated texts, and of two reports about one event, the resemblance is hardly ever above 0.1. */
const minResemblance = 0.2;
const tellingTerms = 16;
const minCoverage = 0.8;
const maxCompared = 16;

/**
 * Texts that share their wording are versions of one text if they also share their strongest terms, which are names and
 * numbers; otherwise they share a template.
 */
export function kinshipOf({ signature, sketch }: Pick<SignedArticle, 'signature' | 'sketch'>, window: SignatureWindow, slot: number): Kinship {
  if (resemblance(sketch, window.sketchAt(slot)) < minResemblance) return 'other';
  const other = window.signatureAt(slot);
  // The larger share, because a new version may have much that the old one lacks.
  return Math.max(coverage(signature, other), coverage(other, signature)) >= minCoverage ? 'copy' : 'template';
}

/** Of several versions of one text, only the newest. */
export function newestVersions(window: SignatureWindow, similar: Similar[]): Similar[] {
  const newest: Similar[] = [];
  for (const other of similar) {
    const place = newest.findIndex(({ slot }) => isVersion({ signature: window.signatureAt(slot), sketch: window.sketchAt(slot), storylineId: window.storylineAt(slot) }, window, other.slot));
    if (place < 0) newest.push(other);
    else if (other.publishedAt > (newest[place]?.publishedAt ?? 0)) newest[place] = other;
  }
  return newest;
}

/** Whether two articles are versions of one text. Versions share a storyline unless an editor separated them, and then they count as different texts. */
export function isVersion(article: Pick<SignedArticle, 'signature' | 'sketch' | 'storylineId'>, window: SignatureWindow, slot: number): boolean {
  return article.storylineId !== null && article.storylineId === window.storylineAt(slot) && kinshipOf(article, window, slot) === 'copy';
}

/** The slot of the article that most resembles an article and is another version of its text, of any age in the window. */
export function findCopy(window: SignatureWindow, article: SignedArticle): number | undefined {
  let best: { slot: number; shared: number } | undefined;
  // Two versions of a text made from a template may share more with others of the template than with each other, except for rare terms.
  const slots = new Set([...window.slotsSharingTerms(article.signature, storyWeighting, maxCompared), ...window.slotsSharingRareTerms(article.signature)]);
  for (const slot of slots) {
    const shared = resemblance(article.sketch, window.sketchAt(slot));
    if (shared > (best?.shared ?? 0) && window.idAt(slot) !== article.id && kinshipOf(article, window, slot) === 'copy') best = { slot, shared };
  }
  return best?.slot;
}

/** Which share of the squared weight of an article's strongest terms another article has, 0 to 1. */
function coverage(signature: Signature, by: Signature): number {
  const terms = new Set(Array.from(by, termOf));
  let [covered, all] = [0, 0];
  for (const entry of signature.subarray(0, tellingTerms)) {
    const weight = weightOf(entry, storyWeighting) ** 2;
    all += weight;
    if (terms.has(termOf(entry))) covered += weight;
  }
  return all === 0 ? 0 : covered / all;
}
