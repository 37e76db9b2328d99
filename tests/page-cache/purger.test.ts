import pino from 'pino';
import request from 'supertest';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Purger } from '../../src/page-cache/purger.ts';
import { recordChange } from '../../src/storage/database/changes.ts';
import { inTransaction } from '../../src/storage/database/database.ts';
import { findUnpurgedChanges } from '../../src/storage/site/purges.ts';
import { saveSettings } from '../../src/storage/site/settings.ts';
import { purgeTarget } from '../support/purge-target.ts';
import { addArticle, emptySite, now, type TestSite } from '../support/test-site.ts';

function startPurger({ context }: TestSite, url: string, { token = '', version = 'tested' } = {}): Purger {
  const purger = new Purger(context.db, pino({ level: 'silent' }), { url, token, version });
  purger.start();
  onTestFinished(() => purger.stop());
  return purger;
}

const touch = async ({ context: { db } }: TestSite, ...tags: string[]) => inTransaction(db, async (transaction) => recordChange(transaction, tags, now));

test('all pages are purged at first, and then the tags that each change touched, with the token', async () => {
  const site = await emptySite();
  const { url, purges, tags } = await purgeTarget();
  startPurger(site, url, { token: 'secret' });
  await vi.waitFor(() => expect(tags()).toEqual(['all']));
  await touch(site, 'article:7', 'theme:3');
  await vi.waitFor(() => expect(tags()).toEqual(['all', 'article:7', 'theme:3']));
  expect(purges[1]).toMatchObject({ method: 'POST', headers: { 'surrogate-key': 'article:7 theme:3', authorization: 'Bearer secret', 'fastly-key': 'secret' }, body: { tags: ['article:7', 'theme:3'] } });
});

test('a purge that is not accepted is retried until it is', async () => {
  const site = await emptySite();
  const { url, purges } = await purgeTarget([200, 500, 503, 302, 200]);
  startPurger(site, url);
  await vi.waitFor(() => expect(purges).toHaveLength(1));
  await touch(site, 'article:1');
  await vi.waitFor(() => expect(purges).toHaveLength(5), { timeout: 10_000 });
  expect(purges.slice(1).map(({ body }) => body)).toEqual(Array.from({ length: 4 }, () => ({ tags: ['article:1'] })));
  await touch(site, 'article:2');
  await vi.waitFor(() => expect(purges.at(-1)?.body).toEqual({ tags: ['article:2'] }));
});

test('changes made while no process purged are purged after the next start, and no others', async () => {
  const site = await emptySite();
  const { url, tags } = await purgeTarget();
  const first = startPurger(site, url);
  await touch(site, 'article:1');
  await vi.waitFor(async () => expect(await findUnpurgedChanges(site.context.db)).toBeUndefined());
  await first.stop();
  const before = tags().length;
  await touch(site, 'article:2');
  await touch(site, 'article:3');
  startPurger(site, url);
  await vi.waitFor(() => expect(tags().slice(before)).toEqual(['article:2', 'article:3']));
});

test('a purge interrupted by a crash is made by another process once the lease expires', async () => {
  const site = await emptySite();
  const { url, tags } = await purgeTarget();
  await site.context.db.writer.insertInto('purge').values({ id: 1, change_id: 0, claimed_until: Date.now() + 700, version: 'tested' }).execute();
  await touch(site, 'article:1');
  startPurger(site, url);
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  expect(tags()).toEqual([]);
  await vi.waitFor(() => expect(tags()).toEqual(['article:1']), { timeout: 5000 });
});

test('of several processes only one purges', async () => {
  const site = await emptySite();
  const { url, tags } = await purgeTarget();
  await site.context.db.writer.insertInto('purge').values({ id: 1, change_id: 0, claimed_until: 0, version: 'tested' }).execute();
  startPurger(site, url);
  startPurger(site, url);
  for (let id = 1; id <= 5; id += 1) {
    await touch(site, `article:${id}`);
    await vi.waitFor(() => expect(tags()).toContain(`article:${id}`));
  }
  expect(tags()).toHaveLength(5);
});

test('a new version of the program purges all pages once, however many processes it has, and a known version does not', async () => {
  const site = await emptySite();
  const { url, tags } = await purgeTarget();
  await site.context.db.writer.insertInto('purge').values({ id: 1, change_id: 0, claimed_until: 0, version: 'former' }).execute();
  const purgers = [startPurger(site, url, { version: 'new' }), startPurger(site, url, { version: 'new' })];
  await vi.waitFor(() => expect(tags()).toEqual(['all']));
  await touch(site, 'article:1');
  await vi.waitFor(() => expect(tags()).toEqual(['all', 'article:1']));
  await vi.waitFor(async () => expect(await findUnpurgedChanges(site.context.db)).toBeUndefined());
  await Promise.all(purgers.map((purger) => purger.stop()));
  // Due repeats are sent when the purger stops.
  const before = tags().length;
  startPurger(site, url, { version: 'new' });
  await touch(site, 'article:2');
  await vi.waitFor(() => expect(tags().slice(before)).toEqual(['article:2']));
});

