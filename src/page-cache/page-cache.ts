import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { RequestError } from '../errors.ts';
import type { Logger } from '../observability/log.ts';
import type { ChangeFeed } from '../storage/database/changes.ts';
import type { FinishedPage } from './finished-page.ts';

/** The share of the memory for one-off pages (searches, deep list pages, 404s), so that many of them can't evict other pages. */
const oneOffShare = 1 / 8;
const maxPageShare = 1 / 8;

// In milliseconds.
const readTimeout = 2000;
const retryDelay = 1000;

export interface StaleOptions {
  /** How long stale pages may be served, in milliseconds. */
  staleMax?: number;
  log?: Logger;
}

interface Failure {
  error: unknown;
  since: number;
  retryAt: number;
}

/** Caches rendered pages: each until a change touches one of its tags, its `changesAt` comes, or it is evicted. */
export class PageCache {
  readonly counts = { hits: 0, misses: 0 };
  readonly #feed: ChangeFeed;
  readonly #pages: LRUCache<string, FinishedPage>;
  readonly #oneOff: LRUCache<string, FinishedPage>;
  readonly #keysByTag = new Map<string, Set<string>>();
  readonly #inFlight = new Map<string, Promise<FinishedPage>>();
  readonly #staleMax: number;
  readonly #log: Logger | undefined;
  #reading: Promise<void> | undefined;
  #failure: Failure | undefined;
  #generation = 0;
  readonly #recompressionQueue = new Set<string>();

  /** @param size in bytes; 0 disables the cache */
  constructor(feed: ChangeFeed, size: number, { staleMax = 0, log }: StaleOptions = {}) {
    this.#feed = feed;
    this.#staleMax = staleMax;
    this.#log = log;
    const dispose = (page: FinishedPage, key: string) => this.#removeTags(key, page);
    const cache = (share: number) => new LRUCache<string, FinishedPage>({ maxSize: Math.max(1, size * share), maxEntrySize: Math.max(1, size * Math.min(share, maxPageShare)), sizeCalculation: (page, key) => page.size + 2 * key.length, dispose });
    this.#pages = cache(1 - oneOffShare);
    this.#oneOff = cache(oneOffShare);
  }

  get generation(): number {
    return this.#generation;
  }

  get latestChange(): number {
    return this.#feed.latest();
  }

  /** Whether there are changes that the cache has not read yet. Check this before each {@link find}. */
  isBehind(): boolean {
    return this.#reading !== undefined || this.#feed.hasMore();
  }

  /** Reads all changes written so far and drops the pages they touch. Throws the database's error, or a RequestError (503) after `readTimeout`. */
  async catchUp(): Promise<void> {
    if (!this.isBehind()) return;
    // A read already in progress may have started before the last write.
    await this.#readWithTimeout();
    if (this.isBehind()) await this.#readWithTimeout();
  }

  /** For how many milliseconds the change feed has been unreadable; 0 if it can be read. */
  get staleFor(): number {
    return this.#failure ? Math.max(1, Date.now() - this.#failure.since) : 0;
  }

  /** A page that may be out of date, while the change feed can't be read and for `staleMax` at most. */
  findStale(key: string): FinishedPage | undefined {
    return this.staleFor > 0 && this.staleFor <= this.#staleMax ? (this.#pages.get(key) ?? this.#oneOff.get(key)) : undefined;
  }

  find(key: string, now: number): FinishedPage | undefined {
    const page = this.#pages.get(key) ?? this.#oneOff.get(key);
    if (page === undefined) return undefined;
    if (page.changesAt <= now) {
      this.#cacheOf(key).delete(key);
      return undefined;
    }
    this.counts.hits += 1;
    if (page.isFastCompressed) this.#queueRecompression(key);
    return page;
  }

