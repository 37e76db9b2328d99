import { link, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import SqliteFile from 'better-sqlite3';

const prefix = 'broadsheet-rescued-';

export async function listRescued(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(prefix) && name.endsWith('.db')).toSorted();
}

/** Finds the last rescued copy that has writes which the database in the same folder lacks. Returns its file name. */
export async function findNewerRescue(file: string): Promise<string | undefined> {
  const folder = path.dirname(file);
  const copies = await listRescued(folder);
  if (copies.length === 0) return undefined;
  const last = lastChangeIn(file);
  return copies.findLast((name) => lastChangeIn(path.join(folder, name)) > last);
}

function lastChangeIn(file: string): number {
  try {
    return inFile(file, (connection) => Number(connection.prepare('select max(id) from change').pluck().get() ?? 0));
  } catch {
    return 0;
  }
}

function checkCopy(file: string): void {
  const found = inFile(file, (connection) => connection.pragma('quick_check(1)', { simple: true }));
  if (found !== 'ok') throw new Error(`The rescued copy is damaged: ${String(found)}`);
}

function inFile<Result>(file: string, read: (connection: SqliteFile.Database) => Result): Result {
  const connection = new SqliteFile(file, { fileMustExist: true });
  try {
    return read(connection);
  } finally {
    connection.close();
  }
}

/**
 * Copies an open database whose file was removed or replaced into the same folder, or into the parent folder if that
 * folder is gone too, and returns the copy's path. If several processes have the file open, only the first makes a copy.
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
    checkCopy(unfinished);
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
