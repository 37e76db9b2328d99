import { sql } from 'kysely';
import { openingLength } from '../../content/articles/opening.ts';
import type { Database } from '../database/database.ts';

/** Empty for articles with a standfirst or summary, so that the database does not read their long texts. */
export const opening = sql<string>`case when standfirst = '' and summary = '' then substr(body_text, 1, ${sql.lit(openingLength)}) else '' end`;

export async function findOpenings(db: Database, articles: { id: number; standfirst: string; summary: string }[]): Promise<Map<number, string>> {
  const ids = articles.filter(({ standfirst, summary }) => !standfirst && !summary).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await db.reader.selectFrom('article').select(['id', opening.as('opening')]).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row.opening]));
}
