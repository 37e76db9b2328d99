import { expect, test, vi } from 'vitest';
import { FinishedPage, type PageParts } from '../../src/page-cache/finished-page.ts';
import { PageCache } from '../../src/page-cache/page-cache.ts';
import type { ChangeFeed } from '../../src/storage/database/changes.ts';

const now = 1_000_000;

function page(parts: Partial<PageParts> = {}): FinishedPage {
  return new FinishedPage({ status: 200, headers: {}, body: Buffer.from('page'), shows: [], changesAt: Infinity, ...parts });
}

/** A change feed written by a test. */
class WrittenFeed implements ChangeFeed {
  #written: (Set<string> | undefined)[] = [];

  write(...touched: string[]): void {
    this.#written.push(new Set(touched));
  }

  loseRows(): void {
    this.#written.push(undefined);
  }

  hasMore(): boolean {
    return this.#written.length > 0;
  }

  async read(): Promise<Set<string> | undefined> {
    return this.#written.shift();
  }

  latest(): number {
    return 0;
  }

  knownUntil(): number {
    return Date.now();
  }
}

function cacheOf(size = 1_000_000): { pages: PageCache; feed: WrittenFeed; isCached(key: string): boolean; keep(key: string, parts?: Partial<PageParts>): Promise<FinishedPage> } {
  const feed = new WrittenFeed();
  const pages = new PageCache(feed, size);
  return { pages, feed, isCached: (key) => pages.find(key, now) !== undefined, keep: async (key, parts) => pages.findOrMake(key, now, async () => page(parts)) };
}

test('a page is cached until something that it shows is touched; other pages stay', async () => {
  const { pages, feed, keep, isCached } = cacheOf();
  await keep('/a', { shows: ['article:1', 'theme:1'] });
  await keep('/b', { shows: ['article:2', 'theme:1'] });
  feed.write('article:2', 'author:9');
  expect(pages.isBehind()).toBe(true);
  await pages.catchUp();
  expect([isCached('/a'), isCached('/b'), pages.isBehind()]).toEqual([true, false, false]);
  feed.write('theme:1');
  await pages.catchUp();
  expect(isCached('/a')).toBe(false);
});

test('if unread rows of the change feed are gone, all pages are dropped', async () => {
  const { pages, feed, keep, isCached } = cacheOf();
  await keep('/a');
  feed.loseRows();
  await pages.catchUp();
  expect(isCached('/a')).toBe(false);
});

test('a page is not found from its changesAt on', async () => {
  const { pages, keep } = cacheOf();
  await keep('/a', { changesAt: now + 10 });
  expect(pages.find('/a', now + 9)).toBeDefined();
  expect(pages.find('/a', now + 10)).toBeUndefined();
});

test('requests for a page that is in flight are coalesced', async () => {
  const { pages } = cacheOf();
  const make = vi.fn(async () => page());
  const found = await Promise.all([1, 2, 3].map(async () => pages.findOrMake('/a', now, make)));
  expect(make).toHaveBeenCalledTimes(1);
  expect(new Set(found).size).toBe(1);
});

test('a page that was in flight during a change is neither cached nor given to later requests', async () => {
  const { pages, feed, isCached } = cacheOf();
  const { promise, resolve } = Promise.withResolvers<FinishedPage>();
  const [old, young] = [page(), page()];
  const first = pages.findOrMake('/a', now, async () => promise);
  await Promise.resolve();
  feed.write('article:1');
  const second = pages.findOrMake('/a', now, async () => young);
  expect(await second).toBe(young);
  resolve(old);
  expect(await first).toBe(old);
  expect(pages.find('/a', now)).toBe(young);
  feed.write('nothing that it shows');
  await pages.catchUp();
  expect(isCached('/a')).toBe(true);
});

test('a page whose rendering failed is rendered again by the next request', async () => {
  const { pages } = cacheOf();
  await expect(pages.findOrMake('/a', now, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect((await pages.findOrMake('/a', now, async () => page())).status).toBe(200);
});

test('private pages are not cached', async () => {
  const { keep, isCached } = cacheOf();
  await keep('/a', { isPrivate: true });
  expect(isCached('/a')).toBe(false);
});

test('one-off pages evict no others', async () => {
  const { keep, isCached } = cacheOf(200_000);
  for (const path of ['/a', '/b', '/c']) await keep(path, { body: Buffer.alloc(10_000) });
  for (let count = 0; count < 1000; count += 1) {
    await keep(`/nothing-${count}`, { status: 404, body: Buffer.alloc(5000) });
    await keep(`/search?q=${count}`, { body: Buffer.alloc(5000) });
    await keep(`/themes/world?before=${count}`, { body: Buffer.alloc(5000) });
  }
  expect(['/a', '/b', '/c'].map(isCached)).toEqual([true, true, true]);
  expect(isCached('/search?q=999')).toBe(true);
});

test('the least recently used pages are evicted, within the allowed bytes', async () => {
  const { keep, isCached } = cacheOf(1_000_000);
  const paths = Array.from({ length: 100 }, (_, number) => `/${number}`);
  for (const path of paths) {
    await keep(path, { body: Buffer.alloc(20_000), shows: [path, 'theme:1'] });
    isCached('/0');
  }
  const cached = paths.filter(isCached);
  expect(cached).toContain('/0');
  expect(cached).toContain('/99');
  expect(cached.length).toBeGreaterThan(15);
  expect(cached.length * 42_000).toBeLessThan(1_000_000);
});

test('a page too large for the cache is still answered', async () => {
  const { keep, isCached } = cacheOf(100_000);
  expect((await keep('/large', { body: Buffer.alloc(100_000), shows: ['theme:1'] })).body).toHaveLength(100_000);
  expect(isCached('/large')).toBe(false);
});

test('with a size of 0 nothing is cached', async () => {
  const { keep, isCached } = cacheOf(0);
  await keep('/a');
  expect(isCached('/a')).toBe(false);
});

test('a page is recompressed at its second request, under the same ETag', async () => {
  const { pages, keep } = cacheOf();
  const body = Buffer.from(Array.from({ length: 2000 }, (_, number) => `word${(number * number) % 997}`).join(' '));
  const made = await keep('/a', { body });
  const [fast, etag] = [made.variant('br').body.length, made.etag];
  pages.find('/a', now);
  await vi.waitFor(() => expect(made.variant('br').body.length).toBeLessThan(fast));
  expect(made.etag).toBe(etag);
});
