import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAssets, type Assets } from './assets.ts';
import type { Config } from './config.ts';
import { OperatorError } from './errors.ts';
import { createLog, type Logger } from './observability/log.ts';
import type { Database } from './storage/database.ts';
import { migrate, NewerDatabaseError } from './storage/migrate.ts';
import { openSqlite } from './storage/sqlite.ts';

/** Everything that the program is made of, built once and closed again. */
export interface Context {
  config: Config;
  db: Database;
  log: Logger;
  assets: Assets;
  /** The time, in UTC milliseconds. */
  clock: () => number;
  startedAt: number;
  close(): Promise<void>;
}

/** The file, within `DATA_DIR`, that is the site. */
const databaseFile = 'broadsheet.db';
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
  return { config, db, log, assets, clock, startedAt: clock(), close: () => db.close() };
}

async function openDatabase(config: Config): Promise<Database> {
  const file = path.join(config.dataDir, databaseFile);
  const remedy = 'set DATA_DIR to a folder that this user may write';
  try {
    await mkdir(config.dataDir, { recursive: true });
    await access(config.dataDir, constants.W_OK);
  } catch (error) {
    throw new OperatorError(`DATA_DIR=${config.dataDir} cannot be written (${codeOf(error)}): ${remedy}.`, { cause: error });
  }
  const db = open(file, remedy);
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await db.close();
    if (error instanceof NewerDatabaseError) throw new OperatorError(`${file} is newer than this program (${error.message}): run the newer program, or set DATA_DIR to another folder.`, { cause: error });
    throw new OperatorError(`${file} cannot be used (${messageOf(error)}): ${remedy}.`, { cause: error });
  }
}

function open(file: string, remedy: string): Database {
  try {
    return openSqlite(file);
  } catch (error) {
    throw new OperatorError(`${file} cannot be opened (${messageOf(error)}): ${remedy}.`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
