import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The kind of database that sites use. In both kinds each site has a folder, by which it is identified. */
export interface Store extends AsyncDisposable {
  /** The display name. */
  name: string;
  /** The environment variables of the site in a folder. */
  settingsOf(folder: string): Record<string, string>;
  /** Creates the folder, and the database if necessary. */
  make(folder: string): Promise<void>;
  rename(folder: string, target: string): Promise<void>;
  /** Copies files, so no process may have the site open. */
  copy(folder: string, target: string): Promise<void>;
  remove(folder: string): Promise<void>;
  /** The files that hold the site's data. */
  filesOf(folder: string): Promise<string[]>;
  /** Pins the database server, if any, to cores. */
  moveTo(cores: number[]): void;
}

/** A SQLite file for each site, the default. */
export const files: Store = {
  name: 'SQLite',
  settingsOf: (folder) => ({ DATA_DIR: folder }),
  async make(folder) {
    await mkdir(folder);
  },
  rename,
  async copy(folder, target) {
    await mkdir(target);
    for (const file of await files.filesOf(folder)) await copyDurably(file, path.join(target, path.basename(file)));
  },
  remove: async (folder) => rm(folder, { recursive: true, force: true }),
  async filesOf(folder) {
    return (await readdir(folder)).filter((name) => name.startsWith('broadsheet.db')).map((name) => path.join(folder, name));
  },
  moveTo() {},
  async [Symbol.asyncDispose]() {},
};

/** Waits until the copy is on disk, so that later measurements don't wait for it. */
async function copyDurably(file: string, target: string): Promise<void> {
  await copyFile(file, target, constants.COPYFILE_FICLONE);
  const copy = await open(target, 'r+');
  await copy.sync();
  await copy.close();
}

/** Reads a site's files into the operating system's cache, where those of a database in use would be. Otherwise the disk would be measured. */
export async function warm(store: Store, folder: string): Promise<void> {
  for (const file of await store.filesOf(folder)) {
    await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), new Writable({ write: (_chunk, _encoding, done) => done() }));
  }
}
