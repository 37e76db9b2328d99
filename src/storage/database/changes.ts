import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Handle } from './schema.ts';

/** A process that falls further behind treats everything as touched. */
const maxRows = 1000;

/**
 * Appends the tags that a write touched, such as `article:7` or `settings` (see `touched.ts`), to the change feed.
 * Call this last in the transaction. Without tags, nothing is written. Returns the id of the change.
 */
export async function recordChange(transaction: Handle, touched: Iterable<string>, now: number): Promise<number | undefined> {
  const tags = [...new Set(touched)];
  if (tags.length === 0) return undefined;
  // Not a sequence: a rollback would leave a gap, and to `readChanges` a gap means that rows were removed.
  const next = sql<number>`(select coalesce(max(id), 0) + 1 from change)`;
  const { id } = await transaction.insertInto('change').values({ id: next, at: now, touched: JSON.stringify(tags) }).returning('id').executeTakeFirstOrThrow();
  await transaction.deleteFrom('change').where('id', '<=', id - maxRows).execute();
  return id;
}

export interface Changes {
  /** Undefined: unread rows were already removed, so anything may have been touched. */
  touched: Set<string> | undefined;
  last: ChangePosition;
}

export interface ChangePosition {
  id: number;
  /** UTC milliseconds; 0 before the first change. */
  at: number;
}

export async function lastChange(db: Database): Promise<ChangePosition> {
  return (await db.reader.selectFrom('change').select(['id', 'at']).orderBy('id', 'desc').limit(1).executeTakeFirst()) ?? { id: 0, at: 0 };
}

/** Reads the change feed after a position, without the changes that the caller made itself. If there is nothing new, `last` is that position. */
export async function readChanges(db: Database, after: ChangePosition, own: ReadonlySet<number> = new Set()): Promise<Changes> {
  const rows = await db.reader.selectFrom('change').selectAll().where('id', '>', after.id).orderBy('id').execute();
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return { touched: new Set(), last: after };
  const touched = first.id > after.id + 1 ? undefined : new Set(rows.flatMap((row): string[] => (own.has(row.id) ? [] : JSON.parse(row.touched))));
  return { touched, last: { id: last.id, at: last.at } };
}

export interface ChangeFeed {
  hasMore(): boolean;
  /** Returns the tags touched since the last call; undefined if anything may have been touched. */
  read(): Promise<Set<string> | undefined>;
  /** The time of the newest change read so far, UTC milliseconds. */
  latest(): number;
  /** The time up to which all changes are known, UTC milliseconds. Stops advancing while the database is unreachable. */
  knownUntil(): number;
}

export async function followChanges(db: Database): Promise<ChangeFeed> {
  let version = db.dataVersion();
  let last = await lastChange(db);
  return {
    hasMore() {
      try {
        return db.dataVersion() !== version;
      } catch {
        return true;
      }
    },
    async read() {
      // Taken before the rows are read, so that a write during the read is found next time.
      const newVersion = db.dataVersion();
      const changes = await readChanges(db, last);
      version = newVersion;
      last = changes.last;
      return changes.touched;
    },
    latest: () => last.at,
    knownUntil: () => db.lastResponseAt(),
  };
}
