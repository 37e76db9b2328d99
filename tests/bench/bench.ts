// `npm run bench` measures what the README promises about speed. The options are in options.ts.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { divideCores, moveTo, type Cores } from './cores.ts';
import { openCorpus, type Corpus } from './corpus.ts';
import { readOptions, type Options } from './options.ts';
import { startPostgresStore } from './postgres-store.ts';
import { cleanUpAtExit } from './processes.ts';
import { number } from './statistics.ts';
import { files, type Store } from './store.ts';
import { measureArticle } from './subjects/article.ts';
import { reportImport } from './subjects/import.ts';
import { measureMemory } from './subjects/memory.ts';
import { measurePages } from './subjects/pages.ts';
import { measurePreview } from './subjects/preview.ts';
import { measurePublish } from './subjects/publish.ts';
import { measureRelated } from './subjects/related.ts';
import { measureSearch } from './subjects/search.ts';
import { measureSight } from './subjects/sight.ts';
import { measureStart } from './subjects/start.ts';
import type { Bench, Measure } from './subjects/subject.ts';
import { measureUploads } from './subjects/uploads.ts';
import { measureWorkers } from './subjects/workers.ts';
import { formatTable, isReached, type Row } from './table.ts';
import { requireTools } from './wrk.ts';

const subjects: Record<string, Measure> = {
  article: measureArticle,
  pages: measurePages,
  search: measureSearch,
  publish: measurePublish,
  preview: measurePreview,
  import: reportImport,
  memory: measureMemory,
  start: measureStart,
  sight: measureSight,
  workers: measureWorkers,
  uploads: measureUploads,
  related: measureRelated,
};

cleanUpAtExit();
try {
  await run(readOptions(process.argv.slice(2), Object.keys(subjects)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function run(options: Options): Promise<void> {
  requireTools();
  const cores = divideCores();
  if (cores.all.length < 2) reportProgress('This machine has only one core. Server and client share it, so the ratios mean little.');
  // The load before the bench starts comes from other programs, which distort the measurements.
  const [load = 0] = loadavg();
  if (load > 0.5) reportProgress(`Other programs are using this machine (load average ${number(load, 1)}), so the measured times will be too long.`);
  const folder = path.join(options.folder, ...(options.database === 'postgres' ? ['postgres'] : []));
  await using store = options.database === 'postgres' ? await startPostgresStore(path.join(folder, 'server')) : files;
  const bench = await prepare(store, { ...options, folder }, cores);
  moveTo(cores.client);
  store.moveTo(cores.database);
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(subjects)) {
    if (options.only.length > 0 && !options.only.includes(name)) continue;
    for (const corpus of bench.corpora) await corpus.warm();
    reportProgress(`measuring ${name}`);
    try {
      rows.push(...(await measure(bench)));
    } catch (error) {
      // The results of the other subjects are still useful.
      console.error(`${name} couldn’t be measured:`, error);
      process.exitCode = 1;
    }
  }
  const machine = `${store.name}, ${describeMachine(cores)}, load average ${number(load, 1)} before the start`;
  console.log(`${formatTable(rows)}\n\n${machine}`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ machine, options, rows: rows.map((row) => ({ ...row, reached: isReached(row) })) }, null, 2)}\n`);
}

async function prepare(store: Store, { sizes, rounds, seed, folder, remake, only, collections }: Options, cores: Cores): Promise<Bench> {
  const corpora: Corpus[] = [];
  // Related articles are measured with articles of their own.
  const needed = only.join() === 'related' ? sizes.slice(0, 1) : sizes;
  for (const size of needed) corpora.push(await openCorpus(size, { store, folder, seed, cores: cores.all, remake, reportProgress }));
  const [smallest, largest] = [corpora[0], corpora.at(-1)];
  if (!smallest || !largest) throw new Error('--size: expected at least one number of articles.');
  return { corpora, smallest, largest, cores, rounds, seed, collections };
}

function describeMachine({ all, server, client }: Cores): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const pinned = all.length < 2 ? 'shared by server and client' : `server on ${server.join()}, client on ${client.join()}`;
  return `${all.length} ${all.length === 1 ? 'core' : 'cores'} (${pinned}), ${number(totalmem() / 1e9)} GB, ${model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
}

/** Progress goes to standard error, so that standard output has only the table. */
function reportProgress(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
}
