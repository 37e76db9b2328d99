import { randomBytes } from 'node:crypto';
import type { CompiledQuery, Kysely, Transaction } from 'kysely';
import type { SearchIndex } from '../search/search-index.ts';
import type { Handle, Tables } from './schema.ts';
import type { DatabaseState, Trouble } from './trouble.ts';

/** An open database, whichever it is. */
export interface Database {
  readonly system: 'sqlite' | 'postgres';
  /** For every read outside a transaction: it can do nothing else. */
  reader: Kysely<Tables>;
  /** Asks the reader a question that is compiled already, with as little around it as can be. */
  ask<Row>(query: CompiledQuery<Row>): Promise<Row[]>;
  /** Written through {@link inTransaction} alone. */
  writer: Kysely<Tables>;
  search: SearchIndex;
  /** What an error says about the database itself; undefined: it has another cause. */
  troubleOf(error: unknown): Trouble | undefined;
  /** The lasting fault that the database has, as far as is known. */
  state: DatabaseState;
  /** Checks that what is written would be found at the next start. @throws ReplacedFileError */
  verify(): void;
  /** Copies an open file that is no longer at its path. Returns the copy's path. */
  rescue?: () => Promise<string>;
  /** Whether an error says that another has what must be unique. */
  isConflict(error: unknown): boolean;
  /** Does what no two processes may do at once, such as migrating. */
  alone<Result>(fn: () => Promise<Result>): Promise<Result>;
  /**
   * Copies the database as it stands at one moment, while it is in use.
   *
   * @param progress is told the share done so far, 0 to 1
   * @throws if the file exists or cannot be written
   */
  backup(file: string, progress: (share: number) => void): Promise<void>;
  /** Has new rows of tables numbered behind those that were stored with numbers of their own. */
  continueIds(transaction: Handle, tables: string[]): Promise<void>;
  /** A number that moves with every write by whomever: whether the change feed may have something new. Takes about a microsecond. */
  writeMark(): number;
  /** When it was last known to answer, UTC milliseconds. */
  answeredAt(): number;
  close(): Promise<void>;
}

/**
 * Runs a write. Inside `fn` only the handle given to it may be used: another would wait for this
 * transaction for ever. A write holds the lock that every other write waits for, so it is kept short.
 */
export async function inTransaction<Result>(db: Database, fn: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result> {
  try {
    const result = await db.writer.transaction().execute(fn);
    db.state.wrote();
    return result;
  } catch (error) {
    noteFault(db, error);
    throw error;
  }
}

/** Remembers what an error says about the database itself. */
export function noteFault(db: Database, error: unknown): void {
  db.state.failed(db.troubleOf(error), error);
}

/** As long as the longest texts, in bytes: on a disk that is nearly full, short writes succeed where long ones fail. */
const testLength = 3_000_000;

/**
 * Finds out whether the longest writes succeed, with one that is deleted again. Deleted in the same transaction it
 * would never reach the disk. Of several who ask at once, one writes.
 *
 * @throws whatever keeps it from being written
 */
export async function tryWrite(db: Database): Promise<void> {
  const { state } = db;
  state.writeTest ??= writeAndDelete(db).finally(() => {
    state.writeTest = undefined;
  });
  return state.writeTest;
}

async function writeAndDelete(db: Database): Promise<void> {
  // Random: PostgreSQL compresses long values.
  const row = { name: 'write test', value: randomBytes(testLength).toString('base64') };
  await inTransaction(db, (transaction) => transaction.insertInto('secret').values(row).onConflict((conflict) => conflict.column('name').doUpdateSet({ value: row.value })).execute());
  await inTransaction(db, (transaction) => transaction.deleteFrom('secret').where('name', '=', row.name).execute());
  db.state.wroteLong();
}

/** Answers if the database does. @throws whatever stands in its way */
export async function ping(db: Database): Promise<void> {
  await db.reader.selectFrom('setting').select('name').limit(1).execute();
}
