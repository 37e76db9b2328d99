import { brotliDecompressSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import request from 'supertest';
import { expect, test } from 'vitest';
import { seedArticle } from '../support/seed.ts';
import { addArticle, addressOf, emptySite, now, sampleSite, type TestSite } from '../support/test-site.ts';

/** Requests a path unchanged, without the normalisation of URL parsers. Returns the status and the Location. */
async function rawGet(site: TestSite, path: string): Promise<[status: number | undefined, location: string | undefined]> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(addressOf(site));
    httpRequest({ hostname, port, path }, (response) => {
      response.resume();
      resolve([response.statusCode, response.headers.location]);
    }).on('error', reject).end();
  });
}

test('other spellings of a path redirect to the canonical one, with the query', async () => {
  const site = await sampleSite();
  expect(await rawGet(site, '/about/')).toEqual([301, '/about']);
  expect(await rawGet(site, '/ABOUT?X=Y')).toEqual([301, '/about?X=Y']);
  expect(await rawGet(site, '/Themes//World/?before=1')).toEqual([301, '/themes/world?before=1']);
  expect(await rawGet(site, '/?x=y')).toEqual([200, undefined]);
});

test('no address of the site redirects to another host', async () => {
  const site = await sampleSite();
  for (const path of ['//evil.example', '//evil.example/', '///evil.example/%2f..', '/\\evil.example', '/\\/evil.example/', '//EVIL.example/a', '/%2f%2fevil.example/', '/%5cevil.example/']) {
    const [, location = '/'] = await rawGet(site, path);
    expect(location, path).toMatch(/^\/(?![/\\])/);
    expect(new URL(location, 'https://news.example').host, path).toBe('news.example');
  }
});

test('malformed addresses get a page with status 400 or 404, never a server error', async () => {
  const site = await sampleSite();
  expect((await rawGet(site, '/articles/%E0%A4%A'))[0]).toBe(400);
  for (const path of ['/%', '/%00', '/articles/%00', '/articles/..%2f..%2fetc', `/${'a'.repeat(5000)}`, '/articles/%F0%9F%A6%8A', '/constructor', '/__proto__', '/articles/__proto__']) expect([400, 404], path).toContain((await rawGet(site, path))[0]);
});

test('a request with headers that are too long gets a 431', async () => {
  const site = await sampleSite();
  expect((await rawGet(site, `/search?q=${'x'.repeat(20_000)}`))[0]).toBe(431);
});

test('HEAD answers like GET, without a body', async () => {
  const { app } = await sampleSite();
  const get = await request(app).get(seedArticle.path).set('Accept-Encoding', 'identity');
  const head = await request(app).head(seedArticle.path).set('Accept-Encoding', 'identity');
  expect(head.status).toBe(200);
  expect(head.text).toBeUndefined();
  expect(head.headers['content-length']).toBe(String(Buffer.byteLength(get.text)));
  expect(head.headers['etag']).toBe(get.headers['etag']);
});

