import { expect, onTestFinished, test, vi } from 'vitest';
import { changeSlug } from '../../src/storage/named/slugs.ts';
import { freePort } from '../support/ports.ts';
import { addArticle, addressOf, openSite, temporaryFolder } from '../support/test-site.ts';
import { hasVarnish, startVarnish } from '../support/varnish.ts';

/** A site that runs on the real clock, with a real Varnish in front. */
async function siteBehindVarnish() {
  const folder = await temporaryFolder();
  const port = await freePort();
  const site = await openSite(folder, { CDN_PURGE_URL: `http://127.0.0.1:${port}/purge` });
  Object.defineProperty(site.time, 'now', { get: Date.now });
  onTestFinished(async () => {
    await site.context.purger?.stop();
    await site.context.close();
  });
  const url = await startVarnish(port, Number(new URL(addressOf(site)).port));
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url + path, { headers, redirect: 'manual' });
    return { status: answer.status, cache: answer.headers.get('x-cache'), tags: answer.headers.get('surrogate-key'), body: await answer.text() };
  };
  /** Sends requests until Varnish answers from its cache. */
  const keep = async (path: string) => vi.waitFor(async () => expect((await get(path)).cache).toBe('hit'));
  return { site, url, get, keep };
}

test.skipIf(!hasVarnish)('Varnish caches pages until what they show changes, and keeps all other pages', { timeout: 60_000 }, async () => {
  const { site, get, keep } = await siteBehindVarnish();
  const [world, sport] = [await addArticle(site, { title: 'Sea', theme: 'World' }), await addArticle(site, { title: 'Ball', theme: 'Sport' })];
  site.context.purger?.start();
  // The first purge is of all pages.
  await vi.waitFor(async () => expect(await site.context.db.reader.selectFrom('purge').where('change_id', '>', 0).selectAll().execute()).toHaveLength(1));
  for (const path of [`/articles/${world.slug}`, `/articles/${sport.slug}`, '/']) await keep(path);
  expect((await get('/', { cookie: 'a=b' })).cache).toBe('hit');
  expect((await get('/')).tags).toBeNull();

  await changeSlug(site.context.db, 'article', world.id, 'the-sea', Date.now());
  await vi.waitFor(async () => expect((await get(`/articles/${world.slug}`)).status).toBe(301));
  expect((await get('/')).body).toContain('/articles/the-sea');
  expect((await get(`/articles/${sport.slug}`)).cache).toBe('hit');
});

test.skipIf(!hasVarnish)('a scheduled article appears through Varnish at its time, although nothing is purged then', { timeout: 60_000 }, async () => {
  const { site, get, keep } = await siteBehindVarnish();
  await addArticle(site, { theme: 'World' });
  const at = Math.ceil(Date.now() / 1000) * 1000 + 4000;
  await addArticle(site, { title: 'Later', theme: 'World', publishedAt: at });
  await keep('/themes/world');
  for (;;) {
    const { body } = await get('/themes/world');
    if (Date.now() >= at) break;
    expect(body.includes('Later')).toBe(false);
  }
  expect((await get('/themes/world')).body).toContain('Later');
});

test.skipIf(!hasVarnish)('only whole tags are purged, and newsroom requests bypass the cache', { timeout: 60_000 }, async () => {
  const { site, url, get, keep } = await siteBehindVarnish();
  const articles = [];
  for (let count = 1; count <= 12; count += 1) articles.push(await addArticle(site, { theme: `Theme ${count}` }));
  for (const id of [1, 12]) await keep(`/articles/${articles[id - 1]?.slug}`);
  const purge = async (tags: string) => (await fetch(`${url}/purge`, { method: 'POST', headers: { 'surrogate-key': tags } })).status;
  expect([await purge('article:1'), await purge(''), await purge('.*')]).toEqual([200, 400, 400]);
  expect((await get(`/articles/${articles[11]?.slug}`)).cache).toBe('hit');
  expect((await get(`/articles/${articles[0]?.slug}`)).cache).toBe('miss');
  for (let time = 0; time < 2; time += 1) expect((await get('/admin/sign-in')).cache).toBe('miss');
});
