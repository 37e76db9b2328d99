import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OperatorError } from '../errors.ts';
import { findNewerRescue, listRescued } from '../storage/database/rescue.ts';

/** How long an empty file may stay empty, in milliseconds: another process may be about to make its database. */
const makingTime = 3000;

/**
 * Refuses to take what is left of a damaged site for a new one.
 *
 * @param setting what names the file, for the messages
 * @throws OperatorError
 */
export async function refuseRemains(file: string, setting: string): Promise<void> {
  // Asked before the database, which is always made first and removed last.
  const hasLog = (await sizeOf(`${file}-wal`)) !== undefined;
  const size = await sizeOf(file);
  if (size === undefined) {
    await refuseRescued(file);
    if (hasLog) throw new OperatorError(`${file} is missing, but a part of it, ${file}-wal, is there: put the database back beside it; or move that part and ${path.basename(file)}-shm away, and put a backup there or begin a new site.`);
  }
  else if (size > 0) await refuseNewerRescue(file);
  if (size === 0 && (await staysEmpty(file))) throw new OperatorError(`${file} is empty, so its content is lost: put a backup in its place. For a new site, remove the file, or name another place with ${setting}.`);
}

async function refuseRescued(file: string): Promise<void> {
  const rescued = await listRescued(path.dirname(file)).catch(() => []);
  const last = rescued.at(-1);
  const name = path.basename(file);
  if (last) throw new OperatorError(`${file} is missing, but the site saved a copy when the file was removed: move ${name}-wal and ${name}-shm away if they are there, and rename ${last} to ${name}. For a new site, move that copy away.`);
}

async function refuseNewerRescue(file: string): Promise<void> {
  const newer = await findNewerRescue(file);
  const name = path.basename(file);
  if (newer) throw new OperatorError(`${newer}, which the site saved when its database was removed or replaced, holds what was written since ${name} was saved: to go on with it, move ${name}, ${name}-wal and ${name}-shm away and rename ${newer} to ${name}. To go on without it, move ${newer} to another folder.`);
}

async function staysEmpty(file: string): Promise<boolean> {
  const end = Date.now() + makingTime;
  while ((await sizeOf(file)) === 0) {
    if (Date.now() > end) return true;
    await delay(20);
  }
  return false;
}

/** The size of a file in bytes; undefined: there is none. */
async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then((found) => (found.isFile() ? found.size : undefined), () => undefined);
}
