import type { Database } from './database.ts';

/** The first and the last publication so far, in UTC milliseconds; undefined if there is none. */
export async function findPublishedRange(db: Database, now: number): Promise<{ first: number; last: number } | undefined> {
  const first = await findNextPublication(db, Number.MIN_SAFE_INTEGER, now);
  const last = await findPreviousPublication(db, now + 1);
  return first === undefined || last === undefined ? undefined : { first, last };
}

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
