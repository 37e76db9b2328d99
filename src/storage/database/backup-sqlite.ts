import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import SqliteFile from 'better-sqlite3';

const backupStepPages = 500;
/** Leaving out the renditions takes almost as long as the backup itself, so it has to pay off: from this share of the file on. */
const minRenditionShare = 0.25;

/**
 * Writes a consistent snapshot to a new file, without the renditions of pictures if they are a large part of the database.
 * `progress` gets the completed share, 0 to 1. Throws if the file exists or can't be written.
 */
export async function backupSqlite(source: SqliteFile.Database, target: string, progress: (share: number) => void): Promise<void> {
  if (existsSync(target)) throw new Error(`${target} already exists`);
  // The transaction pins a snapshot. Without one, SQLite restarts the backup after each write of another process.
  source.exec('begin; select count(*) from setting');
  const share = renditionShare(source);
  const isSlimmed = share >= minRenditionShare;
  const total = isSlimmed ? 2 - share : 1;
  await source.backup(target, {
    progress({ totalPages, remainingPages }) {
      progress((1 - remainingPages / totalPages) / total);
      return backupStepPages;
    },
  });
  if (isSlimmed) await leaveOutRenditions(target);
}

function renditionShare(source: SqliteFile.Database): number {
  const share = source.prepare<[], number>('select coalesce(sum(length(data)), 0) * 1.0 / (select page_count * page_size from pragma_page_count, pragma_page_size) from rendition').pluck().get();
  return share ?? 0;
}

/** Until the smaller file is complete, the larger one stays. If there is no space for both, the larger one is the backup. */
async function leaveOutRenditions(file: string): Promise<void> {
  const smaller = `${file}.unfinished`;
  try {
    vacuumInto(file, smaller);
    await flush(smaller);
    await rename(smaller, file);
  } catch (error) {
    if (!isFull(error)) throw error;
  } finally {
    await rm(smaller, { force: true });
  }
}

/** Not a plain VACUUM, which writes everything twice, first to the system's temporary folder. */
function vacuumInto(file: string, target: string): void {
  const connection = new SqliteFile(file, { fileMustExist: true });
  try {
    connection.exec('delete from rendition');
    connection.prepare('vacuum into ?').run(target);
  } finally {
    connection.close();
  }
}

/** SQLite doesn't do this after VACUUM INTO. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?:SQLITE_FULL|SQLITE_IOERR_WRITE|ENOSPC|EDQUOT)$/.test(String(error.code));
}
