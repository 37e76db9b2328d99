import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAssets, type Assets } from './assets.ts';
import type { Config } from './config.ts';
import { OperatorError } from './errors.ts';
import { createLog, type Logger } from './observability/log.ts';
import { PageCache } from './page-cache/page-cache.ts';
import { Purger } from './page-cache/purger.ts';
import { followChanges } from './storage/changes.ts';
import type { Database } from './storage/database.ts';
import { migrate, NewerDatabaseError } from './storage/migrate.ts';
import { openSqlite } from './storage/sqlite.ts';

/** Everything that the program is made of, built once and closed again. */
export interface Context {
  config: Config;
  db: Database;
  log: Logger;
  assets: Assets;
  pages: PageCache;
  /** Undefined: no cache in front of the site is told of changes. */
  purger: Purger | undefined;
  /** The time, in UTC milliseconds. */
  clock: () => number;
  startedAt: number;
  close(): Promise<void>;
}

const publicFolder = fileURLToPath(new URL('../public/', import.meta.url));

/**
 * Opens the database, which is made and migrated as needed, and wires everything.
 *
 * @throws OperatorError where the folder or the file cannot be used
 */
export async function createContext(config: Config, clock: () => number = Date.now): Promise<Context> {
  const log = createLog(config.logLevel);
  const assets = await loadAssets(publicFolder);
  const db = await openDatabase(config);
  const pages = new PageCache(await followChanges(db), config.pageCacheSize);
  const purger = config.cdnPurgeUrl ? new Purger(db, log, { url: config.cdnPurgeUrl, token: config.cdnPurgeToken }) : undefined;
  return { config, db, log, assets, pages, purger, clock, startedAt: clock(), close: () => db.close() };
}

/** The file that is the site. */
export function databaseFile({ dataDir }: Config): string {
  return path.join(dataDir, 'broadsheet.db');
}

async function openDatabase(config: Config): Promise<Database> {
  const file = databaseFile(config);
  try {
    await makeFolder(config.dataDir);
    await access(config.dataDir, constants.W_OK);
  } catch (error) {
    throw new OperatorError(`DATA_DIR=${config.dataDir} cannot be written (${codeOf(error)}): ${otherFolder}.`, { cause: error });
  }
  const db = open(file);
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await db.close();
    if (error instanceof NewerDatabaseError) throw new OperatorError(`${file} is newer than this program (${error.message}): run the newer program, or set DATA_DIR to another folder.`, { cause: error });
    throw new OperatorError(`${file} cannot be used (${messageOf(error)}): ${remedyFor(error)}.`, { cause: error });
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
