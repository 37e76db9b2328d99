import type { Continued } from '../content/related/choose-storyline.ts';
import { extractText, termSource } from '../content/related/extract-text.ts';
import { findCopy } from '../content/related/kinship.ts';
import { decodeTerms, sign, termOf } from '../content/related/signature.ts';
import { findSimilar } from '../content/related/similar.ts';
import { phrasesOf } from '../content/related/terms.ts';
import type { SignatureWindow, SignedArticle } from '../content/related/window.ts';
import type { Database } from '../storage/database/database.ts';
import type { Handle } from '../storage/database/schema.ts';
import { loadArticleTexts } from '../storage/related/article-texts.ts';
import { listSignedByIds } from '../storage/related/signatures.ts';
import { findMembership } from '../storage/storylines/membership.ts';
import { signStored, type MatchState } from './match-state.ts';

const searchedTerms = 8;
const maxPerTerm = 40;

/**
 * Fills `state.candidates` with the articles that may be similar to an article, and returns them: older ones that are not in
 * memory, found by a search for the newest with each of its strongest terms, and those in memory that are the most similar.
 * They are valid until the next call. Undefined if all articles are in memory, or if the article has no text.
 *
 * @param pause called between short reads
 */
export async function findCandidates(db: Database, state: MatchState, articleId: number, pause: () => Promise<void>): Promise<SignatureWindow | undefined> {
  const before = state.incompleteBefore;
  if (before === undefined) return undefined;
  const text = (await loadArticleTexts(db.reader, [articleId])).get(articleId);
  if (!text) return undefined;
  const signature = sign(decodeTerms(extractText(text).terms), state.counts);
  const until = before - 1;
  const found = new Map<number, SignedArticle>();
  for (const phrases of phrasesOf(termSource(text), Array.from(signature.subarray(0, searchedTerms), termOf))) {
    const hits = await db.search.listNewest(db.reader, { terms: [phrases], themeIds: undefined, from: undefined, until }, undefined, maxPerTerm);
    await pause();
    const stored = await listSignedByIds(db.reader, hits.map(({ id }) => id).filter((id) => !found.has(id)), until);
    for (const older of stored) found.set(older.id, signStored(older, state.counts));
    await pause();
  }
  for (const { id } of findSimilar(state.window, { id: articleId, signature })) {
    const similar = state.window.find(id);
    if (similar) found.set(id, similar);
  }
  await pause();
  const { candidates } = state;
  candidates.clear();
  for (const candidate of [...found.values()].toSorted((one, other) => one.publishedAt - other.publishedAt)) candidates.add(candidate);
  await pause();
  return candidates;
}

/**
 * The storyline of another version of an article's text that is among the candidates but not in the window. Undefined: there
 * is none, the closest version is in the window, it was withdrawn, or an editor keeps it on its own.
 */
export async function findOlderVersion(transaction: Handle, window: SignatureWindow, article: SignedArticle, candidates: SignatureWindow): Promise<Continued | undefined> {
  const slot = findCopy(candidates, article);
  if (slot === undefined || window.has(candidates.idAt(slot))) return undefined;
  const articleId = candidates.idAt(slot);
  // Read again, because an editor may have moved the article since it was found.
  const place = await findMembership(transaction, articleId);
  if (!place || place.publicAt === null) return undefined;
  if (place.storylineId !== null) return { storylineId: place.storylineId };
  return place.isChosen ? undefined : { articleId };
}
