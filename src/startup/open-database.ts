import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { postgresForm, readDatabaseUrl, type Config } from '../config.ts';
import { OperatorError } from '../errors.ts';
import { isCopying } from '../storage/database/copy-database.ts';
import { ping, type Database } from '../storage/database/database.ts';
import { migrate, NewerDatabaseError } from '../storage/database/migrate.ts';
import { postgresRemedy } from '../storage/database/postgres-remedy.ts';
import { openPostgres } from '../storage/database/postgres.ts';
import { openSqlite } from '../storage/database/sqlite.ts';
import { refuseRemains } from './remains.ts';

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
  const db = await (config.databaseUrl === '' ? openFile(config) : openServer(config, 'DATABASE_URL'));
  return closedUnless(db, async () => {
    if (!(await isCopying(db))) return db;
    throw new OperatorError('The database holds a part of a site, for a copy into it has not ended: copy again.');
  });
}

/**
 * Opens a place that an option names: `sqlite:FILE` or `postgres://…`.
 *
 * @param option as the messages call it, such as `--from`
 * @throws OperatorError where it cannot be used
 */
export async function openPlace(place: string, option: string, config: Config): Promise<Database> {
  const file = fileOf(place);
  if (file !== undefined) return openFileAt(file, option);
  const databaseUrl = readDatabaseUrl(place);
  if (databaseUrl) return openServer({ ...config, databaseUrl }, option);
  // It may hold a password.
  throw new OperatorError(`${option} is no place: expected sqlite:FILE or ${postgresForm}.`);
}

/** The file of a place that is one, as an absolute path. */
export function fileOf(place: string): string | undefined {
  return place.length > sqlite.length && place.startsWith(sqlite) ? path.resolve(place.slice(sqlite.length)) : undefined;
}

const sqlite = 'sqlite:';

async function openServer({ databaseUrl, databasePool, databaseTimeout }: Config, setting: string): Promise<Database> {
  try {
    const db = await openPostgres({ url: databaseUrl, poolSize: databasePool, timeout: databaseTimeout });
    return await prepared(db);
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw newer(`The database of ${setting}`, error, setting);
    throw new OperatorError(`The database of ${setting} cannot be used (${reasonOf(error)}): ${postgresRemedy(error)}.`, { cause: error });
  }
}

function newer(what: string, error: NewerDatabaseError, setting: string): OperatorError {
  return new OperatorError(`${what} is newer than this program (${error.message}): run the newer program, or name another with ${setting}.`, { cause: error });
}

async function openFile(config: Config): Promise<Database> {
  const file = databaseFile(config);
  try {
    await makeFolder(config.dataDir);
    await access(config.dataDir, constants.W_OK);
  } catch (error) {
    throw new OperatorError(`DATA_DIR=${config.dataDir} cannot be written (${codeOf(error)}): set DATA_DIR to a folder that this user may write.`, { cause: error });
  }
  return openFileAt(file, 'DATA_DIR');
}

async function openFileAt(file: string, setting: string): Promise<Database> {
  await refuseRemains(file, setting);
  const db = open(file, setting);
  try {
    return await prepared(db);
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw newer(file, error, setting);
    throw new OperatorError(`${file} cannot be used (${messageOf(error)}): ${remedyFor(error, setting)}.`, { cause: error });
  }
}

async function prepared(db: Database): Promise<Database> {
  return closedUnless(db, async () => {
    await migrate(db);
    // It can be written; this says whether it can be read.
    await ping(db);
    return db;
  });
}

/** Takes a further step with an open database, which is closed where that fails. */
export async function closedUnless<Result>(db: Database, step: () => Promise<Result>): Promise<Result> {
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
    throw new OperatorError(`${file} cannot be opened (${messageOf(error)}): ${remedyFor(error, setting)}.`, { cause: error });
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

/** By SQLite's error codes. */
const remedies: [codes: RegExp, remedy: (setting: string) => string][] = [
  [/^SQLITE_(?:NOTADB|CORRUPT)/, (setting) => `put a backup in its place, or name another place with ${setting}`],
  [/^SQLITE_(?:FULL|IOERR)/, (setting) => `make room on its disk or repair the disk, or name another place with ${setting}`],
];

function remedyFor(error: unknown, setting: string): string {
  const found = remedies.find(([codes]) => codes.test(codeOf(error)));
  return found ? found[1](setting) : `name a place with ${setting} that this user may write`;
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
