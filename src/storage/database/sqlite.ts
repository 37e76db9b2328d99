import { existsSync, statSync } from 'node:fs';
import SqliteFile from 'better-sqlite3';
import { CompiledQuery, Kysely, SqliteAdapter, SqliteDialect, SqliteDriver, SqliteQueryCompiler, type DatabaseConnection, type Driver, type QueryCompiler, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { sqliteSearch } from '../search/sqlite-search.ts';
import type { Database } from './database.ts';
import { FileGuard } from './file-guard.ts';
import { rescue } from './rescue.ts';
import type { Tables } from './schema.ts';
import { DatabaseState, ReplacedFileError, type Trouble } from './trouble.ts';

/** How long a write waits for another process's, in milliseconds. */
const busyTimeout = 10_000;
/** How many pages of 4 KiB the write-ahead log has, 64 MB, before they are copied into the file: many are written again by then, and the write that copies them waits for the disk. */
const checkpointAt = 16000;
/** How many pages of 4 KiB a backup copies before the site's own work gets its turn. */
const backupStep = 500;
/** How many prepared statements a connection keeps; a page asks some ten different ones. */
const mostStatements = 200;

/**
 * Opens the site's file, and makes it if there is none.
 *
 * @throws if the file cannot be opened or is no SQLite database
 */
export function openSqlite(file: string): Database {
  const openedAt = Date.now();
  const writing = new SqliteFile(file, { timeout: busyTimeout });
  try {
    turnToWal(writing);
    writing.pragma('synchronous = FULL');
    writing.pragma('foreign_keys = ON');
    writing.pragma(`wal_autocheckpoint = ${checkpointAt}`);
    // Until it has read something, a connection has no write-ahead log, and the guard no file to remember.
    writing.pragma('user_version');
    return openBoth(file, writing, openedAt);
  } catch (error) {
    writing.close();
    throw error;
  }
}

function openBoth(file: string, writing: SqliteFile.Database, openedAt: number): Database {
  const guard = new FileGuard(file);
  const { ino } = statSync(file, { bigint: true });
  const reading = new SqliteFile(file, { readonly: true, timeout: busyTimeout });
  try {
    // Both have opened the same file.
    guard.check();
  } catch (error) {
    reading.close();
    throw error;
  }
  const dataVersion = reading.prepare<[], number>('pragma data_version').pluck();
  const writer = new Kysely<Tables>({ dialect: new ImmediateDialect({ database: keepingStatements(writing) }, writing, guard) });
  const readerStatements = keepingStatements(reading);
  const reader = new Kysely<Tables>({ dialect: new PlannedOnceDialect({ database: readerStatements }) });
  return {
    system: 'sqlite',
    reader,
    ask: async <Row>({ sql, parameters }: CompiledQuery<Row>) => readerStatements.prepare(sql).all(parameters) as Row[],
    writer,
    search: sqliteSearch,
    troubleOf,
    state: new DatabaseState(),
    verify: () => guard.check(),
    rescue: () => rescue(reading, file, ino, openedAt),
    // Its transactions begin by locking the file.
    alone: (fn) => fn(),
    isConflict: (error) => codeOf(error) === 'SQLITE_CONSTRAINT_UNIQUE',
    async backup(target, progress) {
      if (existsSync(target)) throw new Error(`${target} exists already`);
      const source = new SqliteFile(file, { readonly: true, timeout: busyTimeout });
      try {
        // Within a transaction it copies what stood at its begin. Without, each write of another process starts it anew.
        source.exec('begin; select count(*) from setting');
        await source.backup(target, {
          progress({ totalPages, remainingPages }) {
            progress(1 - remainingPages / totalPages);
            return backupStep;
          },
        });
      } finally {
        source.close();
      }
    },
    // It numbers behind the last by itself.
    continueIds: async () => {},
    // It moves for what other connections write, and this one only reads.
    writeMark: () => dataVersion.get() ?? 0,
    // A local file always answers at once, whether or not it is the right one: `verify` tells that.
    answeredAt: () => Date.now(),
    async close() {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

/** Whoever makes a file first turns it to WAL, and SQLite has others fail at once meanwhile, whatever the timeout: they ask again. */
function turnToWal(connection: SqliteFile.Database): void {
  const end = Date.now() + busyTimeout;
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

/** A connection that prepares a statement once: Kysely asks for it anew each time, which costs more than most of our queries. */
function keepingStatements(connection: SqliteFile.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const statement = statements.get(sql) ?? connection.prepare<unknown[]>(sql);
      // The one asked for is the newest; the oldest makes room.
      statements.delete(sql);
      statements.set(sql, statement);
      if (statements.size > mostStatements) statements.delete(statements.keys().next().value ?? '');
      return statement;
    },
    close: () => connection.close(),
  };
}

/** Its statements are planned once, and not again for each of their values. */
class PlannedOnceDialect extends SqliteDialect {
  override createQueryCompiler(): QueryCompiler {
    return new PlannedOnceCompiler();
  }
}

/**
 * SQLite plans a statement anew for each value that stands alone at one side of a comparison, in case it is -1, 0 or
 * 1: that takes several times as long as what our queries do. It does not look behind a plus sign, which changes
 * neither value nor type.
 */
class PlannedOnceCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

/**
 * Kysely's dialect begins transactions DEFERRED: a read followed by a write then fails at once beside another
 * writer, whatever the timeout. These begin IMMEDIATE, so that they wait; and SQLite's DDL is transactional.
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
    // Left over where a rollback failed.
    await this.rollbackTransaction(connection);
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** What went into a file that was removed meanwhile is not acknowledged. */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#guard.check();
  }

  /** SQLite rolls back by itself after errors such as SQLITE_FULL. A second rollback would fail and hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.inTransaction) await super.rollbackTransaction(connection);
  }
}

class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
