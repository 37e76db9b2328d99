import { link, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type SqliteFile from 'better-sqlite3';

const prefix = 'broadsheet-rescued-';

/** The copies in a folder that were made of databases whose file was gone. */
export async function listRescued(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(prefix) && name.endsWith('.db')).toSorted();
}

/**
 * Copies an open database whose file was removed or replaced to a file beside it, or beside its folder if that is gone
 * too. Of several processes that have the same file open, the first makes the copy: nothing is written after that.
 *
 * @param inode of the open file
 * @returns the copy's path
 * @throws if it can't be written
 */
export async function rescue(connection: SqliteFile.Database, file: string, inode: bigint, openedAt: number): Promise<string> {
  const folder = await existingFolder(path.dirname(file));
  const own = `${prefix}${inode}-`;
  for (const name of await listRescued(folder)) {
    const known = path.join(folder, name);
    if (name.startsWith(own) && (await stat(known)).mtimeMs > openedAt) return known;
  }
  const target = path.join(folder, `${own}${new Date().toISOString().replaceAll(/[:.]/g, '-')}.db`);
  const unfinished = `${target}.${process.pid}.unfinished`;
  try {
    await connection.backup(unfinished);
    await link(unfinished, target);
  } finally {
    await rm(unfinished, { force: true });
  }
  return target;
}

async function existingFolder(folder: string): Promise<string> {
  const isFolder = await stat(folder).then((found) => found.isDirectory(), () => false);
  return isFolder ? folder : path.dirname(folder);
}