test('an unchanged page answers 304, by its ETag or its date', async () => {
  const site = await sampleSite();
  site.time.now += 10_000;
  const { headers } = await request(site.app).get(seedArticle.path);
  expect(headers['cache-control']).toBe('public, max-age=0');
  expect(headers['etag']).toMatch(/^W\//);
  expect((await request(site.app).get(seedArticle.path).set('If-None-Match', headers['etag'] ?? '')).status).toBe(304);
  expect((await request(site.app).get(seedArticle.path).set('If-Modified-Since', headers['last-modified'] ?? '')).status).toBe(304);
});

test('a changed page answers 200, by its ETag or its date', async () => {
  const site = await sampleSite();
  site.time.now += 10_000;
  const { headers } = await request(site.app).get(seedArticle.path);
  await addArticle(site, { title: 'Newest', publishedAt: site.time.now });
  site.time.now += 10_000;
  expect((await request(site.app).get(seedArticle.path).set('If-None-Match', headers['etag'] ?? '')).status).toBe(200);
  expect((await request(site.app).get(seedArticle.path).set('If-Modified-Since', headers['last-modified'] ?? '')).status).toBe(200);
});

test('pages that change with time alone never answer 304 by date', async () => {
  const site = await emptySite();
  await addArticle(site, { publishedAt: now - 10_000 });
  site.time.now = now + 10_000;
  for (const path of ['/', '/news-sitemap.xml']) {
    const { headers } = await request(site.app).get(path);
    expect(headers['last-modified']).toBeUndefined();
    expect((await request(site.app).get(path).set('If-Modified-Since', new Date(now + 86_400_000).toUTCString())).status).toBe(200);
  }
});

test('a 304 has the same Vary header as the full response', async () => {
  const site = await sampleSite();
  const { headers } = await request(site.app).get(seedArticle.path);
  const unchanged = await request(site.app).get(seedArticle.path).set('If-None-Match', headers['etag'] ?? '');
  expect([unchanged.status, unchanged.headers['vary']]).toEqual([304, 'Accept-Encoding']);
});

test('an absolute URL in the request line, as proxies send it, is accepted', async () => {
  const site = await sampleSite();
  expect(await rawGet(site, 'http://other.example/about')).toEqual([200, undefined]);
  expect(await rawGet(site, 'http://other.example/About/?x=1')).toEqual([301, '/about?x=1']);
});

test('a page that changed within the last two seconds has no Last-Modified', async () => {
  const site = await emptySite();
  site.time.now = now + 10_000;
  await addArticle(site, { publishedAt: now + 9000 });
  expect((await request(site.app).get('/themes/world')).headers['last-modified']).toBeUndefined();
  site.time.now = now + 13_000;
  expect((await request(site.app).get('/themes/world')).headers['last-modified']).toBe(new Date(now + 10_000).toUTCString());
});

test('pages are compressed with Brotli or gzip if the client accepts it', async () => {
  const site = await sampleSite();
  const url = addressOf(site);
  const answer = await fetch(url + seedArticle.path, { headers: { 'Accept-Encoding': 'br' } });
  expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual(['br', 'Accept-Encoding']);
  const raw = await new Promise<Buffer>((resolve, reject) => {
    httpRequest(url + seedArticle.path, { headers: { 'Accept-Encoding': 'br' } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
    }).on('error', reject).end();
  });
  expect(brotliDecompressSync(raw).toString()).toContain(seedArticle.title);
  expect((await request(site.app).get(seedArticle.path).set('Accept-Encoding', 'gzip')).headers['content-encoding']).toBe('gzip');
});

test('the article page with its style sheet and script takes three requests and at most 14 KB', async () => {
  const site = await sampleSite();
  const url = addressOf(site);
  const size = async (path: string) => {
    let bytes = 0;
    await new Promise<void>((resolve, reject) => {
      httpRequest(url + path, { headers: { 'Accept-Encoding': 'br' } }, (response) => {
        response.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('end', resolve);
      }).on('error', reject).end();
    });
    return bytes;
  };
  const html = await (await fetch(url + seedArticle.path)).text();
  const parts = [...html.matchAll(/<(?:link rel="stylesheet"|script type="module")[^>]* (?:href|src)="([^"]+)"/g)].map(([, path]) => path ?? '');
  expect(parts).toHaveLength(2);
  const sizes = await Promise.all([seedArticle.path, ...parts].map(size));
  expect(sizes.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(14 * 1024);
});

test('other methods answer 405 with the allowed ones, and 404 if there is no such page', async () => {
  const { app } = await sampleSite();
  const style = /href="(\/assets\/[^"]+\.css)"/.exec((await request(app).get('/')).text)?.[1] ?? '';
  for (const path of ['/', seedArticle.path, '/about', '/rss.xml', '/search', '/archive/2025', '/health', '/icons/icon.svg', '/favicon.ico', style]) {
    for (const method of ['post', 'put', 'delete', 'patch'] as const) {
      const { status, headers } = await request(app)[method](path);
      expect([status, headers['allow']], `${method} ${path}`).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
    const options = await request(app).options(path);
    expect([options.status, options.headers['allow']]).toEqual([204, 'GET, HEAD, OPTIONS']);
  }
  expect((await request(app).post('/nothing')).status).toBe(404);
  expect((await request(app).post('/articles/nothing')).status).toBe(404);
});

test('responses have security headers, set no cookie and don’t name the program', async () => {
  const { app } = await sampleSite();
  for (const path of ['/', seedArticle.path, '/nothing', '/rss.xml', '/search?q=x']) {
    const { headers } = await request(app).get(path);
    expect(headers['content-security-policy']).toBe("default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none';upgrade-insecure-requests");
    expect(headers['strict-transport-security']).toMatch(/^max-age=31536000/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  }
});

test('a site on plain HTTP has no headers that require HTTPS', async () => {
  const { app } = await emptySite({ SITE_URL: 'http://192.168.1.10:3000' });
  const { headers } = await request(app).get('/');
  expect(headers['strict-transport-security']).toBeUndefined();
  expect(headers['content-security-policy']).not.toContain('upgrade');
  expect(headers['cross-origin-opener-policy']).toBeUndefined();
});

test('absolute URLs come from SITE_URL and never from the Host header', async () => {
  const { app } = await sampleSite();
  for (const path of [seedArticle.path, '/rss.xml', '/sitemap.xml', '/robots.txt', '/opensearch.xml', '/feed.json']) {
    const answer = await request(app).get(path).set('Host', 'evil.example').set('X-Forwarded-Host', 'evil.example').buffer(true);
    expect(answer.text ?? JSON.stringify(answer.body), path).not.toContain('evil.example');
  }
});

test('fingerprinted files are immutable, icons are cached for a day, and unknown files are not found', async () => {
  const { app } = await sampleSite();
  const { text: html } = await request(app).get('/');
  const style = /href="(\/assets\/[^"]+\.css)"/.exec(html)?.[1] ?? '';
  const { status, headers } = await request(app).get(style);
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'text/css; charset=utf-8', 'public, max-age=31536000, immutable']);
  expect((await request(app).get('/icons/icon.svg')).headers['cache-control']).toBe('public, max-age=86400');
  expect((await request(app).get('/favicon.ico')).status).toBe(200);
  for (const name of ['reader-0.css', 'other-000000000000.css', 'reader-000000000000.map', 'a/reader-000000000000.css']) expect((await request(app).get(`/assets/${name}`)).status, name).toBe(404);
  expect((await request(app).get('/icons/..%2ftokens.css')).status).toBe(404);
});

test('a style sheet or script of another version redirects to the one of this version, and the redirect is not cached', async () => {
  const { app, context } = await sampleSite({ CDN_PURGE_URL: 'http://127.0.0.1:9/purge' });
  for (const { name } of Object.values(context.assets)) {
    const other = name.replace(/[0-9a-f]{12}/, '000000000000');
    const { status, headers } = await request(app).get(`/assets/${other}`);
    expect([status, headers['location'], headers['cache-control'], headers['cdn-cache-control']]).toEqual([307, `/assets/${name}`, 'no-store', undefined]);
  }
});
