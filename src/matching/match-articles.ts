import { findContinued, type Continued } from '../content/related/choose-storyline.ts';
import { extractText, type ExtractedText } from '../content/related/extract-text.ts';
import { applyChoices, isSameList, minRelevance, noChoices, withOffer } from '../content/related/related-list.ts';
import { areVersions, newestVersions } from '../content/related/kinship.ts';
import { decodeTerms, sign, termOf } from '../content/related/signature.ts';
import { findSimilar, rankByRelevance } from '../content/related/similar.ts';
import type { SignatureWindow, SignedArticle } from '../content/related/window.ts';
import type { Handle } from '../storage/database/schema.ts';
import { loadArticleTexts } from '../storage/related/article-texts.ts';
import { dequeueMatched, type QueuedArticle } from '../storage/related/queue.ts';
import { findChoices, findRelatedLists, listSignedIds, storeMatches, storeRelated, type Match } from '../storage/related/signatures.ts';
import { changeCounts, type DocumentFrequency } from '../storage/related/term-counts.ts';
import { findMemberships, moveArticles, type Move } from '../storage/storylines/membership.ts';
import { addStoryline, listThemesOf } from '../storage/storylines/storylines.ts';
import type { MatchState } from './match-state.ts';
import { findOlderVersion } from './older-articles.ts';

export type ExtractedArticle = QueuedArticle & { extracted: ExtractedText };

/** Looks up what an import has extracted from an article already. */
export type KnownTexts = (article: QueuedArticle) => ExtractedText | undefined;

/** Extracts the terms of articles, unless `known` has them. */
export async function extractArticles(db: Handle, queued: QueuedArticle[], known: KnownTexts): Promise<ExtractedArticle[]> {
  const found = new Map(queued.map((article) => [article.id, known(article)]));
  const texts = await loadArticleTexts(db, queued.flatMap(({ id }) => (found.get(id) ? [] : [id])));
  return queued.flatMap((article) => {
    const text = texts.get(article.id);
    const extracted = found.get(article.id) ?? (text && extractText(text));
    return extracted ? [{ ...article, extracted }] : [];
  });
}

/** Adds the terms of an article that is not counted yet to the counts, in memory and in the database. */
export async function countArticles(transaction: Handle, state: MatchState, articles: ExtractedArticle[]): Promise<void> {
  for (const { isCounted, extracted } of articles) {
    if (isCounted) continue;
    const added = Array.from(decodeTerms(extracted.terms), (entry): DocumentFrequency => [termOf(entry), 1]);
    state.addCounts(1, added);
    await changeCounts(transaction, 1, added);
  }
}

/** Adds the terms of an article to counts, by term. */
export function addTerms(counts: Uint32Array, { terms }: ExtractedText): void {
  for (const entry of decodeTerms(terms)) counts[termOf(entry)] = (counts[termOf(entry)] ?? 0) + 1;
}

/**
 * Signs the articles that readers can see, in memory, and puts each into its storyline, unless it has one or an editor has
 * decided. Returns the touched tags.
 *
 * @param candidates also has articles that are not in the window, of which one may be another version of a text
 */
export async function placeArticles(transaction: Handle, { window, counts }: MatchState, articles: ExtractedArticle[], candidates?: SignatureWindow): Promise<string[]> {
  const moves: Move[] = [];
  const ids = articles.map(({ id }) => id);
  const signedBefore = await listSignedIds(transaction, ids);
  const memberships = await findMemberships(transaction, ids);
  for (const { id, publicAt, extracted } of articles) {
    const membership = memberships.get(id);
    // Withdrawn in the meantime.
    if (!membership || membership.publicAt === null) continue;
    // The window knows better than the table which storyline an earlier article of this batch has joined.
    const storylineId = window.find(id)?.storylineId ?? membership.storylineId;
    const terms = decodeTerms(extracted.terms);
    const article = { id, publishedAt: publicAt, signature: sign(terms, counts), sketch: extracted.sketch, storylineId, isKeptAlone: membership.isChosen && storylineId === null };
    const isPlaced = signedBefore.has(id) || membership.isChosen || storylineId !== null;
    if (!isPlaced) {
      const found = (candidates && (await findOlderVersion(transaction, window, article, candidates))) ?? findContinued(window, article, terms.length);
      moves.push(...(await continueStoryline(transaction, window, article, found)));
    }
    window.add(article);
  }
  await moveArticles(transaction, moves);
  for (const { articleId, storylineId } of moves) candidates?.setStoryline(articleId, storylineId);
  if (moves.length === 0) return [];
  const storylineIds = [...new Set(moves.flatMap(({ storylineId }) => storylineId ?? []))];
  const themes = await listThemesOf(transaction, { storylineIds, articleIds: [] });
  // The tag `articles` drops cached 404 pages: a new storyline has a page.
  return ['articles', 'published', ...storylineIds.map((id) => `storyline:${id}`), ...moves.map(({ articleId }) => `related:${articleId}`), ...themes.map((id) => `theme:${id}`)];
}