test('a process of the old version that still answers after the upgrade purges all pages again when it ends', async () => {
  const site = await emptySite();
  const { url, tags } = await purgeTarget();
  const oldProcess = startPurger(site, url, { version: 'former' });
  await vi.waitFor(() => expect(tags()).toEqual(['all']));
  startPurger(site, url, { version: 'new' });
  await vi.waitFor(() => expect(tags()).toEqual(['all', 'all']));
  await vi.waitFor(async () => expect(await findUnpurgedChanges(site.context.db)).toBeUndefined());
  await oldProcess.stop();
  const before = tags().length;
  await vi.waitFor(() => expect(tags().slice(before)).toEqual(['all']));
});

test('one process at a time retries a purge that is not accepted', async () => {
  const site = await emptySite();
  const { url, purges } = await purgeTarget([500]);
  startPurger(site, url);
  startPurger(site, url);
  const times: number[] = [];
  for (let count = 1; count <= 4; count += 1) {
    await vi.waitFor(() => expect(purges.length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 5 });
    times.push(Date.now());
  }
  expect(purges).toHaveLength(4);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(100);
});

test('more than 300 tags, or changes no longer in the feed, purge all pages; fewer are sent in several requests', async () => {
  const site = await emptySite();
  const { url, purges, tags } = await purgeTarget();
  await touch(site, ...Array.from({ length: 70 }, (_, id) => `article:${id}`));
  await site.context.db.writer.insertInto('purge').values({ id: 1, change_id: 0, claimed_until: 0, version: 'tested' }).execute();
  startPurger(site, url);
  await vi.waitFor(() => expect(purges.map(({ body }) => (body as { tags: string[] }).tags.length)).toEqual([30, 30, 10]));
  await touch(site, ...Array.from({ length: 301 }, (_, id) => `article:${id}`));
  await vi.waitFor(() => expect(tags().at(-1)).toBe('all'));
});

test('without CDN_PURGE_URL, pages have no headers for a CDN', async () => {
  const site = await emptySite();
  await addArticle(site);
  const { headers } = await request(site.app).get('/themes/world');
  expect([headers['cache-control'], headers['surrogate-key'], headers['cache-tag']]).toEqual(['public, max-age=0', undefined, undefined]);
});

test('with CDN_PURGE_URL, pages have tags and lifetimes that count from each response', async () => {
  const site = await emptySite({ CDN_PURGE_URL: 'http://127.0.0.1:9/purge' });
  const { id } = await addArticle(site, { theme: 'World', authors: ['Ada'] });
  await saveSettings(site.context.db, { zone: 'UTC' }, now);
  const get = async (path: string) => (await request(site.app).get(path)).headers;
  const theme = await get('/themes/world');
  const control = (headers: Record<string, string>) => [headers['cache-control'], headers['cdn-cache-control']];
  expect(control(theme)).toEqual(['public, max-age=0, s-maxage=3600', 'max-age=3600, stale-while-revalidate=60, stale-if-error=86400']);
  expect(theme['surrogate-key']).toBe(`all settings static-pages themes names any-corrections theme:1 article:${id}`);
  expect(theme['cache-tag']).toBe(`all,settings,static-pages,themes,names,any-corrections,theme:1,article:${id}`);
  expect((await get('/authors/ada'))['surrogate-key']).toContain('author:1');

  await addArticle(site, { theme: 'World', publishedAt: now + 90_000 });
  expect(control(await get('/themes/world'))).toEqual(['public, max-age=0, s-maxage=90', 'max-age=90, stale-if-error=86400']);
  site.time.now += 60_500;
  expect(control(await get('/themes/world'))).toEqual(['public, max-age=0, s-maxage=29', 'max-age=29, stale-if-error=86400']);
  const unchanged = await request(site.app).get('/themes/world').set('If-None-Match', (await get('/themes/world'))['etag'] ?? '');
  expect([unchanged.status, ...control(unchanged.headers), unchanged.headers['surrogate-key']]).toEqual([304, 'public, max-age=0, s-maxage=29', 'max-age=29, stale-if-error=86400', 'all settings static-pages themes names any-corrections theme:1 article:1']);
  expect((await get('/admin/sign-in'))['surrogate-key']).toBeUndefined();
});
