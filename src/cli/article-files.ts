import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readFrontMatter } from './front-matter.ts';

/** One article of a file as it stands there, or why it cannot be read. */
export type FileRecord = { line: number; raw: unknown; lineOf: (key: string) => number; bytes: number } | { line: number; problem: string };

/** Longer lines are not articles: a body has at most 2 MB, which JSON's escapes may make six times as long. */
const longestLine = 16 * 1024 * 1024;

/** Whether this is a kind of file that articles are read from. */
export function isArticleFile(file: string): boolean {
  return isMarkdown(file) || isNdjson(file);
}

/**
 * The articles of a file, one after another: a Markdown file is one, an NDJSON file has one on each line.
 *
 * @throws if the file cannot be read
 */
export async function* readArticleFile(file: string): AsyncGenerator<FileRecord> {
  if (isMarkdown(file)) yield await readMarkdown(file);
  else yield* readNdjson(file);
}

function isMarkdown(file: string): boolean {
  return ['.md', '.markdown'].includes(path.extname(file).toLowerCase());
}

function isNdjson(file: string): boolean {
  return ['.ndjson', '.jsonl'].includes(path.extname(file).toLowerCase());
}

async function readMarkdown(file: string): Promise<FileRecord> {
  const bytes = await readFile(file);
  const text = decode(bytes);
  if (text === undefined) return { line: 1, problem: 'not UTF-8 text' };
  const read = readFrontMatter(text);
  if ('problem' in read) return read;
  if ('body' in read.values) return { line: read.lineOf('body'), problem: 'body: in a Markdown file the body is the text behind the front matter' };
  return { line: 1, raw: { ...read.values, body: read.body }, lineOf: read.lineOf, bytes: bytes.length };
}

async function* readNdjson(file: string): AsyncGenerator<FileRecord> {
  let line = 0;
  for await (const bytes of linesOf(file)) {
    line += 1;
    if (bytes.length > longestLine) {
      yield { line, problem: 'longer than 16 MB' };
      return;
    }
    const text = decode(bytes);
    if (text === undefined) yield { line, problem: 'not UTF-8 text' };
    else if (text.trim() !== '') yield readLine(line, text, bytes.length);
  }
}

function readLine(line: number, text: string, bytes: number): FileRecord {
  try {
    return { line, raw: JSON.parse(text), lineOf: () => line, bytes };
  } catch (error) {
    return { line, problem: `not JSON: ${jsonProblem(error)}` };
  }
}

// The parser calls every line of the file line 1.
function jsonProblem(error: unknown): string {
  return String(error instanceof Error ? error.message : error).replace(/ at position \d+ \(line 1 column (\d+)\)$/, ' at column $1');
}

// node:readline would also end lines at U+2028, which may stand in JSON text, and knows no longest line.
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const read of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const chunk: Buffer = read;
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]);
      parts = [];
      length = 0;
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > longestLine) break;
  }
  if (length > 0) yield Buffer.concat(parts);
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
