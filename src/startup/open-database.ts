import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { databaseUrlFormat, parseDatabaseUrl, type Config } from '../config.ts';
import { OperatorError } from '../errors.ts';
import { isCopying } from '../storage/database/copy-database.ts';
import { ping, type Database } from '../storage/database/database.ts';
import { migrate, NewerDatabaseError } from '../storage/database/migrate.ts';
import { postgresRemedy } from '../storage/database/postgres-remedy.ts';
import { openSqlite } from '../storage/database/sqlite.ts';
import { refuseLeftovers } from './leftover-files.ts';

export function databaseFile({ dataDir }: Config): string {
  return path.join(dataDir, 'broadsheet.db');
}

/** Opens the site's database, and creates or migrates it as needed. Throws an OperatorError if the database can't be used. */
export async function openDatabase(config: Config): Promise<Database> {
  const db = await (config.databaseUrl === '' ? openFile(config) : openServer(config, 'DATABASE_URL'));
  return closeOnError(db, async () => {
    if (!(await isCopying(db))) return db;
    throw new OperatorError('The database contains only part of a site, because a copy into it did not finish. Run the copy again.');
  });
}

/** Opens the database that a command-line option such as `--from` names (`sqlite:FILE` or `postgres://…`). Unlike `openDatabase`, accepts an unfinished copy. */
export async function openPlace(place: string, option: string, config: Config): Promise<Database> {
  const file = sqliteFileOf(place);
  if (file !== undefined) return openFileAt(file, option);
  const databaseUrl = parseDatabaseUrl(place);
  if (databaseUrl) return openServer({ ...config, databaseUrl }, option);
  // The message leaves out the value, which may contain a password.
  throw new OperatorError(`${option} is not valid. Expected sqlite:FILE or ${databaseUrlFormat}.`);
}

export function sqliteFileOf(place: string): string | undefined {
  return place.length > sqlitePrefix.length && place.startsWith(sqlitePrefix) ? path.resolve(place.slice(sqlitePrefix.length)) : undefined;
}

const sqlitePrefix = 'sqlite:';

async function openServer({ databaseUrl, databasePool, databaseTimeout }: Config, setting: string): Promise<Database> {
  // Sites on SQLite need neither this file nor its driver.
  const { openPostgres } = await import('../storage/database/postgres.ts');
  try {
    const db = await openPostgres({ url: databaseUrl, poolSize: databasePool, timeout: databaseTimeout });
    return await migrated(db);
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw newerDatabase(`The database of ${setting}`, error, setting);
    throw new OperatorError(`The database of ${setting} can't be used (${reasonOf(error)}): ${postgresRemedy(error)}.`, { cause: error });
  }
}

function newerDatabase(what: string, error: NewerDatabaseError, setting: string): OperatorError {
  return new OperatorError(`${what} is newer than this program (${error.message}). Run the newer program, or use another ${setting}.`, { cause: error });
}

async function openFile(config: Config): Promise<Database> {
  const file = databaseFile(config);
  try {
    await makeFolder(config.dataDir);
    await access(config.dataDir, constants.W_OK);
  } catch (error) {
    throw new OperatorError(`DATA_DIR=${config.dataDir} can't be written (${codeOf(error)}). Set DATA_DIR to a folder that this user can write to.`, { cause: error });
  }
  return openFileAt(file, 'DATA_DIR');
}

async function openFileAt(file: string, setting: string): Promise<Database> {
  await refuseLeftovers(file, setting);
  const db = open(file, setting);
  try {
    return await migrated(db);
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw newerDatabase(file, error, setting);
    throw new OperatorError(`${file} can't be used (${messageOf(error)}). ${remedyFor(error, setting)}.`, { cause: error });
  }
}

async function migrated(db: Database): Promise<Database> {
  return closeOnError(db, async () => {
    await migrate(db);
    // Migrating has proved that the database can be written; `ping` proves that it can be read.
    await ping(db);
    return db;
  });
}

export async function closeOnError<Result>(db: Database, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    await db.close();
    throw error;
  }
}

function open(file: string, setting: string): Database {
  try {
    return openSqlite(file);
  } catch (error) {
    throw new OperatorError(`${file} can't be opened (${messageOf(error)}). ${remedyFor(error, setting)}.`, { cause: error });
  }
}

/** Creates a folder and its parents. Node's own recursive `mkdir` never returns in /proc, where no folder can be created. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (codeOf(error) !== 'ENOENT' || path.dirname(folder) === folder) throw error;
    await makeFolder(path.dirname(folder));
    await mkdir(folder);
  }
}

const remedies: [codes: RegExp, remedy: (setting: string) => string][] = [
  [/^SQLITE_(?:NOTADB|CORRUPT)/, (setting) => `Restore a backup there, or use another ${setting}`],
  [/^SQLITE_(?:FULL|IOERR)/, (setting) => `Free space on the disk or repair the disk, or use another ${setting}`],
];

function remedyFor(error: unknown, setting: string): string {
  const found = remedies.find(([codes]) => codes.test(codeOf(error)));
  return found ? found[1](setting) : `Set ${setting} to a place that this user can write to`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);
}

/** If a host name has several addresses, there is one error per address. */
function reasonOf(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
