import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rename, stat, statfs, writeFile } from 'node:fs/promises';
import { constants, createReadStream, createWriteStream, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { markupKey } from '../../src/content/markdown.ts';
import { articleGenerator } from './article-generator.ts';
import { countArticles, markupVersions, newestId } from './corpus-database.ts';
import { remove, removeAtEnd } from './processes.ts';
import { runCommand } from './site.ts';

/** To be raised when other articles are generated: those on the disk are then made anew. */
const format = 1;
/** What an article takes on the disk while a corpus is made: its line of NDJSON, its rows and its index. */
const bytesPerArticle = 18_000;
/** How often the import's progress is looked at, in milliseconds. */
const lookInterval = 2000;

/** A site with so many generated articles, kept from run to run. */
export interface Corpus {
  size: number;
  seed: number;
  dataDir: string;
  import: ImportMeasured;
}

/** How fast the corpus was imported when it was made. */
export interface ImportMeasured {
  /** ISO 8601, UTC. */
  at: string;
  /** From the command's start to its end, in seconds. */
  seconds: number;
  /** Articles a second, of every stretch of the time in which articles were written. */
  rates: number[];
}

export interface CorpusOptions {
  folder: string;
  seed: number;
  cores: number[];
  /** Made anew even if it is there. */
  remake: boolean;
  tell: (text: string) => void;
}

/** The corpus of a size, which is made if it is not there whole. */
export async function openCorpus(size: number, options: CorpusOptions): Promise<Corpus> {
  const place = path.join(options.folder, `seed-${options.seed}-articles-${size}-format-${format}`);
  await mkdir(options.folder, { recursive: true });
  await removeHalfMade(options.folder);
  if (options.remake || !(await isCurrent(place, size, options.cores))) await makeCorpus(place, size, options);
  const measured: ImportMeasured = JSON.parse(await readFile(path.join(place, 'import.json'), 'utf8'));
  return { size, seed: options.seed, dataDir: place, import: measured };
}

/** A copy of a corpus that may be written to; it goes with the block that made it. */
export async function copyCorpus({ dataDir }: Corpus): Promise<{ dataDir: string } & Disposable> {
  const copy = await mkdtemp(`${dataDir}.copy-${process.pid}-`);
  removeAtEnd(copy);
  for (const name of (await readdir(dataDir)).filter((name) => name.startsWith('broadsheet.db'))) {
    const target = path.join(copy, name);
    await copyFile(path.join(dataDir, name), target, constants.COPYFILE_FICLONE);
    // The measured writes are not to wait for this one.
    const file = await open(target, 'r+');
    await file.sync();
    await file.close();
  }
  return { dataDir: copy, [Symbol.dispose]: () => remove(copy) };
}

/** Has the operating system keep a corpus in memory, as it keeps a database that is in use: how fast the disk is, is not measured. */
export async function warm({ dataDir }: Corpus): Promise<void> {
  await pipeline(createReadStream(path.join(dataDir, 'broadsheet.db'), { highWaterMark: 1024 * 1024 }), new Writable({ write: (_chunk, _encoding, done) => done() }));
}

/** Whether a corpus is there, whole and as this program would make it; its tables are brought up to date. */
async function isCurrent(place: string, size: number, cores: number[]): Promise<boolean> {
  if (!existsSync(place)) return false;
  await runCommand(cores, place, ['settings', 'get', 'name']);
  return countArticles(place) === size && markupVersions(place).every((version) => version === markupKey({ smartTypography: false }));
}

/** It gets its name when all is done: what has the name is whole. */
async function makeCorpus(place: string, size: number, { folder, seed, cores, tell }: CorpusOptions): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < size * bytesPerArticle) throw new Error(`${folder} has too little space for ${size} articles: it needs ${Math.ceil((size * bytesPerArticle) / 1e9)} GB; --folder takes another.`);
  const making = `${place}.part-${process.pid}`;
  removeAtEnd(making);
  await mkdir(making);
  const articles = path.join(making, 'articles.ndjson');
  tell(`generating ${size} articles`);
  await pipeline(Readable.from(linesOf(seed, size)), createWriteStream(articles, { highWaterMark: 1024 * 1024 }));
  tell(`importing ${size} articles, ${Math.round((await stat(articles)).size / 1e6)} MB`);
  await writeFile(path.join(making, 'import.json'), `${JSON.stringify(await measureImport(making, articles, cores))}\n`);
  rmSync(articles);
  rmSync(place, { recursive: true, force: true });
  await rename(making, place);
}

function* linesOf(seed: number, size: number): Generator<string> {
  const articleOf = articleGenerator(seed);
  for (let begin = 0; begin < size; begin += 100) {
    const count = Math.min(100, size - begin);
    yield Array.from({ length: count }, (_, index) => `${JSON.stringify(articleOf(begin + index))}\n`).join('');
  }
}

async function measureImport(dataDir: string, file: string, cores: number[]): Promise<ImportMeasured> {
  const rates: number[] = [];
  let last = { count: 0, time: performance.now() };
  const look = setInterval(() => {
    const now = { count: newestId(dataDir), time: performance.now() };
    if (last.count > 0) rates.push(Math.round(((now.count - last.count) * 1000) / (now.time - last.time)));
    last = now;
  }, lookInterval);
  const begin = performance.now();
  try {
    await runCommand(cores, dataDir, ['import', file]);
  } finally {
    clearInterval(look);
  }
  return { at: new Date().toISOString(), seconds: (performance.now() - begin) / 1000, rates };
}

/** What a run that was killed left behind. */
async function removeHalfMade(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = /\.(?:part|copy)-(\d+)/.exec(name) ?? [];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}
