import { sql } from 'kysely';
import type { Handle } from '../database/schema.ts';

/** Adds a storyline without articles, and returns its id. No storyline is ever deleted, so ids are never used again. */
export async function addStoryline(transaction: Handle, name = ''): Promise<number> {
  const next = sql<number>`(select coalesce(max(id), 0) + 1 from storyline)`;
  const { id } = await transaction.insertInto('storyline').values({ id: next, name, joined_into: null }).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** The themes of a storyline's articles, whose pages change with the storyline. */
export async function listThemesOfStorylines(db: Handle, storylineIds: number[]): Promise<number[]> {
  if (storylineIds.length === 0) return [];
  const rows = await db.selectFrom('storyline_article').select('theme_id').distinct().where('storyline_id', 'in', storylineIds).where('theme_id', 'is not', null).execute();
  return rows.flatMap(({ theme_id: id }) => id ?? []);
}

/** The newest members of a storyline. */
export async function listMembers(db: Handle, storylineId: number, limit: number): Promise<number[]> {
  const rows = await db.selectFrom('storyline_article').select('article_id').where('storyline_id', '=', storylineId).orderBy('public_at', 'desc').orderBy('article_id', 'desc').limit(limit).execute();
  return rows.map(({ article_id: id }) => id);
}
