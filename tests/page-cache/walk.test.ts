import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { parsePeriod, periodOf } from '../../src/content/dates/periods.ts';
import { PageCache } from '../../src/page-cache/page-cache.ts';
import { followChanges } from '../../src/storage/database/changes.ts';
import { loadSettings } from '../../src/storage/site/settings.ts';
import { EditorialWalk, type Step } from '../support/editorial-walk.ts';
import { shortOrLong, isLong } from '../support/long.ts';
import { storePicture } from '../support/pictures.ts';
import { onPostgres } from '../support/postgres.ts';
import { killAfterTest } from '../support/program.ts';
import { putInStoryline, relate } from '../support/storylines.ts';
import { addArticle, addressOf, emptySite, now, type TestSite } from '../support/test-site.ts';

// Other walks: WALK_SEED=7 WALK_STEPS=2000
const seed = Number(process.env['WALK_SEED'] ?? 20_250_323);
const allSteps = Number(process.env['WALK_STEPS'] ?? shortOrLong(onPostgres ? 25 : 40, 150));
const environment = { SITE_URL: 'http://127.0.0.1' };

const agent = new Agent({ keepAlive: true });

/** Serves the application that `app` returns, which may change between requests. */
async function serve(app: () => RequestListener): Promise<string> {
  const server = createServer((request, response) => app()(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Takes a third of the CPU time of `fetch`. */
async function get(url: string): Promise<{ answer: unknown[]; lastModified: number }> {
  const [response]: IncomingMessage[] = await once(request(url, { agent, headers: { 'accept-encoding': 'identity' } }).end(), 'response');
  if (!response) throw new Error(`${url} did not respond`);
  const { statusCode, headers } = response;
  return {
    answer: [statusCode, headers.location, headers['content-type'], headers.etag, headers['cache-control'], await text(response)],
    lastModified: Date.parse(headers['last-modified'] ?? ''),
  };
}

/** Addresses of all kinds of pages: current, former and missing ones. */
async function addresses({ context }: TestSite): Promise<string[]> {
  const { reader } = context.db;
  const { zone, language } = await loadSettings(context.db);
  const slugs = async (kind: 'article' | 'theme' | 'author' | 'topic') => {
    const present = await reader.selectFrom(kind).select('slug').orderBy('id').execute();
    const old = await reader.selectFrom('old_slug').select('slug').where('kind', '=', kind).orderBy('slug').execute();
    return [...new Set([...present, ...old].flatMap(({ slug }) => slug ?? []))];
  };
  const [articles, themes, authors, topics] = [await slugs('article'), await slugs('theme'), await slugs('author'), await slugs('topic')];
  const storylines = await reader.selectFrom('storyline').select('id').orderBy('id').execute();
  const times = await reader.selectFrom('article').select('published_at').where('published_at', 'is not', null).execute();
  const periods = (unit: 'year' | 'month' | 'day') => [...new Set(times.map((row) => periodOf(row.published_at ?? 0, unit, { zone, language }).date))].filter((date) => parsePeriod(date, zone));
  return [
    '/', '/archive', '/rss.xml', '/atom.xml', '/feed.json', '/sitemap.xml', '/sitemaps/pages.xml', '/news-sitemap.xml', '/robots.txt', '/manifest.webmanifest', '/opensearch.xml',
    '/search', '/search?q=lighthouse', '/search?q=storm+harbour&sort=newest', '/search?q=museum&theme=world', '/about', '/us', '/contact', '/policies/corrections', '/policies/privacy', '/corrections', '/corrections?before=2', '/corrections/rss.xml', '/nothing', '/articles/nothing', '/themes/nothing', '/themes', '/themes?after=food', '/themes/science', '/themes/law-and-order', '/authors/cem-example', '/topics/money', '/storylines/99', '/sitemaps/storylines-1.xml',
    ...articles.map((slug) => `/articles/${slug}`),
    ...articles.slice(0, 20).map((slug) => `/articles/${slug}/history`),
    ...themes.flatMap((slug) => [`/themes/${slug}`, `/themes/${slug}/rss.xml`]),
    ...authors.flatMap((slug) => [`/authors/${slug}`, `/authors/${slug}/feed.json`, `/authors/${slug}/rss.xml`]),
    ...topics.map((slug) => `/topics/${slug}`),
    ...storylines.flatMap(({ id }) => [`/storylines/${id}`, `/storylines/${id}/atom.xml`]),
    ...periods('year').map((date) => `/archive/${date}`),
    ...periods('month').flatMap((date) => [`/archive/${date.replace('-', '/')}`, `/sitemaps/${date}.xml`]),
    ...periods('day').slice(-5).map((date) => `/archive/${date.replaceAll('-', '/')}`),
  ];
}

/** Makes storylines within and across themes, with more articles than pages list, and related articles that are and are not published. */
async function addStorylines(site: TestSite): Promise<void> {
  const articles = await site.context.db.reader.selectFrom('article').select('id').orderBy('id').execute();
  const scheduled = await addArticle(site, { theme: 'Sport', title: 'Scheduled', publishedAt: now + 90 * 60_000 });
  const story: { id: number }[] = [];
  for (let n = 1; n <= 12; n += 1) story.push(await addArticle(site, { theme: 'Sport', title: `Match ${n}`, publishedAt: now - (40 - n) * 60_000 }));
  await putInStoryline(site, 1, [...articles.slice(0, 4), scheduled]);
  await putInStoryline(site, 2, [...articles.slice(4, 6), ...story]);
  await putInStoryline(site, 3, articles.slice(6, 7), 'The storm');
  for (const article of [...articles, ...story]) await relate(site, article, [scheduled, ...articles.slice(2, 10)]);
}

/**
 * Takes the steps of a walk, and after each step compares every page that is still cached with a fresh render.
 *
 * @param others further servers of the site, whose responses are all compared too
 */
async function walk(site: TestSite, steps: number, step: () => Promise<Step>, others: string[] = []): Promise<void> {
  for (const theme of ['World', 'Sport', 'Culture']) {
    const picture = await storePicture(site, { width: 640, height: 400 });
    for (const hours of [1, 30, 500]) await addArticle(site, { theme, title: `${theme} ${hours}`, picture: hours === 30 ? null : picture, body: `A lighthouse in a storm.\n\n![](picture:${picture})`, authors: ['Ada Example'], topics: ['Coast'], publishedAt: now - hours * 3_600_000 });
  }
  // More themes than the navigation shows.
  for (const [index, theme] of ['Money', 'Travel', 'Food', 'Health', 'Law', 'Arts', 'Books'].entries()) await addArticle(site, { theme, title: `${theme} news`, publishedAt: now - (2 + index) * 3_600_000 });
  await addStorylines(site);
  const { context } = site;
  let fresh = createApp(context);
  const [keptUrl, freshUrl] = [addressOf(site), await serve(() => fresh)];
  const done: Record<string, number> = {};
  let compared = 0;
  // Fills the caches; each step requests all pages again.
  for (const path of await addresses(site)) for (const url of [keptUrl, ...others]) await get(url + path);
  for (let count = 1; count <= steps; count += 1) {
    const { action, isDone } = await step();
    done[action] = (done[action] ?? 0) + (isDone ? 1 : 0);
    fresh = createApp({ ...context, pages: new PageCache(await followChanges(context.db), 0) });
    for (const path of await addresses(site)) {
      const before = context.pages.counts.hits;
      const answers = [await get(keptUrl + path)];
      if (context.pages.counts.hits > before) compared += 1;
      else if (others.length === 0) continue;
      const making = get(freshUrl + path);
      answers.push(...(await Promise.all(others.map(async (url) => get(url + path)))));
      const made = await making;
      for (const { answer, lastModified } of answers) {
        expect(answer, `${path} after step ${count}, ${action}, of seed ${seed}`).toEqual(made.answer);
        // The cached page may be older, because nothing that it shows has changed since.
        if (Number.isFinite(made.lastModified)) expect(lastModified, path).toBeLessThanOrEqual(made.lastModified);
      }
    }
  }
  if (isLong) expect(Object.entries(done).filter(([, times]) => times === 0)).toEqual([]);
  expect(Object.keys(done).length).toBeGreaterThan(Math.min(20, steps / 2));
  expect(compared).toBeGreaterThan(steps * 10);
}

// The test below covers this too.
test.runIf(isLong && !onPostgres)('after each of many random editorial actions every cached page equals a fresh render', { timeout: 600_000 }, async () => {
  const site = await emptySite(environment);
  const editorial = new EditorialWalk(site, seed);
  await walk(site, allSteps, async () => editorial.step());
});

test('cached pages equal a fresh render while another process serves the site too and does the writing', { timeout: 600_000 }, async () => {
  const site = await emptySite(environment);
  const other = fork(fileURLToPath(new URL('../support/walking-process.ts', import.meta.url)), [JSON.stringify(site.environment), String(seed + 1), String(now)]);
  killAfterTest(other);
  const [{ url }] = await once(other, 'message');
  let foundByOther = 0;
  // Each step makes three requests instead of two.
  const steps = Math.ceil(allSteps * shortOrLong(0.4, 0.7));
  await walk(site, steps, async () => {
    other.send('step');
    const [{ action, isDone, now: time, found }] = await once(other, 'message');
    site.time.now = time;
    foundByOther = found;
    // PostgreSQL's notification arrives a little later.
    if (onPostgres) await delay(100);
    return { action, isDone };
  }, [url]);
  expect(foundByOther).toBeGreaterThan(steps * 10);
});
