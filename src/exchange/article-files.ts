import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../errors.ts';
import { readFrontMatter } from './front-matter.ts';

/** A part of a file that holds whole articles: a Markdown file, or some lines of an NDJSON file. */
export interface Piece {
  file: string;
  /** The line that it begins with, from 1. */
  line: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** One article of a file as it stands there, or why it cannot be read. */
export type FileRecord = { line: number; raw: unknown; lineOf: (key: string) => number } | { line: number; problem: string };

/** Longer lines are not articles: a body has at most 2 MB, which JSON's escapes may make six times as long. */
const longestLine = 16 * 1024 * 1024;

/** Whether this is a kind of file that articles are read from. */
export function isArticleFile(file: string): boolean {
  return isMarkdown(file) || isNdjson(file);
}

/**
 * The files that the arguments of a command name: of a folder those in it and in its folders, in order, but for hidden ones.
 *
 * @throws OperatorError for a folder without files of articles
 */
export async function filesNamed(places: string[]): Promise<string[]> {
  const files: string[] = [];
  for (const place of places) {
    const isFolder = await stat(place).then((found) => found.isDirectory(), () => {
      if (!isArticleFile(place)) throw new OperatorError(`${place} cannot be found.`);
      return false;
    });
    const found = isFolder ? await filesIn(place) : [place];
    if (found.length === 0) throw new OperatorError(`${place}: there is no Markdown file (.md) and no NDJSON file (.ndjson) in this folder.`);
    files.push(...found);
  }
  return files;
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => isArticleFile(name) && !name.split(path.sep).some((part) => part.startsWith('.'))).toSorted().map((name) => path.join(folder, name));
}

/**
 * The articles of files, one batch of pieces after another, the same batches each time: so many lines or bytes,
 * or, where a single article is longer, that one.
 *
 * @throws if a file cannot be read
 */
export async function* readBatches(files: string[], most: { articles: number; bytes: number }): AsyncGenerator<Piece[]> {
  let batch: Piece[] = [];
  let left = { ...most };
  for (const file of files) {
    for await (const { lines, ...piece } of isMarkdown(file) ? wholeFile(file) : linesOf(file, () => left)) {
      batch.push(piece);
      left = { articles: left.articles - lines, bytes: left.bytes - piece.bytes.length };
      if (left.articles > 0 && left.bytes > 0) continue;
      yield batch;
      batch = [];
      left = { ...most };
    }
  }
  if (batch.length > 0) yield batch;
}

/** The articles of a piece, one after another: a Markdown file is one, an NDJSON file has one on each line. */
export function* readRecords({ file, line, bytes }: Piece): Generator<FileRecord> {
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

type CountedPiece = Piece & { lines: number };

async function* wholeFile(file: string): AsyncGenerator<CountedPiece> {
  yield { file, line: 1, bytes: new Uint8Array(await readFile(file)), lines: 1 };
}

/**
 * Cuts a file into pieces of whole lines, each as long as is left. node:readline would also end lines at U+2028, which
 * may stand in JSON text, and knows no longest line: what follows one is not read.
 */
async function* linesOf(file: string, left: () => { articles: number; bytes: number }): AsyncGenerator<CountedPiece> {
  let line = 1;
  let lines = 0;
  let parts: Buffer[] = [];
  let length = 0;
  // Of the piece, the length of the line that has not ended yet.
  let open = 0;
  const piece = (): CountedPiece => {
    const made = { file, line, bytes: joined(parts, length), lines };
    line += lines;
    [lines, parts, length, open] = [0, [], 0, 0];
    return made;
  };
  for await (const read of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const chunk: Buffer = read;
    let start = 0;
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      const lineLength = open + end - from;
      const { articles, bytes } = left();
      lines += 1;
      open = 0;
      from = end + 1;
      if (lines < articles && length + from - start < bytes && lineLength <= longestLine) continue;
      parts.push(chunk.subarray(start, from));
      length += from - start;
      start = from;
      yield piece();
      if (lineLength > longestLine) return;
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    open += chunk.length - from;
    if (open > longestLine) break;
  }
  if (open > 0) lines += 1;
  if (length > 0) yield piece();
}

function joined(parts: Buffer[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function readMarkdown(bytes: Uint8Array): FileRecord {
  const text = decode(bytes);
  if (text === undefined) return { line: 1, problem: 'This is not UTF-8 text.' };
  const read = readFrontMatter(text);
  if ('problem' in read) return read;
  if ('body' in read.values) return { line: read.lineOf('body'), problem: 'body: In a Markdown file the body is the text after the front matter. Remove this key.' };
  return { line: 1, raw: { ...read.values, body: read.body }, lineOf: read.lineOf };
}

/** Nothing, if the line is blank. */
function readLine(line: number, bytes: Uint8Array): FileRecord | undefined {
  if (bytes.length > longestLine) return { line, problem: 'This line is longer than 16 MB.' };
  const text = decode(bytes);
  if (text === undefined) return { line, problem: 'This is not UTF-8 text.' };
  if (text.trim() === '') return undefined;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return { line, problem: `This is not valid JSON: ${jsonProblem(error)}.` };
  }
  const repeated = repeatedKey(text);
  return repeated === undefined ? { line, raw, lineOf: () => line } : { line, problem: `${repeated} appears twice. Remove one.` };
}

/** A key that an object in JSON text has twice, of which the parser would keep the last; in quotes, as it is written. */
function repeatedKey(json: string): string | undefined {
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

// The parser calls every line of the file line 1.
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
