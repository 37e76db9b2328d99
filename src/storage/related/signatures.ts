import type { CompiledQuery } from 'kysely';
import { applyChoices, decodeRelated, encodeRelated, noChoices, type Related, type RelatedChoices } from '../../content/related/related-list.ts';
import { encodeTerms } from '../../content/related/signature.ts';
import type { SignedArticle } from '../../content/related/window.ts';
import type { Handle } from '../database/schema.ts';

/** An article with the terms of its signature, to be decoded by `decodeTerms` and weighted by `sign`. */
export interface StoredSignature extends Omit<SignedArticle, 'signature'> {
  terms: Uint8Array;
}

export interface Match {
  article: Pick<SignedArticle, 'id' | 'signature' | 'sketch'>;
  /** Most relevant first. */
  related: Related[];
}

/** Stores the signatures of articles and their related articles, with the editors' choices applied. */
export async function storeMatches(transaction: Handle, matches: Match[]): Promise<void> {
  const choices = await findChoices(transaction, matches.map(({ article }) => article.id));
  let statement: CompiledQuery | undefined;
  for (const { article: { id, signature, sketch }, related } of matches) {
    const row = { article_id: id, terms: encodeTerms(signature), sketch, related: encodeRelated(applyChoices(related, choices.get(id) ?? noChoices)) };
    // Compiled once, because Kysely takes longer to build the statement than SQLite takes to run it.
    statement ??= transaction.insertInto('signature').values(row).onConflict((conflict) => conflict.column('article_id').doUpdateSet((eb) => ({ terms: eb.ref('excluded.terms'), sketch: eb.ref('excluded.sketch'), related: eb.ref('excluded.related') }))).compile();
    await transaction.executeQuery({ ...statement, parameters: Object.values(row) });
  }
}

/** Stores the related articles of an article that has a signature. */
export async function storeRelated(transaction: Handle, articleId: number, list: Related[]): Promise<void> {
  await transaction.updateTable('signature').set({ related: encodeRelated(list) }).where('article_id', '=', articleId).execute();
}

export async function findRelatedList(db: Handle, articleId: number): Promise<Related[] | undefined> {
  const row = await db.selectFrom('signature').select('related').where('article_id', '=', articleId).executeTakeFirst();
  return row && decodeRelated(row.related);
}

/** By article id. Leaves out articles that are not matched yet. */
export async function findRelatedLists(db: Handle, articleIds: number[]): Promise<Map<number, Related[]>> {
  if (articleIds.length === 0) return new Map();
  const rows = await db.selectFrom('signature').select(['article_id', 'related']).where('article_id', 'in', articleIds).execute();
  return new Map(rows.map(({ article_id: id, related }) => [id, decodeRelated(related)]));
}

/** The editors' choices, by article id. Articles without any are left out. */
export async function findChoices(db: Handle, articleIds: number[]): Promise<Map<number, RelatedChoices>> {
  const choices = new Map<number, RelatedChoices>();
  if (articleIds.length === 0) return choices;
  const rows = await db.selectFrom('related_choice').select(['article_id', 'other_id', 'position']).where('article_id', 'in', articleIds).orderBy('position').orderBy('other_id').execute();
  for (const { article_id: id, other_id: otherId, position } of rows) {
    const { pinned, hidden } = choices.get(id) ?? noChoices;
    choices.set(id, position === null ? { pinned, hidden: [...hidden, otherId] } : { pinned: [...pinned, otherId], hidden });
  }
  return choices;
}

/** Which of the articles have a signature. */
export async function listSignedIds(db: Handle, ids: number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('signature').select('article_id').where('article_id', 'in', ids).execute();
  return new Set(rows.map(({ article_id: id }) => id));
}

export async function removeSignature(transaction: Handle, articleId: number): Promise<boolean> {
  const { numDeletedRows } = await transaction.deleteFrom('signature').where('article_id', '=', articleId).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Counts up to a limit. */
export async function countSigned(db: Handle, limit: number): Promise<number> {
  const some = db.selectFrom('signature').select('article_id').limit(limit).as('some');
  const { count } = await db.selectFrom(some).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return Number(count);
}

/** The signed articles published from `from` to `until` (UTC milliseconds, inclusive), newest first. */
export async function listSigned(db: Handle, { from, until, before, limit }: { from: number; until: number; before: { publishedAt: number; id: number } | undefined; limit: number }): Promise<StoredSignature[]> {
  // The bound on the time alone is redundant, but SQLite needs it to seek in the index.
  let query = signed(db).where('article.public_at', '>=', from).where('article.public_at', '<=', Math.min(until, before?.publishedAt ?? until));
  if (before) query = query.where((eb) => eb(eb.refTuple('article.public_at', 'article.id'), '<', eb.tuple(before.publishedAt, before.id)));
  return (await query.orderBy('article.public_at', 'desc').orderBy('article.id', 'desc').limit(limit).execute()).map(toStored);
}

/** The signed articles among those with the given ids, published up to `until`. */
export async function listSignedByIds(db: Handle, ids: number[], until: number): Promise<StoredSignature[]> {
  return ids.length === 0 ? [] : (await signed(db).where('article.id', 'in', ids).where('article.public_at', '<=', until).execute()).map(toStored);
}

function signed(db: Handle) {
  return db
    .selectFrom('article')
    .innerJoin('signature', 'signature.article_id', 'article.id')
    .innerJoin('storyline_article', 'storyline_article.article_id', 'article.id')
    .select(['article.id', 'article.public_at', 'signature.terms', 'signature.sketch', 'storyline_id', 'is_chosen']);
}

function toStored(row: { id: number; public_at: number | null; terms: Uint8Array; sketch: Uint8Array; storyline_id: number | null; is_chosen: number }): StoredSignature {
  return { id: row.id, publishedAt: row.public_at ?? 0, terms: row.terms, sketch: row.sketch, storylineId: row.storyline_id, isKeptAlone: row.storyline_id === null && row.is_chosen === 1 };
}
