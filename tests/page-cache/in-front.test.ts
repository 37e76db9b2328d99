import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { changeSlug } from '../../src/storage/named/slugs.ts';
import { makeEditor, signIn } from '../support/admin.ts';
import { write } from '../support/article-form.ts';
import { onPostgres } from '../support/postgres.ts';
import { prepare, file } from '../support/program.ts';
import { seedArticle } from '../support/seed.ts';
import { addArticle, addressOf, emptySite, now, sampleSite, type TestSite } from '../support/test-site.ts';

interface RawAnswer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Whether the response came from the page cache. */
  isFound: boolean;
}

type Get = (path: string, headers?: Record<string, string>, method?: string) => Promise<RawAnswer>;

/** Sends requests to a site and returns the responses undecoded. */
async function visit(site: TestSite): Promise<Get> {
  const url = addressOf(site);
  return async (path, headers = {}, method = 'GET') => {
    const { counts } = site.context.pages;
    const before = counts.hits;
    const sent = httpRequest(url + path, { method, headers }).end();
    const [response] = await once(sent, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks), isFound: counts.hits > before };
  };
}

test('the second request gets the same bytes and headers as the first', async () => {
  const get = await visit(await sampleSite());
  for (const path of ['/', seedArticle.path, '/rss.xml', '/sitemap.xml', '/robots.txt', '/icons/icon.svg', '/favicon.ico', '/search?q=heathrow', '/articles/nothing']) {
    const [first, second] = [await get(path), await get(path)];
    expect([first.isFound, second.isFound], path).toEqual([false, true]);
    expect({ ...second, headers: { ...second.headers, date: '' }, isFound: false }).toEqual({ ...first, headers: { ...first.headers, date: '' } });
  }
});

test('unknown query parameters don’t change the cache key; known ones do', async () => {
  const get = await visit(await sampleSite());
  await get(seedArticle.path);
  for (const query of ['?', '?utm_source=x', '?before=1', '?q=a&q=b', '?%']) expect((await get(seedArticle.path + query)).isFound, query).toBe(true);
  await get('/search?q=a&sort=newest');
  expect((await get('/search?utm_source=x&sort=newest&q=a')).isFound).toBe(true);
  expect((await get('/search?q=b&sort=newest')).isFound).toBe(false);
});

test('other spellings of an address are not cached separately', async () => {
  const site = await sampleSite();
  const get = await visit(site);
  await get('/about');
  for (const path of ['/%61bout', '/a%62out', '/about/', '/ABOUT', '//about']) expect((await get(path)).isFound, path).toBe(false);
  expect((await get('/%61bout')).isFound).toBe(false);
});

test('request cookies make no difference, and no response sets one', async () => {
  const site = await sampleSite();
  const { email } = await makeEditor(site, { role: 'editor' });
  const { cookie } = await signIn(site, email);
  const get = await visit(site);
  const first = await get('/', { cookie });
  const second = await get('/');
  expect(second.isFound).toBe(true);
  expect(second.body.equals(first.body)).toBe(true);
  expect([first.headers['set-cookie'], second.headers['set-cookie']]).toEqual([undefined, undefined]);
});

test('the newsroom, previews, health and requests other than GET and HEAD are not cached', async () => {
  const site = await sampleSite();
  const { email } = await makeEditor(site, { role: 'editor' });
  const editor = await signIn(site, email);
  await write(editor, 'draft', { title: 'Draft' });
  const answer = await write(editor, 'draft').then(async (id) => editor.post(`/admin/articles/${id}/previews`, { title: 'A preview' }));
  const preview = /\/previews\/[0-9a-f]{64}/.exec(JSON.stringify([answer.headers, answer.text]))?.[0] ?? '';
  const get = await visit(site);
  expect((await get(preview)).status).toBe(200);
  for (const path of ['/admin/sign-in', preview, '/health']) {
    await get(path);
    expect((await get(path)).isFound, path).toBe(false);
  }
  await get('/');
  const posted = await get('/', {}, 'POST');
  expect([posted.status, posted.isFound]).toEqual([405, false]);
});

test('HEAD answers from the same page, without its body', async () => {
  const get = await visit(await sampleSite());
  const whole = await get('/', { 'accept-encoding': 'gzip' });
  const head = await get('/', { 'accept-encoding': 'gzip' }, 'HEAD');
  expect([head.isFound, head.body.length, head.headers['content-length'], head.headers['etag']]).toEqual([true, 0, String(whole.body.length), whole.headers['etag']]);
});

test('all encodings share one ETag, which gives 304 for each', async () => {
  const get = await visit(await sampleSite());
  const answers = [await get('/', { 'accept-encoding': 'br' }), await get('/', { 'accept-encoding': 'gzip' }), await get('/')];
  const etags = new Set(answers.map(({ headers }) => headers['etag']));
  expect(etags.size).toBe(1);
  const [etag = ''] = [...etags];
  expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
  for (const match of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
    const { status, headers, body } = await get('/', { 'if-none-match': match, 'accept-encoding': 'br' });
    expect([status, headers['etag'], headers['vary'], headers['cache-control'], headers['content-length'], body.length], match).toEqual([304, etag, 'Accept-Encoding', 'public, max-age=0', undefined, 0]);
  }
  expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200);
});

