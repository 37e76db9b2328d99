import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Where sites have their databases. Each has a folder of its own, whatever it has beside that. */
export interface Store extends AsyncDisposable {
  /** As a person would call it. */
  name: string;
  /** The settings of the site of a folder. */
  settingsOf(folder: string): Record<string, string>;
  /** Makes room for a new site. */
  make(folder: string): Promise<void>;
  rename(folder: string, target: string): Promise<void>;
  /** As it is on the disk: nobody may be using it. */
  copy(folder: string, target: string): Promise<void>;
  remove(folder: string): Promise<void>;
  /** The files that hold the site's data. */
  filesOf(folder: string): Promise<string[]>;
  /** What else runs, beside the site's own processes, goes to these cores. */
  moveTo(cores: number[]): void;
}

/** A file for each site: the default. */
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

/** What is measured afterwards is not to wait until this is on the disk. */
async function copyDurably(file: string, target: string): Promise<void> {
  await copyFile(file, target, constants.COPYFILE_FICLONE);
  const copy = await open(target, 'r+');
  await copy.sync();
  await copy.close();
}

/** Has the operating system keep a site in memory, as it keeps a database that is in use: how fast the disk is, is not measured. */
export async function warm(store: Store, folder: string): Promise<void> {
  for (const file of await store.filesOf(folder)) {
    await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), new Writable({ write: (_chunk, _encoding, done) => done() }));
  }
}
