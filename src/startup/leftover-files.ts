import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OperatorError } from '../errors.ts';
import { findNewerRescue, listRescued } from '../storage/database/rescue.ts';

/** Another process that has just created an empty file writes to it within this time. */
const creationTimeoutMs = 3000;

/** Throws an OperatorError if files of a lost or damaged database would be mistaken for a new site. */
export async function refuseLeftovers(file: string, setting: string): Promise<void> {
  // The log is checked first, because the database file is created before the log and removed after it.
  const hasLog = (await sizeOf(`${file}-wal`)) !== undefined;
  const size = await sizeOf(file);
  if (size === undefined) {
    await refuseRescued(file);
    if (hasLog) throw new OperatorError(`${file} is missing, but its write-ahead log ${file}-wal exists. Move the database file back. Or move the -wal file and ${path.basename(file)}-shm to another folder, and then restore a backup or start a new site.`);
  }
  else if (size > 0) await refuseNewerRescue(file);
  if (size === 0 && (await staysEmpty(file))) throw new OperatorError(`${file} is empty, so its content is lost. Restore a backup there. For a new site, delete the file or use another ${setting}.`);
}

async function refuseRescued(file: string): Promise<void> {
  const rescued = await listRescued(path.dirname(file)).catch(() => []);
  const last = rescued.at(-1);
  const name = path.basename(file);
  if (last) throw new OperatorError(`${file} is missing, but the site saved a copy when the file was removed. Move ${name}-wal and ${name}-shm to another folder if they exist, and rename ${last} to ${name}. For a new site, move that copy to another folder.`);
}

async function refuseNewerRescue(file: string): Promise<void> {
  const newer = await findNewerRescue(file);
  const name = path.basename(file);
  if (newer) throw new OperatorError(`${newer}, which the site saved when its database was removed or replaced, contains changes that ${name} does not. To use these changes, move ${name}, ${name}-wal and ${name}-shm to another folder and rename ${newer} to ${name}. To continue without these changes, move ${newer} to another folder.`);
}

async function staysEmpty(file: string): Promise<boolean> {
  const deadline = Date.now() + creationTimeoutMs;
  while ((await sizeOf(file)) === 0) {
    if (Date.now() > deadline) return true;
    await delay(20);
  }
  return false;
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then((found) => (found.isFile() ? found.size : undefined), () => undefined);
}
