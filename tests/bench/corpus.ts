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
import { countArticles, watchNewestId, markupVersions } from './corpus-database.ts';
import { removeAtExit } from './processes.ts';
import { runCommand, type Settings } from './site.ts';
import { warm, type Store } from './store.ts';

/** Raise this when the generated articles change, so that corpora on disk are not reused. */
const format = 1;
/** Disk space per article while a corpus is created: the NDJSON line, the rows and the search index. */
const bytesPerArticle = 18_000;
/** Milliseconds between two readings of the import's progress. */
const sampleInterval = 2000;

/** A site with generated articles, which later runs reuse. */
export interface Corpus {
  size: number;
  seed: number;
  settings: Settings;
  import: ImportResult;
  /** Creates a writable copy. Disposing of the result removes the copy. */
  copy(): Promise<{ settings: Settings } & AsyncDisposable>;
  /** Reads the database into the operating system's cache. */
  warm(): Promise<void>;
}

export interface ImportResult {
  /** ISO 8601, UTC. */
  at: string;
  /** The duration of the command in seconds. */
  seconds: number;
  /** Articles per second, for each interval in which articles were written. */
  rates: number[];
}

export interface CorpusOptions {
  store: Store;
  folder: string;
  seed: number;
  cores: number[];
  /** Whether to recreate the corpus if it exists. */
  remake: boolean;
  reportProgress: (text: string) => void;
}

/** Opens the corpus of a size, and creates it if it is missing or outdated. */
export async function openCorpus(size: number, options: CorpusOptions): Promise<Corpus> {
  const { store, folder, seed, cores, remake } = options;
  const siteFolder = path.join(folder, `seed-${seed}-articles-${size}-format-${format}`);
  await mkdir(folder, { recursive: true });
  await removeIncomplete(store, folder);
  if (remake || !(await isCurrent(siteFolder, store, size, cores))) await makeCorpus(siteFolder, size, options);
  const measured: ImportResult = JSON.parse(await readFile(path.join(siteFolder, 'import.json'), 'utf8'));
  return { size, seed, settings: store.settingsOf(siteFolder), import: measured, copy: () => copyOf(store, siteFolder), warm: () => warm(store, siteFolder) };
}

async function copyOf(store: Store, siteFolder: string): Promise<{ settings: Settings } & AsyncDisposable> {
  const copy = `${siteFolder}.copy-${process.pid}`;
  removeAtExit(copy);
  await store.copy(siteFolder, copy);
  return { settings: store.settingsOf(copy), [Symbol.asyncDispose]: () => store.remove(copy) };
}

/** Whether a corpus is complete and has the current markup version. Migrates its database. */
async function isCurrent(siteFolder: string, store: Store, size: number, cores: number[]): Promise<boolean> {
  if (!existsSync(siteFolder)) return false;
  const settings = store.settingsOf(siteFolder);
  await runCommand(cores, settings, ['settings', 'get', 'name']);
  const current = markupKey(markdownOptions({ config: { siteUrl: '' }, languages: new Languages() }, readSettings({})));
  return (await countArticles(settings)) === size && (await markupVersions(settings)).every((version) => version === current);
}

/** Creates a corpus under a temporary name, and renames it once it is complete. */
async function makeCorpus(siteFolder: string, size: number, { store, folder, seed, cores, reportProgress }: CorpusOptions): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < size * bytesPerArticle) throw new Error(`${folder} has too little space for ${size} articles: they need ${Math.ceil((size * bytesPerArticle) / 1e9)} GB. Choose another folder with --folder.`);
  const partFolder = `${siteFolder}.part-${process.pid}`;
  removeAtExit(partFolder);
  await store.make(partFolder);
  const articles = path.join(partFolder, 'articles.ndjson');
  reportProgress(`generating ${size} articles`);
  await pipeline(Readable.from(linesOf(seed, size)), createWriteStream(articles, { highWaterMark: 1024 * 1024 }));
  reportProgress(`importing ${size} articles, ${Math.round((await stat(articles)).size / 1e6)} MB`);
  await writeFile(path.join(partFolder, 'import.json'), `${JSON.stringify(await measureImport(store.settingsOf(partFolder), articles, cores))}\n`);
  await rm(articles);
  await store.remove(siteFolder);
  await store.rename(partFolder, siteFolder);
}

function* linesOf(seed: number, size: number): Generator<string> {
  const articleOf = articleGenerator(seed);
  for (let begin = 0; begin < size; begin += 100) {
    const count = Math.min(100, size - begin);
    yield Array.from({ length: count }, (_, index) => `${JSON.stringify(articleOf(begin + index))}\n`).join('');
  }
}

async function measureImport(settings: Settings, file: string, cores: number[]): Promise<ImportResult> {
  await runCommand(cores, settings, ['settings', 'get', 'name']);
  const stopSampling = new AbortController();
  const rates = sampleRates(stopSampling.signal, settings);
  const begin = performance.now();
  try {
    await runCommand(cores, settings, ['import', file]);
  } finally {
    stopSampling.abort();
  }
  return { at: new Date().toISOString(), seconds: (performance.now() - begin) / 1000, rates: await rates };
}

/** Articles per second, for each interval since the first article. */
async function sampleRates(signal: AbortSignal, settings: Settings): Promise<number[]> {
  await using newest = await watchNewestId(settings);
  const rates: number[] = [];
  let last = { count: 0, time: performance.now() };
  while (await delay(sampleInterval, true, { signal }).catch(() => false)) {
    const now = { count: await newest.id(), time: performance.now() };
    if (last.count > 0) rates.push(Math.round(((now.count - last.count) * 1000) / (now.time - last.time)));
    last = now;
  }
  return rates;
}

/** Removes the temporary corpora of runs that were killed. */
async function removeIncomplete(store: Store, folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = /\.(?:part|copy)-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await store.remove(path.join(folder, name));
  }
}
