import type { Database, Handle } from './database.ts';

/** Appends what a write touched, such as `article:7` or `settings`, to the change feed. Part of every write's transaction. */
export async function recordChange(transaction: Handle, touched: Iterable<string>, now: number): Promise<void> {
  await transaction.insertInto('change').values({ at: now, touched: JSON.stringify([...new Set(touched)]) }).execute();
}

/** When readers last saw something new: the latest write or the latest publication, whichever came later. Undefined on a new site. */
export async function findLatestChange(db: Database, now: number): Promise<number | undefined> {
  const [change, article] = await Promise.all([
    db.reader.selectFrom('change').select('at').orderBy('id', 'desc').limit(1).executeTakeFirst(),
    db.reader.selectFrom('article').select('public_at').where('public_at', '<=', now).orderBy('public_at', 'desc').limit(1).executeTakeFirst(),
  ]);
  const latest = Math.max(change?.at ?? 0, article?.public_at ?? 0);
  return latest === 0 ? undefined : latest;
}
