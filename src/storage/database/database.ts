import { randomBytes } from 'node:crypto';
import type { CompiledQuery, Kysely, Transaction } from 'kysely';
import type { SearchIndex } from '../search/search-index.ts';
import type { Handle, Tables } from './schema.ts';
import type { DatabaseState, Trouble } from './trouble.ts';

export interface Database {
  readonly system: 'sqlite' | 'postgres';
  /** Read-only. Use this handle for every read outside a transaction. */
  reader: Kysely<Tables>;
  /** Runs a compiled query on the reader without Kysely's overhead. See `preparedQuery`. */
  runPrepared<Row>(query: CompiledQuery<Row>): Promise<Row[]>;
  /** Write only through {@link inTransaction}. */
  writer: Kysely<Tables>;
  search: SearchIndex;
  troubleOf(error: unknown): Trouble | undefined;
  state: DatabaseState;
  /** Checks that the open file is still the one at its path. @throws ReplacedFileError */
  verify(): void;
  /** Copies the open database, whose file was removed or replaced, to another file. Returns its path. */
  rescue?: () => Promise<string>;
  isConflict(error: unknown): boolean;
  withExclusiveLock<Result>(fn: () => Promise<Result>): Promise<Result>;
  /** Writes a consistent snapshot to a new file, without the renditions of pictures if they are a large part of it. `progress` gets the completed share, 0 to 1. @throws if the file exists or can't be written */
  backup(file: string, progress: (share: number) => void): Promise<void>;
  /** Moves the tables' id sequences past the highest stored id, after rows were inserted with explicit ids. */
  resetIdSequences(transaction: Handle, tables: string[]): Promise<void>;
  /** A number that changes whenever any process writes. Reading the number takes about a microsecond. */
  dataVersion(): number;
  /** When the database last responded, UTC milliseconds. */
  lastResponseAt(): number;
  close(): Promise<void>;
}

/**
 * Runs a write transaction. `fn` must use only the handle it is given: a write through another handle would deadlock.
 * Keep transactions short, because all other writes wait.
 */
export async function inTransaction<Result>(db: Database, fn: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result> {
  try {
    const result = await db.writer.transaction().execute(fn);
    db.state.recordWrite();
    return result;
  } catch (error) {
    noteFault(db, error);
    throw error;
  }
}

export function noteFault(db: Database, error: unknown): void {
  db.state.recordFailure(db.troubleOf(error), error);
}

/** In bytes, about as long as the longest text: on a nearly full disk, short writes succeed where long ones fail. */
const testLength = 3_000_000;

/** Writes and deletes a row to test whether the longest writes succeed; rejects if they don't. Concurrent calls share one test. */
export async function testWrite(db: Database): Promise<void> {
  const { state } = db;
  state.writeTest ??= writeAndDelete(db).finally(() => {
    state.writeTest = undefined;
  });
  return state.writeTest;
}

async function writeAndDelete(db: Database): Promise<void> {
  // Random bytes, because PostgreSQL compresses long values.
  const row = { name: 'write test', value: randomBytes(testLength).toString('base64') };
  // Two transactions: a row that is deleted in the same one would never reach the disk.
  await inTransaction(db, (transaction) => transaction.insertInto('secret').values(row).onConflict((conflict) => conflict.column('name').doUpdateSet({ value: row.value })).execute());
  await inTransaction(db, (transaction) => transaction.deleteFrom('secret').where('name', '=', row.name).execute());
  db.state.recordLongWrite();
}

export async function ping(db: Database): Promise<void> {
  await db.reader.selectFrom('setting').select('name').limit(1).execute();
}
