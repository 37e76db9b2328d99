import { statSync } from 'node:fs';
import SqliteFile from 'better-sqlite3';
import { CompiledQuery, Kysely, SqliteAdapter, SqliteDialect, SqliteDriver, SqliteQueryCompiler, type DatabaseConnection, type Driver, type QueryCompiler, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { sqliteSearch } from '../search/sqlite-search.ts';
import { backupSqlite } from './backup-sqlite.ts';
import type { Database } from './database.ts';
import { FileGuard } from './file-guard.ts';
import { rescue } from './rescue.ts';
import type { Tables } from './schema.ts';
import { DatabaseState, ReplacedFileError, type Trouble } from './trouble.ts';

const busyTimeoutMs = 10_000;
/** In pages of 4 KiB (64 MB). A large write-ahead log makes checkpoints rare: the write that triggers one waits for the disk. */
const checkpointPages = 16000;
const maxStatements = 200;

/** Creates the file if it doesn't exist. @throws if the file can't be opened or isn't an SQLite database */
export function openSqlite(file: string): Database {
  const openedAt = Date.now();
  const writing = new SqliteFile(file, { timeout: busyTimeoutMs });
  try {
    enableWal(writing);
    writing.pragma('synchronous = FULL');
    writing.pragma('foreign_keys = ON');
    writing.pragma(`wal_autocheckpoint = ${checkpointPages}`);
    // A connection opens the -wal and -shm files with its first read, and the guard needs them.
    writing.pragma('user_version');
    return openConnections(file, writing, openedAt);
  } catch (error) {
    writing.close();
    throw error;
  }
}

function openConnections(file: string, writing: SqliteFile.Database, openedAt: number): Database {
  const guard = new FileGuard(file);
  const { ino } = statSync(file, { bigint: true });
  const reading = new SqliteFile(file, { readonly: true, timeout: busyTimeoutMs });
  try {
    guard.check();
  } catch (error) {
    reading.close();
    throw error;
  }
  const dataVersion = reading.prepare<[], number>('pragma data_version').pluck();
  const writer = new Kysely<Tables>({ dialect: new ImmediateDialect({ database: cacheStatements(writing) }, writing, guard) });
  const readerStatements = cacheStatements(reading);
  const reader = new Kysely<Tables>({ dialect: new PlannedOnceDialect({ database: readerStatements }) });
  return {
    system: 'sqlite',
    reader,
    runPrepared: async <Row>({ sql, parameters }: CompiledQuery<Row>) => readerStatements.prepare(sql).all(parameters) as Row[],
    writer,
    search: sqliteSearch,
    troubleOf,
    state: new DatabaseState(),
    verify: () => guard.check(),
    rescue: () => rescue(reading, file, ino, openedAt),
    // The migrator's transaction already locks the file (BEGIN IMMEDIATE).
    withExclusiveLock: (fn) => fn(),
    isConflict: (error) => codeOf(error) === 'SQLITE_CONSTRAINT_UNIQUE',
    async backup(target, progress) {
      const source = new SqliteFile(file, { readonly: true, timeout: busyTimeoutMs });
      try {
        await backupSqlite(source, target, progress);
      } finally {
        source.close();
      }
    },
    // SQLite assigns ids without a sequence.
    resetIdSequences: async () => {},
    // `data_version` ignores a connection's own writes, so this must be the connection that only reads.
    dataVersion: () => dataVersion.get() ?? 0,
    // A local file is always reachable. `verify` checks that the file is the right one.
    lastResponseAt: () => Date.now(),
    async close() {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

/** Retries, because SQLite ignores the busy timeout while another process switches a new file to WAL. */
function enableWal(connection: SqliteFile.Database): void {
  const end = Date.now() + busyTimeoutMs;
  for (;;) {
    try {
      connection.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

/** SQLite reports a full disk as SQLITE_FULL, but an exhausted quota as SQLITE_IOERR_WRITE. */
const troubles: [codes: RegExp, trouble: Trouble][] = [
  [/^SQLITE_(?:BUSY|PROTOCOL)/, 'unavailable'],
  [/^SQLITE_FULL/, 'full'],
  [/^SQLITE_READONLY/, 'read-only'],
  [/^SQLITE_(?:CORRUPT|NOTADB)/, 'damaged'],
  [/^SQLITE_(?:IOERR|CANTOPEN)/, 'disk error'],
];

function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof ReplacedFileError) return 'replaced';
  return troubles.find(([codes]) => codes.test(codeOf(error)))?.[1];
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * Wraps a connection with a least-recently-used cache of prepared statements, because Kysely prepares a statement for
 * each run. Without this an article page's queries take 3.4 times as long.
 */
function cacheStatements(connection: SqliteFile.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const statement = statements.get(sql) ?? connection.prepare<unknown[]>(sql);
      statements.delete(sql);
      statements.set(sql, statement);
      if (statements.size > maxStatements) statements.delete(statements.keys().next().value ?? '');
      return statement;
    },
    close: () => connection.close(),
  };
}

class PlannedOnceDialect extends SqliteDialect {
  override createQueryCompiler(): QueryCompiler {
    return new PlannedOnceCompiler();
  }
}

/**
 * Writes parameters as `+?`. For a bare `?` in a comparison, SQLite makes a new query plan whenever the bound value
 * changes, in case the value is -1, 0 or 1. The unary plus, which changes neither value nor type, prevents that.
 * Without this an article page's queries take 2.5 times as long.
 */
class PlannedOnceCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

/**
 * Begins transactions IMMEDIATE, so that they wait for other writers. Kysely begins them DEFERRED, and a transaction
 * that reads before it writes then fails at once if another process has written, despite the busy timeout: with two
 * processes that write without a pause, about 40 % of such transactions failed. An uncontended write costs the same.
 */
class ImmediateDialect extends PlannedOnceDialect {
  readonly #config: { database: SqliteDatabase };
  readonly #file: SqliteFile.Database;
  readonly #guard: FileGuard;

  constructor(config: { database: SqliteDatabase }, file: SqliteFile.Database, guard: FileGuard) {
    super(config);
    this.#config = config;
    this.#file = file;
    this.#guard = guard;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config, this.#file, this.#guard);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #file: SqliteFile.Database;
  readonly #guard: FileGuard;

  constructor(config: { database: SqliteDatabase }, file: SqliteFile.Database, guard: FileGuard) {
    super(config);
    this.#file = file;
    this.#guard = guard;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    this.#guard.check();
    await this.rollbackTransaction(connection);
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#guard.check();
  }

  /** SQLite itself rolls back after errors such as SQLITE_FULL. A second rollback would fail and hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.inTransaction) await super.rollbackTransaction(connection);
  }
}

class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
