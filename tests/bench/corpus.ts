import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { markupKey } from '../../src/content/markdown/markdown.ts';
import { readSettings } from '../../src/content/site/settings.ts';
import { Languages } from '../../src/messages/languages.ts';
import { markdownOptions } from '../../src/rendering/markdown-options.ts';
import { articleGenerator } from './article-generator.ts';
import { countArticles, followNewest, markupVersions } from './corpus-database.ts';
import { removeAtEnd } from './processes.ts';
import { runCommand, type Settings } from './site.ts';
import { warm, type Store } from './store.ts';

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
  settings: Settings;
  import: ImportMeasured;
  /** A copy that may be written to; it goes with the block that made it. */
  copy(): Promise<{ settings: Settings } & AsyncDisposable>;
  /** Has the operating system hold it in memory. */
  warm(): Promise<void>;
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
  store: Store;
  folder: string;
  seed: number;
  cores: number[];
  /** Made anew even if it is there. */
  remake: boolean;
  tell: (text: string) => void;
}

/** The corpus of a size, which is made if it is not there whole. */
export async function openCorpus(size: number, options: CorpusOptions): Promise<Corpus> {
  const { store, folder, seed, cores, remake } = options;
  const place = path.join(folder, `seed-${seed}-articles-${size}-format-${format}`);
  await mkdir(folder, { recursive: true });
  await removeHalfMade(store, folder);
  if (remake || !(await isCurrent(place, store, size, cores))) await makeCorpus(place, size, options);
  const measured: ImportMeasured = JSON.parse(await readFile(path.join(place, 'import.json'), 'utf8'));
  return { size, seed, settings: store.settingsOf(place), import: measured, copy: () => copyOf(store, place), warm: () => warm(store, place) };
}

async function copyOf(store: Store, place: string): Promise<{ settings: Settings } & AsyncDisposable> {
  const copy = `${place}.copy-${process.pid}`;
  removeAtEnd(copy);
  await store.copy(place, copy);
  return { settings: store.settingsOf(copy), [Symbol.asyncDispose]: () => store.remove(copy) };
}

/** Whether a corpus is there, whole and as this program would make it; its tables are brought up to date. */
async function isCurrent(place: string, store: Store, size: number, cores: number[]): Promise<boolean> {
  if (!existsSync(place)) return false;
  const settings = store.settingsOf(place);
  await runCommand(cores, settings, ['settings', 'get', 'name']);
  const current = markupKey(markdownOptions({ config: { siteUrl: '' }, languages: new Languages() }, readSettings({})));
  return (await countArticles(settings)) === size && (await markupVersions(settings)).every((version) => version === current);
}

/** It gets its name when all is done: what has the name is whole. */
async function makeCorpus(place: string, size: number, { store, folder, seed, cores, tell }: CorpusOptions): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < size * bytesPerArticle) throw new Error(`${folder} has too little space for ${size} articles: it needs ${Math.ceil((size * bytesPerArticle) / 1e9)} GB; --folder takes another.`);
  const making = `${place}.part-${process.pid}`;
  removeAtEnd(making);
  await store.make(making);
  const articles = path.join(making, 'articles.ndjson');
  tell(`generating ${size} articles`);
  await pipeline(Readable.from(linesOf(seed, size)), createWriteStream(articles, { highWaterMark: 1024 * 1024 }));
  tell(`importing ${size} articles, ${Math.round((await stat(articles)).size / 1e6)} MB`);
  await writeFile(path.join(making, 'import.json'), `${JSON.stringify(await measureImport(store.settingsOf(making), articles, cores))}\n`);
  await rm(articles);
  await store.remove(place);
  await store.rename(making, place);
}

function* linesOf(seed: number, size: number): Generator<string> {
  const articleOf = articleGenerator(seed);
  for (let begin = 0; begin < size; begin += 100) {
    const count = Math.min(100, size - begin);
    yield Array.from({ length: count }, (_, index) => `${JSON.stringify(articleOf(begin + index))}\n`).join('');
  }
}

async function measureImport(settings: Settings, file: string, cores: number[]): Promise<ImportMeasured> {
  await runCommand(cores, settings, ['settings', 'get', 'name']);
  const ended = new AbortController();
  const rates = ratesUntil(ended.signal, settings);
  const begin = performance.now();
  try {
    await runCommand(cores, settings, ['import', file]);
  } finally {
    ended.abort();
  }
  return { at: new Date().toISOString(), seconds: (performance.now() - begin) / 1000, rates: await rates };
}

/** How many articles came in a second, of each stretch of the time. */
async function ratesUntil(signal: AbortSignal, settings: Settings): Promise<number[]> {
  await using newest = await followNewest(settings);
  const rates: number[] = [];
  let last = { count: 0, time: performance.now() };
  while (await delay(lookInterval, true, { signal }).catch(() => false)) {
    const now = { count: await newest.id(), time: performance.now() };
    if (last.count > 0) rates.push(Math.round(((now.count - last.count) * 1000) / (now.time - last.time)));
    last = now;
  }
  return rates;
}

/** What a run that was killed left behind. */
async function removeHalfMade(store: Store, folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = /\.(?:part|copy)-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await store.remove(path.join(folder, name));
  }
}
