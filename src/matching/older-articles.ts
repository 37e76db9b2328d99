import type { Continued } from '../content/related/choose-storyline.ts';
import { extractText, termSource } from '../content/related/extract-text.ts';
import { decodeTerms, sign, termOf } from '../content/related/signature.ts';
import { findCopy } from '../content/related/kinship.ts';
import { findSimilar } from '../content/related/similar.ts';
import { phrasesOf } from '../content/related/terms.ts';
import { SignatureWindow, type SignedArticle } from '../content/related/window.ts';
import type { Database } from '../storage/database/database.ts';
import type { Handle } from '../storage/database/schema.ts';
import { loadArticleTexts } from '../storage/related/article-texts.ts';
import { listSignedByIds } from '../storage/related/signatures.ts';
import { findMembership } from '../storage/storylines/membership.ts';
import { signStored, type MatchState } from './match-state.ts';

const searchedTerms = 8;
const maxPerTerm = 40;
/** Enough for all articles found, and for those of the window that are compared with them. */
const maxCandidates = 512;

/**
 * The articles older than those in memory that may be similar to an article: the newest ones with each of its strongest
 * terms, by a search. None if all articles are in memory.
 *
 * @param pause called between short reads
 */
export async function findOlder(db: Database, state: MatchState, articleId: number, pause: () => Promise<void>): Promise<SignedArticle[]> {
  const before = state.incompleteBefore;
  if (before === undefined) return [];
  const text = (await loadArticleTexts(db.reader, [articleId])).get(articleId);
  if (!text) return [];
  const signature = sign(decodeTerms(extractText(text).terms), state.counts);
  const until = before - 1;
  const ids = new Set<number>();
  for (const phrases of phrasesOf(termSource(text), Array.from(signature.subarray(0, searchedTerms), termOf))) {
    const hits = await db.search.listNewest(db.reader, { terms: [phrases], themeIds: undefined, from: undefined, until }, undefined, maxPerTerm);
    for (const { id } of hits) ids.add(id);
    await pause();
  }
  return (await listSignedByIds(db.reader, [...ids], until)).map((stored) => signStored(stored, state.counts));
}

/**
 * The storyline of another version of an article's text that is among the older articles. Undefined: there is none, or an
 * editor keeps it on its own.
 *
 * @param older articles that {@link findOlder} found
 */
export async function findOlderVersion(transaction: Handle, window: SignatureWindow, article: SignedArticle, older: SignedArticle[]): Promise<Continued | undefined> {
  if (older.length === 0) return undefined;
  const candidates = withOlder(window, article, older);
  const slot = findCopy(candidates, article);
  if (slot === undefined || window.has(candidates.idAt(slot))) return undefined;
  const articleId = candidates.idAt(slot);
  // Read again, because an editor may have moved the article since it was found.
  const place = await findMembership(transaction, articleId);
  if (!place || place.publicAt === null) return undefined;
  if (place.storylineId !== null) return { storylineId: place.storylineId };
  return place.isChosen ? undefined : { articleId };
}

/** A window with older articles, and with those of another window that are similar to an article. */
export function withOlder(window: SignatureWindow, article: SignedArticle, older: SignedArticle[]): SignatureWindow {
  const candidates = new SignatureWindow(maxCandidates);
  const similar = findSimilar(window, article).flatMap(({ id }) => window.find(id) ?? []);
  for (const candidate of [...older, ...similar].toSorted((one, other) => one.publishedAt - other.publishedAt)) candidates.add(candidate);
  return candidates;
}
