import { findContinued, type Continued } from '../content/related/choose-storyline.ts';
import { extractText, type ExtractedText } from '../content/related/extract-text.ts';
import { newestFirst } from '../content/related/headlines.ts';
import { applyChoices, isSameRelevance, isSameList, minRelevance, noChoices, withOffer, type Related } from '../content/related/related-list.ts';
import { findCopy, isVersion, newestVersions } from '../content/related/kinship.ts';
import { decodeTerms, sign, termOf } from '../content/related/signature.ts';
import { findSimilar, rankByRelevance, similarityTo, type Similar } from '../content/related/similar.ts';
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
 * The articles that are similar to an article's text as it was last matched; none for a new article. Their lists of related
 * articles may contain the article.
 */
export function listFormerlySimilar(window: SignatureWindow, articleId: number): number[] {
  const article = window.find(articleId);
  return article ? findSimilar(window, article).map(({ id }) => id) : [];
}

/** The articles that are similar to another version of an article's text. Their lists of related articles may contain that version. */
export function listSimilarToVersion(window: SignatureWindow, articleId: number): number[] {
  const article = window.find(articleId);
  const slot = article && findCopy(window, article);
  return slot === undefined ? [] : listFormerlySimilar(window, window.idAt(slot));
}

export interface Relating {
  /** The articles that look for related articles themselves, so that they need not be offered any. */
  own: ReadonlySet<number>;
  /** Among these are the related articles. By default, among those in the window. */
  candidates?: SignatureWindow | undefined;
  /** The results of {@link listFormerlySimilar} before the articles were placed, and of {@link listSimilarToVersion} afterwards. */
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
    const related = findRelatedArticles(candidates, article);
    matches.push({ article, related: related.map((other) => ({ id: other.id, relevance: other.similarity })) });
    const offers = offersOf(window, article, related, former).filter((offer) => !own.has(offer.id));
    tags.push(`related:${id}`, ...(await offerTo(transaction, [window, candidates], article, offers)));
  }
  await storeMatches(transaction, matches);
  await dequeueMatched(transaction, articles);
  return tags;
}

/** The related articles of an article among those in a window, most relevant first; none of its own storyline, and of several versions of a text only the newest. */
function findRelatedArticles(window: SignatureWindow, article: SignedArticle): Similar[] {
  const others = findSimilar(window, article).filter(({ similarity, slot }) => similarity >= minRelevance && !isOfStoryline(window, slot, article.storylineId));
  return rankByRelevance(window, article, newestVersions(window, others));
}

function isOfStoryline(window: SignatureWindow, slot: number, storylineId: number | null): boolean {
  return storylineId !== null && window.storylineAt(slot) === storylineId;
}

/** To which articles an article is offered, and how relevant it is for them. 0 if its text has changed and no longer resembles theirs. */
function offersOf(window: SignatureWindow, article: SignedArticle, related: Similar[], former: readonly number[]): Related[] {
  const offers = new Map<number, number>();
  for (const [id, similarity] of similarityTo(window, article, former)) {
    const isRelated = similarity >= minRelevance && !isOfStoryline(window, window.slotOf(id) ?? 0, article.storylineId);
    offers.set(id, isRelated ? similarity : 0);
  }
  for (const { id, similarity } of related) offers.set(id, similarity);
  return Array.from(offers, ([id, relevance]) => ({ id, relevance }));
}

/** Offers an article to the lists of others, in place of older versions of its text. Returns the touched tags. */
async function offerTo(transaction: Handle, windows: SignatureWindow[], article: SignedArticle, offers: Related[]): Promise<string[]> {
  const tags: string[] = [];
  const ids = offers.map(({ id }) => id);
  const choices = await findChoices(transaction, ids);
  const lists = await findRelatedLists(transaction, ids);
  for (const { id, relevance } of offers) {
    const list = lists.get(id);
    if (!list) continue;
    const versions = new Map(list.map((other) => [other.id, ageOfVersion(windows, article, other.id)]));
    const others = list.filter((other) => other.id !== article.id && versions.get(other.id) !== 'older');
    const present = list.find((other) => other.id === article.id);
    const isWanted = relevance > 0 && ![...versions.values()].includes('newer');
    // The order of a list is finer than its relevances.
    if (present && isWanted && isSameRelevance(present.relevance, relevance) && others.length === list.length - 1) continue;
    const chosen = choices.get(id) ?? noChoices;
    const changed = isWanted ? withOffer(others, { id: article.id, relevance }, chosen) : applyChoices(others, chosen);
    if (isSameList(changed, list)) continue;
    await storeRelated(transaction, id, changed);
    tags.push(`related:${id}`);
  }
  return tags;
}

/** Whether another article is an older or newer version of an article's text. Undefined: neither. */
function ageOfVersion(windows: SignatureWindow[], article: SignedArticle, otherId: number): 'older' | 'newer' | undefined {
  if (otherId === article.id) return undefined;
  for (const window of windows) {
    const slot = window.slotOf(otherId);
    if (slot === undefined || !isVersion(article, window, slot)) continue;
    return newestFirst(article, { id: otherId, publishedAt: window.timeAt(slot) }) < 0 ? 'older' : 'newer';
  }
  return undefined;
}
