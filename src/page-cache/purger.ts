import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../observability/log.ts';
import type { Changes } from '../storage/database/changes.ts';
import type { Database } from '../storage/database/database.ts';
import { acquirePurgeLease, findUnpurgedChanges, recordLastResponse, recordPurge, recordVersion, releasePurgeLease } from '../storage/site/purges.ts';
import { allPagesTag } from './outer-caches.ts';

// All times in milliseconds.
const pollInterval = 100;
const requestTimeout = 10_000;
/** Longer than the requests of one purge can take together. */
const leaseDuration = 130_000;
const maxBackoff = 60_000;
/** Each purge is sent again, because a CDN may cache a response that left the site just before the change. */
const repeatPurgeAfter = 5000;
const shutdownTimeout = 2000;
// Cloudflare's limit per request. A purge of more than `maxTags` tags purges all pages instead.
const maxTagsPerRequest = 30;
const maxTags = 300;

export interface PurgeOptions {
  url: string;
  /** Sent as a bearer token and as `Fastly-Key`; empty if none is needed. */
  token: string;
  version: string;
}

/**
 * Purges changed tags from the CDN and retries until the CDN accepts them. The database stores which changes were purged,
 * so no purge is lost in a crash, and a lease, so that one process purges at a time. A new version of the program purges
 * all pages at its start; each process of the previous version does so after its last response.
 */
export class Purger {
  readonly #db: Database;
  readonly #log: Logger;
  readonly #options: PurgeOptions;
  readonly #stopped = new AbortController();
  readonly #repeats = new Set<Promise<void>>();
  #running: Promise<void> | undefined;
  #isVersionRecorded = false;

  constructor(db: Database, log: Logger, options: PurgeOptions) {
    this.#db = db;
    this.#log = log;
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Sends pending repeats at once. Changes that are not purged yet are purged after the next start. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
    await Promise.all(this.#repeats);
    if (this.#isVersionRecorded) await recordLastResponse(this.#db, this.#options.version, Date.now()).catch((error: unknown) => this.#log.warn({ err: error }, 'the CDN may keep pages of this version of the program, because the database could not record when it stopped; purge all pages there'));
  }

  async #run(): Promise<void> {
    let purgedVersion: number | undefined;
    let failures = 0;
    while (await this.#sleep(backoff(failures))) {
      try {
        await this.#recordVersion();
        const currentVersion = this.#db.dataVersion();
        if (currentVersion === purgedVersion) continue;
        if (await this.#purge(failures)) purgedVersion = currentVersion;
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!this.#stopped.signal.aborted) this.#log.error({ err: error, failures }, 'the CDN could not be purged, so it may serve old pages (the site keeps retrying); check CDN_PURGE_URL and CDN_PURGE_TOKEN');
      }
    }
  }

  async #recordVersion(): Promise<void> {
    if (this.#isVersionRecorded) return;
    await recordVersion(this.#db, this.#options.version, Date.now());
    this.#isVersionRecorded = true;
  }

  async #purge(failures: number): Promise<boolean> {
    if (!(await findUnpurgedChanges(this.#db))) return true;
    const now = Date.now();
    if (!(await acquirePurgeLease(this.#db, now, now + leaseDuration))) return false;
    try {
      // Another process may have purged them before this one took the lease.
      const changes = await findUnpurgedChanges(this.#db);
      if (!changes) {
        await releasePurgeLease(this.#db, 0);
        return true;
      }
      const tags = tagsOf(changes);
      await this.#send(tags, this.#stopped.signal);
      await recordPurge(this.#db, changes.last);
      const repeated = this.#repeat(tags).finally(() => this.#repeats.delete(repeated));
      this.#repeats.add(repeated);
      return false;
    } catch (error) {
      // The backoff applies to all processes: none of them gets the lease before it is over.
      await releasePurgeLease(this.#db, this.#stopped.signal.aborted ? 0 : Date.now() + backoff(failures + 1));
      throw error;
    }
  }

  async #repeat(tags: string[]): Promise<void> {
    const isStopped = !(await this.#sleep(repeatPurgeAfter));
    await this.#send(tags, isStopped ? AbortSignal.timeout(shutdownTimeout) : this.#stopped.signal).catch((error: unknown) => this.#log.warn({ err: error }, 'a purge could not be repeated, so the CDN may keep an old page for up to an hour'));
  }

  async #send(tags: string[], stop: AbortSignal): Promise<void> {
    const { url, token } = this.#options;
    for (let start = 0; start < tags.length; start += maxTagsPerRequest) {
      const part = tags.slice(start, start + maxTagsPerRequest);
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'surrogate-key': part.join(' '), ...(token ? { authorization: `Bearer ${token}`, 'fastly-key': token } : {}) },
        body: JSON.stringify({ tags: part }),
        redirect: 'manual',
        signal: AbortSignal.any([stop, AbortSignal.timeout(requestTimeout)]),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`CDN_PURGE_URL answered ${response.status}`);
    }
  }

  async #sleep(time: number): Promise<boolean> {
    return delay(time, true, { signal: this.#stopped.signal, ref: false }).catch(() => false);
  }
}

function backoff(failures: number): number {
  return Math.min(maxBackoff, pollInterval * 2 ** failures);
}

function tagsOf({ touched }: Changes): string[] {
  return touched === undefined || touched.size > maxTags ? [allPagesTag] : [...touched];
}
