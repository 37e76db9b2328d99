import { sql } from 'kysely';
import type { Handle } from '../database/schema.ts';

/** Adds a storyline without articles, and returns its id. No storyline is ever deleted, so ids are never used again. */
export async function addStoryline(transaction: Handle, name = ''): Promise<number> {
  const next = sql<number>`(select coalesce(max(id), 0) + 1 from storyline)`;
  const { id } = await transaction.insertInto('storyline').values({ id: next, name, joined_into: null }).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** The themes of storylines and articles, whose pages change with them. */
export async function listThemesOf(db: Handle, { storylineIds, articleIds }: { storylineIds: number[]; articleIds: number[] }): Promise<number[]> {
  const rows = await db
    .selectFrom('storyline_article')
    .select('theme_id')
    .distinct()
    .where((eb) => eb.or([...(storylineIds.length > 0 ? [eb('storyline_id', 'in', storylineIds)] : []), ...(articleIds.length > 0 ? [eb('article_id', 'in', articleIds)] : [])]))
    .execute();
  return rows.flatMap(({ theme_id: id }) => id ?? []);
}

/** The newest articles of a storyline. */
export async function listNewestMembers(db: Handle, storylineId: number, limit: number): Promise<number[]> {
  const rows = await db.selectFrom('storyline_article').select('article_id').where('storyline_id', '=', storylineId).orderBy('public_at', 'desc').orderBy('article_id', 'desc').limit(limit).execute();
  return rows.map(({ article_id: id }) => id);
}
