import { sql, type CompiledQuery } from 'kysely';
import type { Handle } from '../database/schema.ts';

/** The row that counts all articles. */
export const allArticles = -1;
/** The row with the version of the signatures. */
export const versionRow = -2;
const rowsPerStatement = 50;
const termsPerStatement = 1000;

export interface StoredCount {
  term: number;
  articles: number;
}

/** One page of the counts, in the order of the terms; the term -1 counts all articles. */
export async function listCounts(db: Handle, after: number | undefined, limit: number): Promise<StoredCount[]> {
  return db.selectFrom('term_count').select(['term', 'articles']).where('term', '>', after ?? allArticles - 1).orderBy('term').limit(limit).execute();
}

/** Adds articles to the counts of their terms. */
export async function addCounts(transaction: Handle, articles: number, counts: [term: number, articles: number][]): Promise<void> {
  const rows = [{ term: allArticles, articles }, ...counts.map(([term, count]) => ({ term, articles: count }))];
  // Two statements serve any number of rows, because building and preparing one takes longer than running it.
  const whole = rows.length - (rows.length % rowsPerStatement);
  await addRows(transaction, rows.slice(0, whole), rowsPerStatement);
  await addRows(transaction, rows.slice(whole), 1);
}

async function addRows(transaction: Handle, rows: StoredCount[], rowsAtOnce: number): Promise<void> {
  let statement: CompiledQuery | undefined;
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const part = rows.slice(at, at + rowsAtOnce);
    statement ??= transaction
      .insertInto('term_count')
      .values(part)
      .onConflict((conflict) => conflict.column('term').doUpdateSet({ articles: sql`term_count.articles + excluded.articles` }))
      .compile();
    await transaction.executeQuery({ ...statement, parameters: part.flatMap(({ term, articles }) => [term, articles]) });
  }
}

/** Removes one article from the counts of its terms. */
export async function removeFromCounts(transaction: Handle, terms: number[]): Promise<void> {
  const counted = [allArticles, ...terms];
  for (let at = 0; at < counted.length; at += termsPerStatement) {
    await transaction.updateTable('term_count').set({ articles: sql`articles - 1` }).where('term', 'in', counted.slice(at, at + termsPerStatement)).where('articles', '>', 0).execute();
  }
}
