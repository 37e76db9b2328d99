import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from './config.ts';
import { OperatorError } from './errors.ts';
import { isCopying } from './storage/copy-database.ts';
import type { Database } from './storage/database.ts';
import { migrate, NewerDatabaseError } from './storage/migrate.ts';
import { openPostgres } from './storage/postgres.ts';
import { openSqlite } from './storage/sqlite.ts';

/** The file that is the site. */
export function databaseFile({ dataDir }: Config): string {
  return path.join(dataDir, 'broadsheet.db');
}

/**
 * Opens the site's database, which is made and migrated as needed.
 *
 * @throws OperatorError where it cannot be used
 */
export async function openDatabase(config: Config): Promise<Database> {
  const db = await (config.databaseUrl === '' ? openFile(config) : openServer(config));
  if (!(await isCopying(db))) return db;
  await db.close();
  throw new OperatorError('The database holds a part of a site, for a copy into it has not ended: copy again.');
}

/**
 * Opens another database than the site's own: `sqlite:FILE` or `postgres://…`.
 *
 * @throws OperatorError where it cannot be used
 */
export async function openPlace(place: string, config: Config): Promise<Database> {
  if (place.startsWith('sqlite:')) return openFileAt(path.resolve(place.slice('sqlite:'.length)));
  if (/^postgres(?:ql)?:/.test(place)) return openServer({ ...config, databaseUrl: place });
  throw new OperatorError(`“${place}” is no place: expected sqlite:FILE or postgres://USER:PASSWORD@HOST:5432/DATABASE.`);
}

async function openServer({ databaseUrl, databasePool, databaseTimeout }: Config): Promise<Database> {
  try {
    const db = await openPostgres({ url: databaseUrl, poolSize: databasePool, timeout: databaseTimeout });
    return await migrated(db);
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw new OperatorError(`The database of DATABASE_URL is newer than this program (${error.message}): run the newer program, or set DATABASE_URL to another.`, { cause: error });
    throw new OperatorError(`The database of DATABASE_URL cannot be used (${reasonOf(error)}): start PostgreSQL, or set DATABASE_URL to a database where this user may make tables.`, { cause: error });
  }
}

async function openFile(config: Config): Promise<Database> {
  const file = databaseFile(config);
  try {
    await makeFolder(config.dataDir);
    await access(config.dataDir, constants.W_OK);
  } catch (error) {
    throw new OperatorError(`DATA_DIR=${config.dataDir} cannot be written (${codeOf(error)}): ${otherFolder}.`, { cause: error });
  }
  return openFileAt(file);
}

async function openFileAt(file: string): Promise<Database> {
  const db = open(file);
  try {
    return await migrated(db);
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw new OperatorError(`${file} is newer than this program (${error.message}): run the newer program, or set DATA_DIR to another folder.`, { cause: error });
    throw new OperatorError(`${file} cannot be used (${messageOf(error)}): ${remedyFor(error)}.`, { cause: error });
  }
}

/** Closes it where that fails. */
async function migrated(db: Database): Promise<Database> {
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

function open(file: string): Database {
  try {
    return openSqlite(file);
  } catch (error) {
    throw new OperatorError(`${file} cannot be opened (${messageOf(error)}): ${remedyFor(error)}.`, { cause: error });
  }
}

/** Makes a folder and those above it. Node's own recursive `mkdir` never returns where the system makes none, as in /proc. */
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

const otherFolder = 'set DATA_DIR to a folder that this user may write';

function remedyFor(error: unknown): string {
  const damaged = ['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(codeOf(error));
  return damaged ? 'put a backup in its place, or set DATA_DIR to another folder' : otherFolder;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);
}

/** Of several addresses of one name each has its own reason. */
function reasonOf(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
