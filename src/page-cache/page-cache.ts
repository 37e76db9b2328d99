import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { RequestError } from '../errors.ts';
import type { Logger } from '../observability/log.ts';
import type { ChangeFeed } from '../storage/database/changes.ts';
import type { FinishedPage } from './finished-page.ts';

/** The part of the memory for what is asked for in passing: pages that are not there, searches, the further pages of lists. */
const passingShare = 1 / 8;
/** The largest page that is kept, as a part of the memory. */
const largestShare = 1 / 8;

/** How long reading the changes may keep readers waiting, and how long after a failure it is left alone, in milliseconds. */
const patience = 2000;
const respite = 1000;

export interface StaleOptions {
  /** For how long pages may be served while the changes cannot be read, in milliseconds. */
  staleMax?: number;
  log?: Logger;
}

/** Why the changes cannot be read. Times are UTC milliseconds. */
interface Failure {
  error: unknown;
  since: number;
  /** Until when it is not tried once more. */
  until: number;
}

/**
 * Finished pages, each kept for as long as a fresh one would be the same: until something that it shows is touched,
 * the moment comes at which it changes by itself, or others need the room.
 */
export class PageCache {
  /** How many pages were found, and how many had to be made. */
  readonly counts = { found: 0, made: 0 };
  readonly #feed: ChangeFeed;
  readonly #pages: LRUCache<string, FinishedPage>;
  readonly #passing: LRUCache<string, FinishedPage>;
  /** The addresses of the pages that show something, by what they show. */
  readonly #showing = new Map<string, Set<string>>();
  readonly #making = new Map<string, Promise<FinishedPage>>();
  readonly #staleMax: number;
  readonly #log: Logger | undefined;
  #reading: Promise<void> | undefined;
  #failure: Failure | undefined;
  #generation = 0;
  readonly #rough = new Set<string>();

  /** @param size in bytes; 0 keeps nothing */
  constructor(feed: ChangeFeed, size: number, { staleMax = 0, log }: StaleOptions = {}) {
    this.#feed = feed;
    this.#staleMax = staleMax;
    this.#log = log;
    const dispose = (page: FinishedPage, key: string) => this.#forget(key, page);
    const cache = (share: number) => new LRUCache<string, FinishedPage>({ maxSize: Math.max(1, size * share), maxEntrySize: Math.max(1, size * Math.min(share, largestShare)), sizeCalculation: (page, key) => page.size + 2 * key.length, dispose });
    this.#pages = cache(1 - passingShare);
    this.#passing = cache(passingShare);
  }

  /** A number that is another one after each change that was read from the change feed. */
  get generation(): number {
    return this.#generation;
  }

  /** When the last of the changes that it knows was made, UTC milliseconds. */
  get latestChange(): number {
    return this.#feed.latest();
  }

  /** Whether something was written that may have made pages here old. Asked before every {@link find}. */
  isBehind(): boolean {
    return this.#reading !== undefined || this.#feed.hasMore();
  }

  /** Drops what was touched by all that was written until now. @throws whatever the database does, and soon */
  async catchUp(): Promise<void> {
    if (!this.isBehind()) return;
    // What is being read may have been begun before the last write.
    await this.#readInTime();
    if (this.isBehind()) await this.#readInTime();
  }

  /** For how long, in milliseconds, it has not been known whether pages are still the same; 0: it is. */
  get staleFor(): number {
    return this.#failure ? Math.max(1, Date.now() - this.#failure.since) : 0;
  }

  /** The page of an address as it was when the changes could last be read, if that is not too long ago. */
  findStale(key: string): FinishedPage | undefined {
    return this.staleFor > 0 && this.staleFor <= this.#staleMax ? (this.#pages.get(key) ?? this.#passing.get(key)) : undefined;
  }

  /** The page of an address, if it is here and still the one that a fresh one would be. */
  find(key: string, now: number): FinishedPage | undefined {
    const page = this.#pages.get(key) ?? this.#passing.get(key);
    if (page === undefined) return undefined;
    if (page.changesAt <= now) {
      this.#cacheOf(key).delete(key);
      return undefined;
    }
    this.counts.found += 1;
    if (page.isRough) this.#improve(key);
    return page;
  }

