import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { readBatches, readRecords, type Chunk } from '../../src/exchange/article-files.ts';
import { importFiles } from '../../src/exchange/import-files.ts';
import { readInThreads } from '../../src/exchange/import-threads.ts';
import { markdownOptions } from '../../src/rendering/markdown-options.ts';
import { loadSettings } from '../../src/storage/site/settings.ts';
import { endlessBody } from '../rendering/slow-bodies.ts';
import { lowerCpuLimit } from '../support/cpu-limit.ts';
import { shortOrLong } from '../support/long.ts';
import { file } from '../support/program.ts';
import { emptySite, temporaryFolder, type TestSite } from '../support/test-site.ts';

const words = ['river', 'flood', 'Émile', 'town', 'bridge', 'naïve', 'dam', 'rain', '中文', 'Ёлка', '*water*', '"quoted"'];

function article(n: number): string {
  const body = Array.from({ length: 60 }, (_, at) => words[(n * 7 + at * (1 + (n % 5))) % words.length]).join(' ');
  return JSON.stringify({ title: n % 3 === 0 ? 'Weather' : `Article ${n}`, body: `${body} only${n}`, theme: `Theme ${n % 3}`, topics: [`Topic ${n % 7}`], authors: [`Author ${n % 5}`], publishedAt: new Date(Date.UTC(2025, 0, 1 + ((n * 37) % 400), 0, n)).toISOString() });
}

/** Everything that an import wrote, without random values and the time of the import. */
async function stored({ context: { db } }: TestSite): Promise<unknown[]> {
  const articles = await db.reader.selectFrom('article').selectAll().orderBy('id').execute();
  const tables = await Promise.all((['theme', 'topic', 'author', 'article_author', 'article_topic', 'search_word', 'change'] as const).map(async (table) => withoutFeedIds(await db.reader.selectFrom(table).selectAll().execute())));
  const found = await Promise.all(['river', 'emile', 'weather', '中', 'only77'].map((word) => db.search.listRelevant(db.reader, { terms: [[[word]]], themeIds: undefined, from: undefined, until: Date.UTC(2030, 0) }, undefined, 1000)));
  return [articles.map(({ uid: _uid, ...others }) => others), tables, found];
}

/** The ids of feeds are random. */
function withoutFeedIds(rows: object[]): object[] {
  return rows.map((row) => ({ ...row, feed_id: undefined }));
}

async function imported(files: string[], threads: number): Promise<unknown[]> {
  const site = await emptySite();
  expect(await importFiles(site.context, files, { threads })).toEqual({ added: 302, known: 10, plain: [], report: [] });
  return stored(site);
}

test('the stored articles and their order do not depend on the number of threads', async () => {
  const folder = await temporaryFolder();
  const lines = Array.from({ length: 301 }, (_, n) => article(n));
  const files = [await file(folder, 'a.ndjson', lines.slice(0, 160).join('\n')), await file(folder, 'b.md', '---\ntitle: One file\n---\nText\n'), await file(folder, 'c.ndjson', [...lines.slice(150), ''].join('\r\n'))];
  const alone = await imported(files, 1);
  expect(await imported(files, 3)).toEqual(alone);
});

test('a problem in the middle of a file read by several threads is reported with its line, and nothing is stored', async () => {
  const site = await emptySite();
  const lines = Array.from({ length: 700 }, (_, n) => (n === 333 ? '{"title": ""}' : article(n)));
  const place = await file(await temporaryFolder(), 'a.ndjson', lines.join('\n'));
  await expect(importFiles(site.context, [place], { threads: 2 })).rejects.toThrow(`${place}:334: title: A title is required.\nNothing was imported.`);
  expect(await site.context.db.reader.selectFrom('article').select('id').execute()).toEqual([]);
});

test('an interrupted import continues where it stopped, even within a batch', async () => {
  const site = await emptySite();
  const folder = await temporaryFolder();
  const lines = Array.from({ length: 250 }, (_, n) => article(n));
  await importFiles(site.context, [await file(folder, 'part.ndjson', lines.slice(0, 140).join('\n'))], { threads: 2 });
  expect(await importFiles(site.context, [await file(folder, 'whole.ndjson', lines.join('\n'))], { threads: 2 })).toEqual({ added: 110, known: 140, plain: [], report: [] });
});

test('an article that takes too long to render is stored in plain paragraphs and reported; the others are rendered', { timeout: 120_000 }, async () => {
  lowerCpuLimit();
  const site = await emptySite();
  const slow = endlessBody(7);
  const slowOnes = shortOrLong([1], [1, 3]);
  const lines = Array.from({ length: 5 }, (_, n) => (slowOnes.includes(n) ? JSON.stringify({ title: `Slow ${n}`, body: `${slow}\n\n*End*` }) : JSON.stringify({ title: `Article ${n}`, body: '*Text*' })));
  const place = await file(await temporaryFolder(), 'a.ndjson', lines.join('\n'));
  expect(await importFiles(site.context, [place])).toEqual({ added: 5, known: 0, plain: slowOnes.map((n) => `${place}:${n + 1}`), report: [] });
  const bodies = await site.context.db.reader.selectFrom('article').select('body_html').orderBy('id').execute();
  expect(bodies.map((row) => row.body_html)).toEqual(lines.map((_, n) => (slowOnes.includes(n) ? expect.stringMatching(/^<p>- a<\/p>[^]*<p>\*End\*<\/p>$/) : '<p><em>Text</em></p>')));
});

test('a thread that exits or fails rejects pending and later requests with a one-line message', async () => {
  const { context } = await emptySite();
  const settings = await loadSettings(context.db);
  const site = { settings, options: markdownOptions(context, settings) };
  const folder = await temporaryFolder();
  const line = (reason: string) => `An import thread failed: ${reason}. The articles imported before that are stored. Run the import again to add the rest.`;
  for (const [script, reason] of [["process.exit(3)", 'it exited with code 3'], ["throw new Error('no memory')", 'no memory']]) {
    const readers = readInThreads(site, 1, pathToFileURL(await file(folder, `${reason}.mjs`, `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { ${script} });`)));
    await expect(readers.read('check', [])).rejects.toThrow(line(reason ?? ''));
    await pause(10);
    await expect(readers.read('check', [])).rejects.toThrow(line(reason ?? ''));
    await readers.close();
  }
});

test('files are split at line ends, by articles and by bytes, into chunks that know their first line', async () => {
  const folder = await temporaryFolder();
  const files = [await file(folder, 'a.ndjson', '{"n":1}\n\n{"n":3}\n{"n":4}\n'), await file(folder, 'b.ndjson', `{"n":"${'x'.repeat(100)}"}\n{"n":2}`)];
  const chunks: [name: string, line: number, lines: number[]][][] = [];
  for await (const batch of readBatches(files, { articles: 3, bytes: 60 })) chunks.push(batch.map((chunk) => [chunk.file.slice(-8), chunk.line, linesOf(chunk)]));
  expect(chunks).toEqual([[['a.ndjson', 1, [1, 3]]], [['a.ndjson', 4, [4]], ['b.ndjson', 1, [1]]], [['b.ndjson', 2, [2]]]]);
});

function linesOf(chunk: Chunk): number[] {
  return [...readRecords(chunk)].map(({ line }) => line);
}
