import type { Database } from '../database/database.ts';

/** When the first article at or after `from` was published, if any was by now. */
export async function findNextPublication(db: Database, from: number, now: number): Promise<number | undefined> {
  const row = await db.reader.selectFrom('article').select('public_at').where('public_at', '>=', from).where('public_at', '<=', now).orderBy('public_at').limit(1).executeTakeFirst();
  return row?.public_at ?? undefined;
}

/** When the last article before `until` was published. */
export async function findPreviousPublication(db: Database, until: number): Promise<number | undefined> {
  const row = await db.reader.selectFrom('article').select('public_at').where('public_at', '<', until).orderBy('public_at', 'desc').limit(1).executeTakeFirst();
  return row?.public_at ?? undefined;
}
