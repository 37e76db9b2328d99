import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';

export interface QueuedArticle {
  id: number;
  /** UTC milliseconds. */
  publicAt: number;
  /** UTC milliseconds. Tells rows of the same article apart. */
  dueAt: number;
  /** Whether the counts of terms contain the article. */
  isCounted: boolean;
}

/** Articles that readers can see by now, and that are due by a time (UTC milliseconds). */
export interface QueueRange {
  now: number;
  dueBy: number;
}

/** How long the site leaves the articles of an import to the import, in milliseconds. */
const importTime = 3_600_000;

/** Queues articles that an import has just added. The import itself matches those that readers can already see; the site matches the scheduled ones when they are published. */
export async function queueImported(transaction: Handle, articles: { id: number; publicAt: number }[], now: number): Promise<void> {
  const rows = articles.map(({ id, publicAt }) => ({ article_id: id, public_at: publicAt, due_at: publicAt > now ? publicAt : now + importTime, is_counted: 0 }));
  if (rows.length > 0) await transaction.insertInto('unmatched').values(rows).execute();
}

/** Queues an article that was published, or whose text has changed, from the time when readers can see it. Null removes it from the queue. */
export async function queueArticle(transaction: Handle, articleId: number, publicAt: number | null, now: number): Promise<void> {
  if (publicAt === null) {
    await transaction.deleteFrom('unmatched').where('article_id', '=', articleId).execute();
    return;
  }
  const signed = await transaction.selectFrom('signature').select('article_id').where('article_id', '=', articleId).executeTakeFirst();
  const times = { public_at: publicAt, due_at: Math.max(publicAt, now) };
  await transaction.insertInto('unmatched').values({ article_id: articleId, ...times, is_counted: signed ? 1 : 0 }).onConflict((conflict) => conflict.column('article_id').doUpdateSet(times)).execute();
}

/** Whether an article waits for its storyline and its related articles. */
export async function isQueued(db: Handle, articleId: number): Promise<boolean> {
  return (await db.selectFrom('unmatched').select('article_id').where('article_id', '=', articleId).executeTakeFirst()) !== undefined;
}

/** Removes articles that were matched, except those that were queued again in the meantime. */
export async function dequeueMatched(transaction: Handle, articles: Pick<QueuedArticle, 'id' | 'dueAt'>[]): Promise<void> {
  for (const [dueAt, rows] of Map.groupBy(articles, (article) => article.dueAt)) {
    await transaction.deleteFrom('unmatched').where('article_id', 'in', rows.map(({ id }) => id)).where('due_at', '=', dueAt).execute();
  }
}

/** The article that has been due for the longest time, and of the same moment the oldest. */
export async function findDue(db: Handle, now: number): Promise<QueuedArticle | undefined> {
  const row = await queued(db).where('due_at', '<=', now).orderBy('due_at').orderBy('public_at').orderBy('article_id').limit(1).executeTakeFirst();
  return row && toQueued(row);
}

/** Queued articles in order of time. */
export async function listQueued(db: Handle, { now, dueBy }: QueueRange, after: QueuedArticle | undefined, limit: number): Promise<QueuedArticle[]> {
  // The bound on the time alone is redundant, but SQLite needs it to seek in the index.
  let query = queued(db).where('public_at', '<=', now).where('due_at', '<=', dueBy).where('public_at', '>=', after?.publicAt ?? Number.MIN_SAFE_INTEGER);
  if (after) query = query.where((eb) => eb(eb.refTuple('public_at', 'article_id'), '>', eb.tuple(after.publicAt, after.id)));
  return (await query.orderBy('public_at').orderBy('article_id').limit(limit).execute()).map(toQueued);
}

/** Counts up to `max`. */
export async function countQueued(db: Database, { now, dueBy }: QueueRange, max: number): Promise<number> {
  const some = db.reader.selectFrom('unmatched').select('article_id').where('public_at', '<=', now).where('due_at', '<=', dueBy).limit(max).as('some');
  const { count } = await db.reader.selectFrom(some).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return Number(count);
}

/** When the next article of the queue is due, UTC milliseconds. */
export async function findNextDue(db: Database): Promise<number | undefined> {
  return (await db.reader.selectFrom('unmatched').select('due_at').orderBy('due_at').limit(1).executeTakeFirst())?.due_at;
}

export async function markCounted(transaction: Handle, { now, dueBy }: QueueRange): Promise<void> {
  await transaction.updateTable('unmatched').set({ is_counted: 1 }).where('is_counted', '=', 0).where('public_at', '<=', now).where('due_at', '<=', dueBy).execute();
}

/** Gives the disk space of the queue back after an import, unless another connection is using the table. Only PostgreSQL needs that: in SQLite, all tables share free space. */
export async function releaseQueueSpace(db: Database): Promise<void> {
  if (db.system === 'postgres') await sql`vacuum (full, skip_locked) unmatched`.execute(db.writer);
}

function queued(db: Handle) {
  return db.selectFrom('unmatched').select(['article_id', 'public_at', 'due_at', 'is_counted']);
}

function toQueued(row: { article_id: number; public_at: number; due_at: number; is_counted: number }): QueuedArticle {
  return { id: row.article_id, publicAt: row.public_at, dueAt: row.due_at, isCounted: row.is_counted === 1 };
}