/** Puts an article into the storyline that it continues, in the window. Returns the moves to store. */
async function continueStoryline(transaction: Handle, window: SignatureWindow, article: SignedArticle, found: Continued | undefined): Promise<Move[]> {
  if (!found) return [];
  const storylineId = 'storylineId' in found ? found.storylineId : await addStoryline(transaction);
  article.storylineId = storylineId;
  const own = { articleId: article.id, storylineId };
  if ('storylineId' in found) return [own];
  window.setStoryline(found.articleId, storylineId);
  return [{ articleId: found.articleId, storylineId }, own];
}

/**
 * The articles that are similar to an article's text as it was last matched; none for a new article. They may have it in
 * their lists of related articles.
 */
export function listFormer(window: SignatureWindow, articleId: number): number[] {
  const article = window.find(articleId);
  return article ? findSimilar(window, article).map(({ id }) => id) : [];
}

export interface Relating {
  /** The articles that look for related articles themselves, so that they need not be offered any. */
  own: ReadonlySet<number>;
  /** Among these are the related articles. By default, among those in the window. */
  candidates?: SignatureWindow | undefined;
  /** The result of {@link listFormer} before the articles were placed. */
  former?: readonly number[];
}

/**
 * Chooses the related articles of articles that were placed, stores them with their signatures, and takes the articles
 * out of the queue. Returns the touched tags.
 */
export async function relateArticles(transaction: Handle, window: SignatureWindow, articles: QueuedArticle[], { own, candidates = window, former = [] }: Relating): Promise<string[]> {
  const tags: string[] = [];
  const matches: Match[] = [];
  for (const { id } of articles) {
    const article = window.find(id);
    if (!article) continue;
    const similar = findSimilar(candidates, article).filter(({ similarity, slot }) => similarity >= minRelevance && (article.storylineId === null || candidates.storylineAt(slot) !== article.storylineId));
    const related = rankByRelevance(candidates, article, newestVersions(candidates, similar));
    matches.push({ article, related: related.map((other) => ({ id: other.id, relevance: other.similarity })) });
    const offers = new Map(former.map((formerId) => [formerId, 0]));
    for (const other of similar) if (offers.has(other.id) || related.includes(other)) offers.set(other.id, other.similarity);
    for (const otherId of offers.keys()) if (own.has(otherId)) offers.delete(otherId);
    tags.push(`related:${id}`, ...(await offerTo(transaction, window, article, offers)));
  }
  await storeMatches(transaction, matches);
  await dequeueMatched(transaction, articles);
  return tags;
}

/**
 * Offers an article to the lists of others, in place of older versions of its text. Returns the touched tags.
 *
 * @param offers to which articles, and how relevant it is for them; 0 removes it from their lists
 */
async function offerTo(transaction: Handle, window: SignatureWindow, article: SignedArticle, offers: ReadonlyMap<number, number>): Promise<string[]> {
  const tags: string[] = [];
  const ids = [...offers.keys()];
  const choices = await findChoices(transaction, ids);
  const lists = await findRelatedLists(transaction, ids);
  for (const [id, relevance] of offers) {
    const list = lists.get(id);
    if (!list) continue;
    const others = list.filter((other) => other.id !== article.id && !isOlderVersion(window, other.id, article));
    const changed = applyChoices(relevance === 0 ? others : withOffer(others, { id: article.id, relevance }), choices.get(id) ?? noChoices);
    if (isSameList(changed, list)) continue;
    await storeRelated(transaction, id, changed);
    tags.push(`related:${id}`);
  }
  return tags;
}

/** Whether another article in the window is an older version of an article's text. */
function isOlderVersion(window: SignatureWindow, otherId: number, { id, publishedAt }: SignedArticle): boolean {
  const [one, other] = [window.slotOf(id), window.slotOf(otherId)];
  return one !== undefined && other !== undefined && one !== other && window.timeAt(other) < publishedAt && areVersions(window, one, other);
}
