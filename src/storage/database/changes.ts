import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Handle } from './schema.ts';

/** How many rows the feed keeps. Who fell further behind reads that everything was touched. */
const mostKept = 1000;

/**
 * Appends what a write touched to the change feed, such as `article:7` or `settings`: whatever a page may show that
 * looks another way now (see `touched.ts`). The last statement of its transaction; nothing touched is not written.
 */
export async function recordChange(transaction: Handle, touched: Iterable<string>, now: number): Promise<void> {
  const tags = [...new Set(touched)];
  if (tags.length === 0) return;
  // One above the last: where a database numbers by itself, a write that came to nothing would leave a gap, as if rows were gone.
  const next = sql<number>`(select coalesce(max(id), 0) + 1 from change)`;
  const { id } = await transaction.insertInto('change').values({ id: next, at: now, touched: JSON.stringify(tags) }).returning('id').executeTakeFirstOrThrow();
  await transaction.deleteFrom('change').where('id', '<=', id - mostKept).execute();
}

/** What was touched since the row before `from`. */
export interface Changes {
  /** What they touched, each once; undefined: rows are gone that were not read, so anything may have been. */
  touched: Set<string> | undefined;
  /** The last row read, and when it was written; as they were where there is none. */
  last: ChangePosition;
}

export interface ChangePosition {
  id: number;
  /** UTC milliseconds; 0 before the first change. */
  at: number;
}

/** The end of the change feed. */
export async function lastChange(db: Database): Promise<ChangePosition> {
  return (await db.reader.selectFrom('change').select(['id', 'at']).orderBy('id', 'desc').limit(1).executeTakeFirst()) ?? { id: 0, at: 0 };
}

/** Reads what was written to the change feed behind a position. */
export async function readChanges(db: Database, behind: ChangePosition): Promise<Changes> {
  const rows = await db.reader.selectFrom('change').selectAll().where('id', '>', behind.id).orderBy('id').execute();
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return { touched: new Set(), last: behind };
  const touched = first.id > behind.id + 1 ? undefined : new Set(rows.flatMap((row): string[] => JSON.parse(row.touched)));
  return { touched, last: { id: last.id, at: last.at } };
}

/** The change feed, as one process follows it. */
export interface ChangeFeed {
  /** Whether something may have been written that was not read yet. Takes about a microsecond. */
  hasMore(): boolean;
  /** What was touched since the last time; undefined: anything may have been. */
  read(): Promise<Set<string> | undefined>;
  /** When the last change was made that was read, UTC milliseconds. */
  latest(): number;
  /** Until when it is known what was written, UTC milliseconds, while it cannot be read. */
  knownUntil(): number;
}

/** Follows the change feed from its present end. */
export async function followChanges(db: Database): Promise<ChangeFeed> {
  let mark = db.writeMark();
  let last = await lastChange(db);
  return {
    hasMore() {
      try {
        return db.writeMark() !== mark;
      } catch {
        // Reading says what is wrong.
        return true;
      }
    },
    async read() {
      // Before the rows, so that what is written while they are read is read the next time.
      const reached = db.writeMark();
      const changes = await readChanges(db, last);
      mark = reached;
      last = changes.last;
      return changes.touched;
    },
    latest: () => last.at,
    knownUntil: () => db.answeredAt(),
  };
}
