import type { Database } from '../database/database.ts';

export async function findNextPublication(db: Database, from: number, now: number): Promise<number | undefined> {
  const row = await db.reader.selectFrom('article').select('public_at').where('public_at', '>=', from).where('public_at', '<=', now).orderBy('public_at').limit(1).executeTakeFirst();
  return row?.public_at ?? undefined;
}

export async function findPreviousPublication(db: Database, until: number): Promise<number | undefined> {
  const row = await db.reader.selectFrom('article').select('public_at').where('public_at', '<', until).orderBy('public_at', 'desc').limit(1).executeTakeFirst();
  return row?.public_at ?? undefined;
}
