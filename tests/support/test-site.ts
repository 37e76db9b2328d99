import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import { loadSample } from '../../src/cli/sample.ts';
import { readConfig } from '../../src/config.ts';
import type { ArticleInput } from '../../src/content/articles/article.ts';
import { renderBody } from '../../src/content/markdown/body-renderer.ts';
import { createContext, publicFolder, type Context } from '../../src/context.ts';
import { Imaging } from '../../src/imaging/imaging.ts';
import { markdownOptions } from '../../src/rendering/markdown-options.ts';
import { Renderer } from '../../src/rendering/renderer.ts';
import { addArticles } from '../../src/storage/articles/add-articles.ts';
import { loadSettings } from '../../src/storage/site/settings.ts';
import { loadAssets } from '../../src/web/assets.ts';
import { copySampleDatabase, databaseOf, onPostgres } from './postgres.ts';

/** The time of the tests' sites, unless a test changes it: an hour after the seed article. */
export const now = Date.parse('2025-03-23T18:55:14+02:00');

/** A site in a temporary folder, with a clock that the test controls. */
export interface TestSite {
  context: Context;
  /** Listens on a port until the context is closed. */
  app: Server;
  folder: string;
  environment: Record<string, string>;
  time: { now: number };
}

/** Creates a folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens an empty site, which is closed and removed after the test. */
export async function emptySite(environment: Record<string, string> = {}, parts: Partial<Pick<Context, 'imaging' | 'languages'>> = {}): Promise<TestSite> {
  const folder = await temporaryFolder();
  await copyEmpty(folder);
  const site = await openSite(folder, environment, parts);
  onTestFinished(() => site.context.close());
  return site;
}

/** Opens a site with the sample, which is closed and removed after the test. */
export async function sampleSite(environment: Record<string, string> = {}): Promise<TestSite> {
  const folder = await temporaryFolder();
  await copySample(folder);
  const site = await openSite(folder, environment);
  onTestFinished(() => site.context.close());
  return site;
}

/**
 * Returns a function that opens a site in which `make` has made something: on SQLite, a copy of the one site in which it
 * was made, because that takes longer than a test. What `make` returns must not depend on its site.
 */
export function copiesOf<Made>(make: (site: TestSite) => Promise<Made>): () => Promise<{ site: TestSite; made: Made }> {
  let source: Promise<{ bytes: Buffer; made: Made; now: number }> | undefined;
  const makeSource = async () => {
    const site = await emptySite();
    const made = await make(site);
    const file = path.join(site.folder, 'copy.db');
    await sql.raw(`vacuum into '${file}'`).execute(site.context.db.writer);
    return { bytes: await readFile(file), made, now: site.time.now };
  };
  return async () => {
    if (onPostgres) {
      const site = await emptySite();
      return { site, made: await make(site) };
    }
    source ??= makeSource();
    const { bytes, made, now: time } = await source;
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'broadsheet.db'), bytes);
    const site = await openSite(folder);
    onTestFinished(() => site.context.close());
    site.time.now = time;
    return { site, made };
  };
}

let empty: Promise<Buffer> | undefined;

/** Copies the SQLite database of an empty site, which is created once per process, to a folder, because migrating takes longer than opening. */
async function copyEmpty(folder: string): Promise<void> {
  if (onPostgres) return;
  empty ??= openSite(folder).then(async ({ context }) => {
    await context.close();
    return readFile(path.join(folder, 'broadsheet.db'));
  });
  await writeFile(path.join(folder, 'broadsheet.db'), await empty);
}

let sample: Promise<Buffer> | undefined;

/** Copies the database of a site with the sample, which is created once per process, to a folder. */
async function copySample(folder: string): Promise<void> {
  if (onPostgres) return copySampleDatabase(folder, makeSample);
  sample ??= makeSample(folder).then(() => readFile(path.join(folder, 'broadsheet.db')));
  await writeFile(path.join(folder, 'broadsheet.db'), await sample);
}

async function makeSample(folder: string): Promise<void> {
  const { context } = await openSite(folder);
  await loadSample(context);
  await context.close();
}

/** One renderer for all sites of a process, because starting a thread takes longer than most tests. */
class SharedRenderer extends Renderer {
  override async close(): Promise<void> {}
}

const renderer = new SharedRenderer();

/** Shared for the same reason. */
class SharedImaging extends Imaging {
  override async close(): Promise<void> {}
}

const imaging = new SharedImaging();

const assets = loadAssets(publicFolder);

/** Opens the site in a folder. The caller closes its context. */
export async function openSite(folder: string, environment: Record<string, string> = {}, parts: Partial<Pick<Context, 'imaging' | 'languages'>> = {}): Promise<TestSite> {
  const time = { now };
  const settings = { DATA_DIR: folder, LOG_LEVEL: 'silent', SITE_URL: 'https://news.example', ...(await databaseOf(folder)), ...environment };
  const context = await createContext(readConfig(settings), { assets: await assets, clock: () => time.now, renderer, imaging, ...parts });
  return { context, app: await serve(context), folder, environment: settings, time };
}

/** One port for all requests: supertest would open and close one for each request, which takes as long as most responses. */
async function serve(context: Context): Promise<Server> {
  const server = createServer(createApp(context)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { close } = context;
  context.close = async () => {
    server.close();
    server.closeAllConnections();
    await close();
  };
  return server;
}

/** Queries the site's database. */
export async function stored({ context }: Pick<TestSite, 'context'>, query: string): Promise<Record<string, unknown>[]> {
  return (await sql.raw<Record<string, unknown>>(query).execute(context.db.reader)).rows;
}

/** The contents of all tables as JSON. */
export async function dumpDatabase(site: Pick<TestSite, 'context'>): Promise<string> {
  const tables = await site.context.db.reader.introspection.getTables();
  const names = tables.filter(({ isView }) => !isView).map(({ name }) => name).toSorted();
  const contents: unknown[] = [];
  for (const name of names) contents.push([name, await stored(site, `select * from "${name}"`)]);
  return JSON.stringify(contents);
}

/** The address at which a site listens. */
export function addressOf({ app }: Pick<TestSite, 'app'>): string {
  return `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
}

/** An empty site that is served until the test ends. Commands, which run in another process, can change it meanwhile. */
export async function serveEmptySite(): Promise<{ folder: string; url: string }> {
  const site = await emptySite();
  return { folder: site.folder, url: addressOf(site) };
}

let count = 0;

/** Stores an article, by default a minimal one that was published an hour ago. */
export async function addArticle({ context }: TestSite, article: Partial<ArticleInput> = {}): Promise<{ id: number; slug: string }> {
  count += 1;
  const settings = await loadSettings(context.db);
  const whole: ArticleInput = {
    title: `Article ${count}`,
    standfirst: '',
    summary: '',
    picture: null,
    pictureAlt: '',
    pictureCaption: '',
    body: '',
    theme: 'World',
    topics: [],
    authors: [],
    publishedAt: now - 3_600_000,
    updatedAt: null,
    slug: null,
    language: null,
    ...article,
  };
  const uid = randomUUID();
  await addArticles(context.db, [{ ...whole, uid, language: whole.language ?? settings.language, rendered: renderBody(whole.body, markdownOptions(context, settings)), importKey: null }], context.clock());
  const { id, slug } = await context.db.reader.selectFrom('article').select(['id', 'slug']).where('uid', '=', uid).executeTakeFirstOrThrow();
  return { id, slug: slug ?? '' };
}