  /**
   * The page of an address, made if it is not here. Whoever asks for it while it is being made waits for the same one,
   * unless something was written since it was begun.
   *
   * @param key undefined: the address has no page that could be kept
   */
  async findOrMake(key: string | undefined, now: number, make: () => Promise<FinishedPage>): Promise<FinishedPage> {
    await this.catchUp();
    if (key === undefined) return make();
    const found = this.find(key, now);
    if (found) return found;
    const underWay = this.#making.get(key);
    if (underWay) {
      const made = await underWay;
      if (made.changesAt > now) return made;
    }

    const making = this.#make(key, make);
    this.#making.set(key, making);
    try {
      return await making;
    } finally {
      if (this.#making.get(key) === making) this.#making.delete(key);
    }
  }

  async #make(key: string, make: () => Promise<FinishedPage>): Promise<FinishedPage> {
    const generation = this.#generation;
    const page = await make();
    this.counts.made += 1;
    await this.catchUp();
    if (generation === this.#generation && !page.isPrivate) this.#keep(key, page);
    return page;
  }

  #cacheOf(key: string): LRUCache<string, FinishedPage> {
    return this.#passing.has(key) ? this.#passing : this.#pages;
  }

  #keep(key: string, page: FinishedPage): void {
    const cache = page.status === 200 && !key.includes('?') ? this.#pages : this.#passing;
    this.#cacheOf(key).delete(key);
    cache.set(key, page);
    if (cache.peek(key) !== page) return;
    for (const tag of page.shows) {
      const keys = this.#showing.get(tag) ?? new Set();
      this.#showing.set(tag, keys.add(key));
    }
  }

  #forget(key: string, page: FinishedPage): void {
    for (const tag of page.shows) {
      const keys = this.#showing.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#showing.delete(tag);
    }
  }

  /** Reads the changes, or waits for the reading that is under way; not for long. */
  async #readInTime(): Promise<void> {
    if (this.#failure && (this.#reading || Date.now() < this.#failure.until)) throw this.#failure.error;
    const reading = (this.#reading ??= this.#readChanges());
    const late = new AbortController();
    try {
      await Promise.race([reading, delay(patience, undefined, { signal: late.signal, ref: false }).then(() => Promise.reject(new RequestError(503, 'errors.databaseSilent')))]);
    } catch (error) {
      this.#fail(error);
      throw error;
    } finally {
      late.abort();
      // One that never ends is left behind, and another begun.
      if (this.#reading === reading) this.#reading = undefined;
    }
  }

  #fail(error: unknown): void {
    if (!this.#failure) this.#log?.error({ err: error }, 'changes cannot be read: finished pages are served as they were');
    this.#failure = { error, since: this.#failure?.since ?? this.#feed.knownUntil(), until: Date.now() + respite };
  }

  async #readChanges(): Promise<void> {
    const touched = await this.#feed.read();
    if (this.#failure) this.#log?.info({ ms: this.staleFor }, 'changes are read again');
    this.#failure = undefined;
    // Nobody joins what was begun before, even if what was written touches no page that is kept: previews show it.
    this.#making.clear();
    if (touched?.size === 0) return;
    this.#generation += 1;
    if (touched === undefined) {
      this.#pages.clear();
      this.#passing.clear();
      return;
    }
    for (const tag of touched) {
      for (const key of this.#showing.get(tag) ?? []) this.#cacheOf(key).delete(key);
    }
  }

  /** A page that is asked for again is worth the best compression: one after another, and off the requests' way. */
  #improve(key: string): void {
    const isUnderWay = this.#rough.size > 0;
    this.#rough.add(key);
    if (!isUnderWay) this.#improveAll().catch(() => this.#rough.clear());
  }

  async #improveAll(): Promise<void> {
    for (const key of this.#rough) {
      await this.#cacheOf(key).peek(key)?.improve();
      this.#rough.delete(key);
    }
  }
}
