import { constants, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { showProgress } from '../observability/progress.ts';
import { markdownOptions } from '../rendering/markdown-options.ts';
import { addArticles, type NewArticle } from '../storage/articles/add-articles.ts';
import { findImported } from '../storage/articles/imports.ts';
import { tidySearch } from '../storage/search/search.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { isArticleFile, readBatches, type Piece } from './article-files.ts';
import type { BatchResult } from './import-batch.ts';
import { SlugCheck } from './import-check.ts';
import { readInThreads, type BatchReaders } from './import-threads.ts';

/** How much one transaction adds: some 50 ms, in which every other write waits. */
const batchSize = { articles: 100, bytes: 256 * 1024 };
/** Fewer bytes are read before a second thread has started. */
const worthThreads = 1024 * 1024;
/** This thread, which writes, has as much to do as two that read; each takes some 50 MB. */
const mostThreads = 2;
/** From so many new articles on the search index is worth putting in order: its parts, which a search asks one by one, become one. */
const worthTidying = 10_000;
/** How many problems are printed before the rest is only counted. */
const mostProblems = 20;

export interface ImportResult {
  added: number;
  /** In the database before, or twice in the files. */
  known: number;
  /** The file and line of each article whose body takes too long to render, and is shown as it was typed. */
  plain: string[];
}

/**
 * Checks the files whole, then writes. Other threads read and render, and this one alone uses the database: what is
 * stored is the same, and in the same order, however many threads there are.
 *
 * @throws OperatorError with every problem's file and line, having changed nothing
 */
export async function importFiles(context: Context, files: string[], threads?: number): Promise<ImportResult> {
  const size = await sizeOf(files);
  const settings = await loadSettings(context.db);
  const site = { settings, options: markdownOptions(context, settings) };
  const readers = readInThreads(site, threads ?? (size < worthThreads ? 1 : Math.max(1, Math.min(mostThreads, availableParallelism() - 1))));
  try {
    const checked = await checkFiles(context, files, size, readers);
    const result = await writeFiles(context, files, size, readers, checked);
    if (result.added >= worthTidying) await tidySearch(context.db);
    return result;
  } finally {
    await readers.close();
  }
}

async function sizeOf(files: string[]): Promise<number> {
  let size = 0;
  for (const file of files) {
    if (!isArticleFile(file)) throw new OperatorError(`${file}: expected a Markdown file (.md) or an NDJSON file (.ndjson).`);
    const found = await readable(file);
    if (!found.isFile()) throw new OperatorError(`${file} is not a file.`);
    size += found.size;
  }
  return size;
}

async function readable(file: string): Promise<Stats> {
  try {
    await access(file, constants.R_OK);
    return await stat(file);
  } catch (error) {
    throw new OperatorError(`${file} cannot be read (${error instanceof Error ? error.message : error}).`, { cause: error });
  }
}

interface CheckedFiles {
  /** The slugs that the articles of the files ask for. */
  givenSlugs: ReadonlySet<string>;
  /** How many articles a batch has, by its number, of those of which all are stored already. */
  knownBatches: ReadonlyMap<number, number>;
}

async function checkFiles({ db }: Context, files: string[], size: number, readers: BatchReaders): Promise<CheckedFiles> {
  const slugs = new SlugCheck(db);
  const knownBatches = new Map<number, number>();
  const shown: string[] = [];
  let count = 0;
  for await (const { number, checked, problems: faults } of readInOrder(files, size, 'checked', readers.atOnce, (pieces) => readers.read('check', pieces))) {
    const imported = await findImported(db.reader, checked.map(({ importKey }) => importKey));
    if (checked.every(({ importKey }) => imported.has(importKey))) knownBatches.set(number, checked.length);
    const problems = [...faults, ...(await slugs.problems(checked, imported))];
    shown.push(...problems.slice(0, mostProblems - shown.length));
    count += problems.length;
  }
  if (count === 0) return { givenSlugs: slugs.given, knownBatches };
  const more = count > shown.length ? [`… and ${count - shown.length} more`] : [];
  throw new OperatorError([...shown, ...more, 'Nothing was imported.'].join('\n'));
}

async function writeFiles(context: Context, files: string[], size: number, readers: BatchReaders, { givenSlugs, knownBatches }: CheckedFiles): Promise<ImportResult> {
  const nothing: BatchResult = { checked: [], problems: [], prepared: [], plain: [] };
  const read = async (pieces: Piece[], number: number) => (knownBatches.has(number) ? nothing : readers.read('prepare', pieces));
  const result: ImportResult = { added: 0, known: 0, plain: [] };
  for await (const { number, prepared, plain } of readInOrder(files, size, 'imported', readers.atOnce, read)) {
    const articles = withoutRepeated(prepared);
    const added = articles.length > 0 ? await add(context, articles, givenSlugs) : 0;
    result.added += added;
    result.plain.push(...plain);
    result.known += prepared.length - added + (knownBatches.get(number) ?? 0);
  }
  return result;
}

async function add({ db, clock }: Context, articles: NewArticle[], givenSlugs: ReadonlySet<string>): Promise<number> {
  try {
    return await addArticles(db, articles, clock(), givenSlugs);
  } catch (error) {
    if (!db.isConflict(error)) throw error;
    throw new OperatorError('Another import has taken a slug of these articles meanwhile. What was imported before that stays; import again to see what is left.', { cause: error });
  }
}

function withoutRepeated<Article extends { importKey: string }>(articles: Article[]): Article[] {
  const seen = new Set<string>();
  return articles.filter(({ importKey }) => seen.size < seen.add(importKey).size);
}

interface NumberedResult extends BatchResult {
  number: number;
}

/** What `read` makes of each batch of the files, in order, while it is at work on the next ones. */
async function* readInOrder(files: string[], size: number, done: string, atOnce: number, read: (pieces: Piece[], number: number) => Promise<BatchResult>): AsyncGenerator<NumberedResult> {
  const progress = showProgress(done);
  const running: { bytes: number; result: Promise<NumberedResult> }[] = [];
  let bytes = 0;
  const finishFirst = async function* () {
    const first = running.shift();
    if (!first) return;
    yield await first.result;
    bytes += first.bytes;
    progress.show(bytes / size);
  };
  let number = 0;
  for await (const pieces of readBatches(files, batchSize)) {
    // Before they are given away.
    const length = pieces.reduce((sum, piece) => sum + piece.bytes.length, 0);
    running.push({ bytes: length, result: numbered(number, read(pieces, number)) });
    number += 1;
    if (running.length >= atOnce) yield* finishFirst();
  }
  while (running.length > 0) yield* finishFirst();
  progress.end();
}

function numbered(number: number, reading: Promise<BatchResult>): Promise<NumberedResult> {
  const result = reading.then((batch) => ({ ...batch, number }));
  // It is awaited in its turn, and may fail before that.
  result.catch(() => {});
  return result;
}
