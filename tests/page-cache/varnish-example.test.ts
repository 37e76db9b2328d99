import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { outerCacheControl, tagHeaders } from '../../src/page-cache/outer-caches.ts';
import { freePort } from '../support/ports.ts';
import { hasVarnish, startVarnish } from '../support/varnish.ts';

interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  /** The address to send from: all of 127.0.0.0/8 is this machine. */
  localAddress?: string;
}

const forAnHour = outerCacheControl(Infinity, 0);

/** The Varnish of the README in front of one page. Each response of the backend differs, and contains the request's cookie. */
async function varnishInFrontOf(tags: string[], { cacheControl, cdnCacheControl } = forAnHour) {
  let answers = 0;
  const backend = createServer(({ headers }, response) => {
    answers += 1;
    response.writeHead(200, { 'cache-control': cacheControl, 'cdn-cache-control': cdnCacheControl, ...tagHeaders(tags) }).end(`${answers} ${headers.cookie}`);
  }).listen(0, '127.0.0.1');
  await once(backend, 'listening');
  onTestFinished(() => {
    backend.closeAllConnections();
    backend.close();
  });
  const port = await freePort();
  await startVarnish(port, (backend.address() as AddressInfo).port);
  const send = async (path: string, options: RequestOptions = {}) => {
    const [response] = await once(request({ host: '127.0.0.1', port, path, ...options }).end(), 'response');
    return { status: response.statusCode, headers: response.headers, cache: response.headers['x-cache'], body: await text(response) };
  };
  const purge = async (tags: string[], { headers, ...options }: RequestOptions = {}) => (await send('/purge', { method: 'POST', headers: { 'surrogate-key': tags.join(' '), ...headers }, ...options })).status;
  return { send, purge };
}

const articles = (first: number, count: number) => Array.from({ length: count }, (_, index) => `article:${first + index}`);

describe.skipIf(!hasVarnish)('the Varnish of the README', () => {
  test('finds one of many tags among many', async () => {
    const { send, purge } = await varnishInFrontOf(articles(1_000_000, 200));
    await send('/');
    expect([await purge(articles(2_000_000, 30)), (await send('/')).cache]).toEqual([200, 'hit']);
    expect([await purge([...articles(2_000_000, 29), 'article:1000199']), (await send('/')).cache]).toEqual([200, 'miss']);
    expect([await purge(['all']), (await send('/')).cache]).toEqual([200, 'miss']);
  });

  test('drops no page for a part of its tag', async () => {
    const { send, purge } = await varnishInFrontOf(['article:121']);
    await send('/');
    for (const tag of ['article:12', 'article', 'ticle:12', 'cle:121', '121', ':']) expect([await purge([tag]), (await send('/')).cache], tag).toEqual([200, 'hit']);
  });

  test('accepts purges from its own machine only, and none forwarded by a proxy', async () => {
    const { send, purge } = await varnishInFrontOf(['article:1']);
    await send('/');
    expect(await purge(['all'], { localAddress: '127.0.0.2' })).toBe(403);
    expect(await purge(['all'], { headers: { 'x-forwarded-for': '192.0.2.1' } })).toBe(403);
    expect((await send('/')).cache).toBe('hit');
  });

  test('passes cookies on only to the newsroom, and caches nothing from there', async () => {
    const { send } = await varnishInFrontOf([]);
    const headers = { cookie: 'session=1' };
    expect((await send('/administration', { headers })).body).toMatch(/undefined$/);
    expect((await send('/administration', { headers: { cookie: 'session=2' } })).cache).toBe('hit');
    for (const path of ['/admin', '/admin?all', '/admin/articles/1', '/previews/1', '/health']) {
      await send(path, { headers });
      expect(await send(path, { headers }), path).toMatchObject({ cache: 'miss', body: expect.stringMatching(/session=1$/) });
    }
  });

  test('removes the tags and CDN-Cache-Control from responses', async () => {
    const { send } = await varnishInFrontOf(['article:1']);
    for (const cache of ['miss', 'hit']) {
      const { headers } = await send('/');
      expect([headers['x-cache'], headers['surrogate-key'], headers['cache-tag'], headers['cdn-cache-control'], headers['cache-control']]).toEqual([cache, undefined, undefined, undefined, forAnHour.cacheControl]);
    }
  });

  test('serves no page past its lifetime', async () => {
    const { send } = await varnishInFrontOf([], outerCacheControl(1000, 0));
    const first = await send('/');
    expect((await send('/')).body).toBe(first.body);
    await delay(1100);
    expect((await send('/')).body).not.toBe(first.body);
  });

  test('serves a stale page while revalidating only as long as stale-while-revalidate allows', async () => {
    const { send } = await varnishInFrontOf([], { cacheControl: 'public, max-age=0, s-maxage=1', cdnCacheControl: 'max-age=1, stale-while-revalidate=1' });
    const first = await send('/');
    await delay(1100);
    expect((await send('/')).body).toBe(first.body);
    const second = await vi.waitFor(async () => {
      const { body } = await send('/');
      expect(body).not.toBe(first.body);
      return body;
    });
    await delay(2200);
    expect((await send('/')).body).not.toBe(second);
  });
});
