import { constants, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { ExtractedTexts } from '../matching/extracted-texts.ts';
import { showProgress } from '../observability/progress.ts';
import { markdownOptions } from '../rendering/markdown-options.ts';
import { addArticles, type AddedArticle } from '../storage/articles/add-articles.ts';
import { findImported, recordImport } from '../storage/articles/imports.ts';
import { optimizeSearch } from '../storage/search/search.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { isArticleFile, readBatches, type Chunk } from './article-files.ts';
import type { BatchResult, PreparedArticle } from './import-batch.ts';
import { SlugCheck } from './import-check.ts';
import { readInThreads, type BatchReaders } from './import-threads.ts';
import { ImportedPictures } from './imported-pictures.ts';
import { isInside } from './picture-file.ts';

/** A transaction of this size takes about 50 ms, during which all other writes wait. */
const batchSize = { articles: 100, bytes: 256 * 1024 };
const minBytesForThreads = 1024 * 1024;
/** Two reading threads keep the writing thread busy; each takes about 50 MB. */
const maxThreads = 2;
/** From this number of new articles on, merging the segments of the search index pays off: a search reads each segment. */
const minArticlesForIndexMerge = 10_000;
const maxShownProblems = 20;

export interface ImportResult {
  added: number;
  /** Already in the database, or repeated in the files. */
  known: number;
  plain: string[];
  /** A line for each picture that was left out, and for each credit that could not be stored. */
  report: string[];
}

export interface ImportOptions {
  /** The folders that are imported as a whole. Paths of pictures in their files may lead anywhere in them; those in other files, only below the file's own folder. */
  folders?: string[];
  /** Articles come without the pictures that are missing or can't be used, instead of being refused. */
  areMissingPicturesReported?: boolean;
  /** For reading. */
  threads?: number;
}

/**
 * Checks all files and their pictures, then writes. Throws an OperatorError with the file and line of each problem, before anything is written.
 * Only this thread uses the database, so the result does not depend on the number of reading threads.
 */
export async function importFiles(context: Context, files: string[], { folders = [], areMissingPicturesReported = false, threads }: ImportOptions = {}): Promise<ImportResult> {
  const size = await totalSize(files);
  const settings = await loadSettings(context.db);
  const site = { settings, options: markdownOptions(context, settings) };
  const readers = readInThreads(site, threads ?? (size < minBytesForThreads ? 1 : Math.max(1, Math.min(maxThreads, availableParallelism() - 1))));
  const pictures = new ImportedPictures(context, (file) => folders.find((folder) => isInside(folder, file)) ?? path.dirname(file), { areMissingReported: areMissingPicturesReported });
  const texts = new ExtractedTexts();
  try {
    const input = { files, size, readers, pictures, texts };
    const checked = await checkFiles(context, input);
    const result = await writeFiles(context, input, checked);
    // Each reading thread takes about 50 MB, which matching can use.
    await readers.close();
    await matchImported(context, texts);
    if (result.added >= minArticlesForIndexMerge) await optimizeSearch(context.db);
    return { ...result, report: pictures.report };
  } finally {
    await readers.close();
    await pictures.close();
    texts.close();
  }
}

async function matchImported({ matcher }: Context, texts: ExtractedTexts): Promise<void> {
  const progress = showProgress('of the storylines and related articles found');
  await matcher.matchImported(texts, progress.show);
  progress.end();
}

interface Input {
  files: string[];
  /** Of all files, in bytes. */
  size: number;
  readers: BatchReaders;
  pictures: ImportedPictures;
  texts: ExtractedTexts;
}

async function totalSize(files: string[]): Promise<number> {
  let size = 0;
  for (const file of files) {
    if (!isArticleFile(file)) throw new OperatorError(`${file} can't be imported. Expected a Markdown file (.md) or an NDJSON file (.ndjson).`);
    const found = await statReadable(file);
    if (!found.isFile()) throw new OperatorError(`${file} is not a file.`);
    size += found.size;
  }
  return size;
}

async function statReadable(file: string): Promise<Stats> {
  try {
    await access(file, constants.R_OK);
    return await stat(file);
  } catch (error) {
    throw new OperatorError(`${file} can't be read (${error instanceof Error ? error.message : error}). Check the path and the permissions.`, { cause: error });
  }
}

interface CheckedFiles {
  givenSlugs: ReadonlySet<string>;
  /** The number of articles in each batch that is already stored completely, by batch number. */
  knownBatches: ReadonlyMap<number, number>;
}

async function checkFiles({ db }: Context, { files, size, readers, pictures }: Input): Promise<CheckedFiles> {
  const slugs = new SlugCheck(db);
  const knownBatches = new Map<number, number>();
  const shown: string[] = [];
  let count = 0;
  for await (const { number, checked, problems: invalid } of readInOrder(files, size, 'checked', readers.concurrency, (chunks) => readers.read('check', chunks))) {
    const imported = await findImported(db.reader, checked.map(({ importKey }) => importKey));
    if (checked.every(({ importKey }) => imported.has(importKey))) knownBatches.set(number, checked.length);
    const added = checked.filter(({ importKey }) => !imported.has(importKey));
    pictures.report.push(...added.flatMap(({ unserved }) => unserved));
    const references = added.flatMap((article) => article.pictures);
    const problems = [...invalid, ...(await slugs.findProblems(checked, imported)), ...(await pictures.check(number, references))];
    shown.push(...problems.slice(0, maxShownProblems - shown.length));
    count += problems.length;
  }
  if (count === 0) return { givenSlugs: slugs.givenSlugs, knownBatches };
  const more = count > shown.length ? [`… and ${count - shown.length} more`] : [];
  throw new OperatorError([...shown, ...more, 'Nothing was imported.'].join('\n'));
}

async function writeFiles(context: Context, { files, size, readers, pictures, texts }: Input, { givenSlugs, knownBatches }: CheckedFiles): Promise<Omit<ImportResult, 'report'>> {
  const nothing: BatchResult = { checked: [], problems: [], prepared: [], plain: [] };
  const read = async (chunks: Chunk[], number: number) => (knownBatches.has(number) ? nothing : readers.read('prepare', chunks, await pictures.store(number)));
  const result = { added: 0, known: 0, plain: [] as string[] };
  try {
    for await (const { number, prepared, plain } of readInOrder(files, size, 'imported', readers.concurrency, read)) {
      const articles = withoutDuplicates(prepared);
      const added = articles.length > 0 ? await add(context, articles, givenSlugs) : [];
      for (const { id, article } of added) texts.add(id, article.extracted);
      result.added += added.length;
      result.plain.push(...plain);
      result.known += prepared.length - added.length + (knownBatches.get(number) ?? 0);
    }
  } finally {
    // Some articles may have been stored before a failure.
    await recordImport(context.db, result.added, context.clock());
  }
  return result;
}

async function add({ db, clock }: Context, articles: PreparedArticle[], givenSlugs: ReadonlySet<string>): Promise<AddedArticle<PreparedArticle>[]> {
  try {
    return await addArticles(db, articles, clock(), givenSlugs);
  } catch (error) {
    if (!db.isConflict(error)) throw error;
    throw new OperatorError('Another import used a slug of these articles in the meantime. The articles imported before that are stored. Run the import again to add the rest.', { cause: error });
  }
}

function withoutDuplicates<Article extends { importKey: string }>(articles: Article[]): Article[] {
  const seen = new Set<string>();
  return articles.filter(({ importKey }) => seen.size < seen.add(importKey).size);
}

interface NumberedResult extends BatchResult {
  number: number;
}

async function* readInOrder(files: string[], size: number, verb: string, concurrency: number, read: (chunks: Chunk[], number: number) => Promise<BatchResult>): AsyncGenerator<NumberedResult> {
  const progress = showProgress(verb);
  const inFlight: { bytes: number; result: Promise<NumberedResult> }[] = [];
  let bytes = 0;
  const finishFirst = async function* () {
    const first = inFlight.shift();
    if (!first) return;
    yield await first.result;
    bytes += first.bytes;
    progress.show(bytes / size);
  };
  let number = 0;
  for await (const chunks of readBatches(files, batchSize)) {
    const length = chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0);
    inFlight.push({ bytes: length, result: numbered(number, read(chunks, number)) });
    number += 1;
    if (inFlight.length >= concurrency) yield* finishFirst();
  }
  while (inFlight.length > 0) yield* finishFirst();
  progress.end();
}

function numbered(number: number, reading: Promise<BatchResult>): Promise<NumberedResult> {
  const result = reading.then((batch) => ({ ...batch, number }));
  // The result is awaited later. Without this, an earlier rejection would end the process as unhandled.
  result.catch(() => {});
  return result;
}
