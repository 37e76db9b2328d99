import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { addArticles, type NewArticle } from '../storage/add-articles.ts';
import { findImported } from '../storage/imports.ts';
import { loadSettings } from '../storage/settings.ts';
import { isArticleFile, readArticleFile } from './article-files.ts';
import { bodyRenderer } from '../content/body-renderer.ts';
import { readCandidate, SlugCheck, type Candidate } from './import-check.ts';
import { showProgress } from './progress.ts';
import { withContext } from './with-context.ts';

/** How much one transaction adds: some 20 ms, in which every other write waits. */
const batchSize = { articles: 25, bytes: 256 * 1024 };
/** How many problems are printed before the rest is only counted. */
const mostProblems = 20;

export interface ImportResult {
  added: number;
  /** In the database before, or twice in the files. */
  known: number;
}

/** `import FILE...`: adds the articles of Markdown and NDJSON files, all of them or, if one is at fault, none. */
export async function importArticles(args: string[]): Promise<void> {
  const { positionals: files } = parseArgs({ args, allowPositionals: true });
  if (files.length === 0) throw new OperatorError('Name at least one file: npx broadsheet import FILE...');
  await withContext(async (context) => {
    const { added, known } = await importFiles(context, files);
    console.log(`${added} ${added === 1 ? 'article' : 'articles'} added${known > 0 ? `, ${known} already here` : ''}`);
  });
}

/**
 * Checks the files whole, then writes.
 *
 * @throws OperatorError with every problem's file and line, having changed nothing
 */
export async function importFiles(context: Context, files: string[]): Promise<ImportResult> {
  const size = await sizeOf(files);
  const givenSlugs = await checkFiles(context, files, size);
  return writeFiles(context, files, size, givenSlugs);
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

/** Returns the slugs that the articles of the files ask for. */
async function checkFiles({ db }: Context, files: string[], size: number): Promise<ReadonlySet<string>> {
  const { zone } = await loadSettings(db);
  const slugs = new SlugCheck(db);
  const shown: string[] = [];
  let count = 0;
  for await (const batch of batchesOf(files, zone, size, 'checked')) {
    const problems = [...batch.problems, ...(await slugs.problems(batch.candidates))];
    shown.push(...problems.slice(0, mostProblems - shown.length));
    count += problems.length;
  }
  if (count === 0) return slugs.given;
  const more = count > shown.length ? [`… and ${count - shown.length} more`] : [];
  throw new OperatorError([...shown, ...more, 'Nothing was imported.'].join('\n'));
}

async function writeFiles(context: Context, files: string[], size: number, givenSlugs: ReadonlySet<string>): Promise<ImportResult> {
  const settings = await loadSettings(context.db);
  const { render } = bodyRenderer(context.config.siteUrl, settings);
  const result: ImportResult = { added: 0, known: 0 };
  for await (const { candidates } of batchesOf(files, settings.zone, size, 'imported')) {
    const fresh = await withoutKnown(context, candidates);
    const articles = fresh.map(({ article, importKey }): NewArticle => ({ ...article, uid: randomUUID(), language: article.language ?? settings.language, rendered: render(article.body), importKey }));
    const added = articles.length > 0 ? await add(context, articles, givenSlugs) : 0;
    result.added += added;
    result.known += candidates.length - added;
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

async function withoutKnown({ db }: Context, candidates: Candidate[]): Promise<Candidate[]> {
  const known = await findImported(db.reader, candidates.map(({ importKey }) => importKey));
  return candidates.filter(({ importKey }) => !known.has(importKey) && known.add(importKey));
}

async function* batchesOf(files: string[], zone: string, size: number, done: string): AsyncGenerator<{ candidates: Candidate[]; problems: string[] }> {
  const progress = showProgress(done);
  let bytes = 0;
  let batchEnd = batchSize.bytes;
  let batch: { candidates: Candidate[]; problems: string[] } = { candidates: [], problems: [] };
  for (const file of files) {
    for await (const record of readArticleFile(file)) {
      const read = readCandidate(file, record, zone);
      if ('problems' in read) batch.problems.push(...read.problems);
      else batch.candidates.push(read);
      bytes += 'bytes' in record ? record.bytes : 0;
      if (batch.candidates.length + batch.problems.length < batchSize.articles && bytes < batchEnd) continue;
      yield batch;
      batch = { candidates: [], problems: [] };
      batchEnd = bytes + batchSize.bytes;
      progress.show(bytes / size);
    }
  }
  yield batch;
  progress.end();
}