test.each([
  [undefined, undefined],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['*;q=0.1, identity', undefined],
  ['identity;q=0.5, br;q=0.4', undefined],
  ['deflate', undefined],
  ['br;q=0, gzip;q=0, identity;q=0', undefined],
  ['GZIP', 'gzip'],
])('Accept-Encoding: %s gets %s', async (accepted, expected) => {
  const get = await visit(await sampleSite());
  const plain = await get('/');
  for (let time = 0; time < 2; time += 1) {
    const { headers, body } = await get('/', accepted === undefined ? {} : { 'accept-encoding': accepted });
    expect([headers['content-encoding'], headers['vary'], headers['content-length']]).toEqual([expected, 'Accept-Encoding', String(body.length)]);
    const text = expected === 'br' ? brotliDecompressSync(body) : expected === 'gzip' ? gunzipSync(body) : body;
    expect(text.equals(plain.body)).toBe(true);
  }
});

test('If-Modified-Since alone gives 304 only for dates at least two seconds old', async () => {
  const site = await emptySite();
  await addArticle(site, { publishedAt: now - 10_000 });
  const get = await visit(site);
  site.time.now = now + 1999;
  expect((await get('/themes/world')).headers['last-modified']).toBeUndefined();
  expect((await get('/themes/world', { 'if-modified-since': new Date(now + 1000).toUTCString() })).status).toBe(200);
  site.time.now = now + 2000;
  const { headers, isFound } = await get('/themes/world');
  expect([isFound, headers['last-modified']]).toEqual([true, new Date(now).toUTCString()]);
  expect((await get('/themes/world', { 'if-modified-since': new Date(now).toUTCString() })).status).toBe(304);
  expect((await get('/themes/world', { 'if-modified-since': new Date(now - 1000).toUTCString() })).status).toBe(200);
});

test('publishing in one theme drops the pages of this theme and keeps those of others', async () => {
  const site = await emptySite();
  const { email } = await makeEditor(site, { role: 'editor' });
  const editor = await signIn(site, email);
  const world = await addArticle(site, { theme: 'World', authors: ['Ada'], publishedAt: now - 10_000 });
  const sport = await addArticle(site, { theme: 'Sport', authors: ['Ben'], publishedAt: now - 20_000 });
  const get = await visit(site);
  const [mine, others] = [
    [`/articles/${world.slug}`, '/themes/world', '/themes/world/rss.xml', '/', '/authors/ada', '/rss.xml', '/search?q=lighthouse', '/articles/lighthouse'],
    [`/articles/${sport.slug}`, '/themes/sport', '/themes/sport/rss.xml', '/authors/ben', '/robots.txt', '/search'],
  ];
  const found = async (paths: string[]) => (await Promise.all(paths.map(async (path) => (await get(path)).isFound ? [path] : []))).flat();
  await found([...mine, ...others]);
  expect(await found([...mine, ...others])).toHaveLength(mine.length + others.length);
  await write(editor, 'publication', { title: 'Lighthouse', theme: 'World', authors: 'Ada' });
  for (const path of mine) expect((await get(path)).isFound, path).toBe(false);
  for (const path of others) expect((await get(path)).isFound, path).toBe(true);
});

test('a change to an article drops the pages that show it, and no others', async () => {
  const site = await emptySite();
  const articles = [];
  for (let count = 0; count < 25; count += 1) articles.push(await addArticle(site, { theme: 'World', publishedAt: now - count * 10_000 }));
  const [newest, second, oldest] = [articles[0], articles[1], articles[24]];
  const get = await visit(site);
  for (const article of [newest, second, oldest]) await get(`/articles/${article?.slug}`);
  await changeSlug(site.context.db, 'article', oldest?.id ?? 0, 'corrected', now);
  expect([(await get(`/articles/${newest?.slug}`)).isFound, (await get(`/articles/${oldest?.slug}`)).isFound]).toEqual([true, false]);
  await changeSlug(site.context.db, 'article', second?.id ?? 0, 'corrected-too', now);
  expect((await get(`/articles/${newest?.slug}`)).isFound).toBe(false);
});

test('a scheduled article appears at its time, and pages of other themes stay cached', async () => {
  const site = await emptySite();
  await addArticle(site, { theme: 'World', publishedAt: now - 10_000 });
  await addArticle(site, { theme: 'Sport', publishedAt: now - 20_000 });
  const get = await visit(site);
  await addArticle(site, { title: 'Later', theme: 'World', publishedAt: now + 60_000 });
  for (const path of ['/themes/world', '/themes/sport', '/articles/later']) await get(path);
  site.time.now = now + 59_999;
  for (const path of ['/themes/world', '/themes/sport', '/articles/later']) expect((await get(path)).isFound, path).toBe(true);
  site.time.now = now + 60_000;
  expect((await get('/themes/sport')).isFound).toBe(true);
  const [theme, article] = [await get('/themes/world'), await get('/articles/later')];
  expect([theme.isFound, theme.body.includes('Later'), article.status]).toEqual([false, true, 200]);
});

/** Waits until the site knows what another process wrote: PostgreSQL's notification arrives a little later. */
async function notified(): Promise<void> {
  if (onPostgres) await delay(100);
}

test('changes made by a command while the site runs show at the next request', async () => {
  const site = await sampleSite();
  const get = await visit(site);
  await get('/themes/world');
  expect((await get('/themes/world')).isFound).toBe(true);
  const articles = await file(site.folder, 'late.ndjson', JSON.stringify({ title: 'Brought in late', body: 'Text.', theme: 'World', publishedAt: '2025-03-23T10:00:00Z' }));
  await prepare(site.folder, ['import', articles], { environment: site.environment });
  await notified();
  const { isFound, body } = await get('/themes/world');
  expect([isFound, body.includes('Brought in late')]).toEqual([false, true]);
  await prepare(site.folder, ['settings', 'set', 'name', 'The Other Paper'], { environment: site.environment });
  await notified();
  expect((await get('/about')).body.toString()).toContain('The Other Paper');
});
