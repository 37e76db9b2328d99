import { sql } from 'kysely';
import type { Handle } from '../database/schema.ts';

/** The row that counts all articles. */
const allArticles = -1;
const rowsPerStatement = 500;

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
  for (let at = 0; at < rows.length; at += rowsPerStatement) {
    await transaction
      .insertInto('term_count')
      .values(rows.slice(at, at + rowsPerStatement))
      .onConflict((conflict) => conflict.column('term').doUpdateSet({ articles: sql`term_count.articles + excluded.articles` }))
      .execute();
  }
}

/** Removes one article from the counts of its terms. */
export async function removeFromCounts(transaction: Handle, terms: number[]): Promise<void> {
  const counted = [allArticles, ...terms];
  for (let at = 0; at < counted.length; at += rowsPerStatement) {
    await transaction.updateTable('term_count').set({ articles: sql`articles - 1` }).where('term', 'in', counted.slice(at, at + rowsPerStatement)).where('articles', '>', 0).execute();
  }
}