  /** Coalesces requests for a page that is being made, until the next change. The key is undefined if the page must not be cached. */
  async findOrMake(key: string | undefined, now: number, make: () => Promise<FinishedPage>): Promise<FinishedPage> {
    await this.catchUp();
    if (key === undefined) return make();
    const found = this.find(key, now);
    if (found) return found;
    const inFlight = this.#inFlight.get(key);
    if (inFlight) {
      const page = await inFlight;
      if (page.changesAt > now) return page;
    }

    const making = this.#make(key, make);
    this.#inFlight.set(key, making);
    try {
      return await making;
    } finally {
      if (this.#inFlight.get(key) === making) this.#inFlight.delete(key);
    }
  }

  async #make(key: string, make: () => Promise<FinishedPage>): Promise<FinishedPage> {
    const generation = this.#generation;
    const page = await make();
    this.counts.misses += 1;
    await this.catchUp();
    if (generation === this.#generation && !page.isPrivate) this.#store(key, page);
    return page;
  }

  #cacheOf(key: string): LRUCache<string, FinishedPage> {
    return this.#oneOff.has(key) ? this.#oneOff : this.#pages;
  }

  #store(key: string, page: FinishedPage): void {
    const cache = page.status === 200 && !key.includes('?') ? this.#pages : this.#oneOff;
    this.#cacheOf(key).delete(key);
    cache.set(key, page);
    if (cache.peek(key) !== page) return;
    for (const tag of page.shows) {
      const keys = this.#keysByTag.get(tag) ?? new Set();
      this.#keysByTag.set(tag, keys.add(key));
    }
  }

  #removeTags(key: string, page: FinishedPage): void {
    for (const tag of page.shows) {
      const keys = this.#keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysByTag.delete(tag);
    }
  }

  async #readWithTimeout(): Promise<void> {
    if (this.#failure && (this.#reading || Date.now() < this.#failure.retryAt)) throw this.#failure.error;
    const reading = (this.#reading ??= this.#readChanges());
    const finished = new AbortController();
    try {
      await Promise.race([reading, delay(readTimeout, undefined, { signal: finished.signal, ref: false }).then(() => Promise.reject(new RequestError(503, 'errors.databaseSilent')))]);
    } catch (error) {
      this.#fail(error);
      throw error;
    } finally {
      finished.abort();
      // A read that timed out may never end, so the next call starts another one.
      if (this.#reading === reading) this.#reading = undefined;
    }
  }

  #fail(error: unknown): void {
    if (!this.#failure) this.#log?.error({ err: error }, "the change feed can't be read from the database, so cached pages may be out of date; the site keeps retrying");
    this.#failure = { error, since: this.#failure?.since ?? this.#feed.knownUntil(), retryAt: Date.now() + retryDelay };
  }

  async #readChanges(): Promise<void> {
    const touched = await this.#feed.read();
    if (this.#failure) this.#log?.info({ ms: this.staleFor }, 'the change feed can be read again');
    this.#failure = undefined;
    // Later requests must not wait for a rendering that began before this change, even of a page without tags: previews show changes too.
    this.#inFlight.clear();
    if (touched?.size === 0) return;
    this.#generation += 1;
    if (touched === undefined) {
      this.#pages.clear();
      this.#oneOff.clear();
      return;
    }
    for (const tag of touched) {
      for (const key of this.#keysByTag.get(tag) ?? []) this.#cacheOf(key).delete(key);
    }
  }

  /** A second request makes a page worth the best compression, which runs in the thread pool, one page at a time. */
  #queueRecompression(key: string): void {
    const isRunning = this.#recompressionQueue.size > 0;
    this.#recompressionQueue.add(key);
    if (!isRunning) this.#recompressQueued().catch(() => this.#recompressionQueue.clear());
  }

  async #recompressQueued(): Promise<void> {
    for (const key of this.#recompressionQueue) {
      await this.#cacheOf(key).peek(key)?.recompress();
      this.#recompressionQueue.delete(key);
    }
  }
}
