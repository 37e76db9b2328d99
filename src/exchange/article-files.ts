import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../errors.ts';
import { readFrontMatter } from './front-matter.ts';

/** A part of a file that contains whole articles: a Markdown file, or some lines of an NDJSON file. */
export interface Chunk {
  file: string;
  line: number;
  bytes: Uint8Array<ArrayBuffer>;
}

export type FileRecord = { line: number; raw: unknown; lineOf: (key: string) => number; lineOfBody: (line: number) => number } | { line: number; problem: string };

/** In bytes. A body has 2 MB at most, and JSON's escapes can make it six times as long. */
const maxLineLength = 16 * 1024 * 1024;

export function isArticleFile(file: string): boolean {
  return isMarkdown(file) || isNdjson(file);
}

/** Lists the given files, and the article files in the given folders and their subfolders, sorted, without hidden ones. Throws an OperatorError for a folder without article files. */
export async function listArticleFiles(places: string[]): Promise<string[]> {
  const files: string[] = [];
  for (const place of places) {
    const isFolder = await stat(place).then((found) => found.isDirectory(), () => {
      if (!isArticleFile(place)) throw new OperatorError(`${place} does not exist. Check the path.`);
      return false;
    });
    const found = isFolder ? await filesIn(place) : [place];
    if (found.length === 0) throw new OperatorError(`${place} contains no Markdown file (.md) and no NDJSON file (.ndjson).`);
    files.push(...found);
  }
  return files;
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => isArticleFile(name) && !name.split(path.sep).some((part) => part.startsWith('.'))).toSorted().map((name) => path.join(folder, name));
}

/** Reads files in batches. The same files always give the same batches. Throws if a file can't be read. */
export async function* readBatches(files: string[], max: { articles: number; bytes: number }): AsyncGenerator<Chunk[]> {
  let batch: Chunk[] = [];
  let remaining = { ...max };
  for (const file of files) {
    for await (const { lines, ...chunk } of isMarkdown(file) ? readWhole(file) : readLines(file, () => remaining)) {
      batch.push(chunk);
      remaining = { articles: remaining.articles - lines, bytes: remaining.bytes - chunk.bytes.length };
      if (remaining.articles > 0 && remaining.bytes > 0) continue;
      yield batch;
      batch = [];
      remaining = { ...max };
    }
  }
  if (batch.length > 0) yield batch;
}

export function* readRecords({ file, line, bytes }: Chunk): Generator<FileRecord> {
  if (isMarkdown(file)) {
    yield readMarkdown(bytes);
    return;
  }
  let number = line;
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found < 0 ? bytes.length : found;
    const record = readLine(number, bytes.subarray(start, end));
    if (record) yield record;
    number += 1;
    start = end + 1;
  }
}

const lineFeed = 0x0a;

function isMarkdown(file: string): boolean {
  return ['.md', '.markdown'].includes(path.extname(file).toLowerCase());
}

function isNdjson(file: string): boolean {
  return ['.ndjson', '.jsonl'].includes(path.extname(file).toLowerCase());
}

type CountedChunk = Chunk & { lines: number };

async function* readWhole(file: string): AsyncGenerator<CountedChunk> {
  yield { file, line: 1, bytes: new Uint8Array(await readFile(file)), lines: 1 };
}

/** Stops after a line that is too long. Not node:readline, which has no maximum line length and also splits at U+2028, which JSON text may contain. */
async function* readLines(file: string, remaining: () => { articles: number; bytes: number }): AsyncGenerator<CountedChunk> {
  let line = 1;
  let lines = 0;
  let parts: Buffer[] = [];
  let length = 0;
  let unfinishedLineLength = 0;
  const takeChunk = (): CountedChunk => {
    const chunk = { file, line, bytes: concatenate(parts, length), lines };
    line += lines;
    [lines, parts, length, unfinishedLineLength] = [0, [], 0, 0];
    return chunk;
  };
  for await (const read of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const buffer: Buffer = read;
    let start = 0;
    let from = 0;
    for (let end = buffer.indexOf(lineFeed); end >= 0; end = buffer.indexOf(lineFeed, from)) {
      const lineLength = unfinishedLineLength + end - from;
      const { articles, bytes } = remaining();
      lines += 1;
      unfinishedLineLength = 0;
      from = end + 1;
      if (lines < articles && length + from - start < bytes && lineLength <= maxLineLength) continue;
      parts.push(buffer.subarray(start, from));
      length += from - start;
      start = from;
      yield takeChunk();
      if (lineLength > maxLineLength) return;
    }
    parts.push(buffer.subarray(start));
    length += buffer.length - start;
    unfinishedLineLength += buffer.length - from;
    if (unfinishedLineLength > maxLineLength) break;
  }
  if (unfinishedLineLength > 0) lines += 1;
  if (length > 0) yield takeChunk();
}

function concatenate(parts: Buffer[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function readMarkdown(bytes: Uint8Array): FileRecord {
  const text = decode(bytes);
  if (text === undefined) return { line: 1, problem: 'This is not UTF-8 text.' };
  const read = readFrontMatter(text);
  if ('problem' in read) return read;
  if ('body' in read.values) return { line: read.lineOf('body'), problem: 'body: In a Markdown file the body is the text after the front matter. Remove this key.' };
  return { line: 1, raw: { ...read.values, body: read.body }, lineOf: read.lineOf, lineOfBody: (line) => read.bodyLine + line - 1 };
}

function readLine(line: number, bytes: Uint8Array): FileRecord | undefined {
  if (bytes.length > maxLineLength) return { line, problem: 'This line is longer than 16 MB.' };
  const text = decode(bytes);
  if (text === undefined) return { line, problem: 'This is not UTF-8 text.' };
  if (text.trim() === '') return undefined;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return { line, problem: `This is not valid JSON: ${jsonProblem(error)}.` };
  }
  const duplicate = findDuplicateKey(text);
  return duplicate === undefined ? { line, raw, lineOf: () => line, lineOfBody: () => line } : { line, problem: `${duplicate} appears twice. Remove one.` };
}

/** JSON.parse would silently keep only the last of several equal keys. Returns the key in its quotes. */
function findDuplicateKey(json: string): string | undefined {
  const objects: Set<string>[] = [];
  for (const [token, text, colon] of json.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g)) {
    if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
    else if (text !== undefined && colon !== undefined) {
      if (objects.at(-1)?.has(text)) return text;
      objects.at(-1)?.add(text);
    }
  }
  return undefined;
}

// Each line is parsed alone, so JSON.parse always reports line 1.
function jsonProblem(error: unknown): string {
  return String(error instanceof Error ? error.message : error).replace(/ at position \d+ \(line 1 column (\d+)\)$/, ' at column $1');
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
