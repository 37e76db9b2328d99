import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../observability/log.ts';
import type { Changes } from '../storage/database/changes.ts';
import type { Database } from '../storage/database/database.ts';
import { acquirePurgeLease, findUnpurgedChanges, recordLastResponse, recordPurge, recordVersion, releasePurgeLease } from '../storage/site/purges.ts';
import { everything } from './outer-caches.ts';

/** How often it looks whether something was written, in milliseconds. */
const interval = 100;
/** How long one call may take, how long a process has for all of them, and the longest pause after one that failed. */
const longestCall = 10_000;
const claim = 130_000;
const longestPause = 60_000;
/** After this a purge is sent once more, for the answers that were on their way as their page changed. */
const echo = 5000;
/** What is left to the repeats that are due when the process stops. */
const lastCalls = 2000;
/** What one call may name (Cloudflare's limit), and beyond how many tags everything is purged. */
const tagsPerCall = 30;
const mostTags = 300;

export interface PurgeOptions {
  url: string;
  /** Sent as a bearer token, and as Fastly's; empty: none. */
  token: string;
  /** What tells this version of the program from another. */
  version: string;
}

/**
 * Tells the caches in front of the site what was touched, after each change: retried until they have taken it. How far
 * they have been told is in the database, so that neither an end nor a crash loses any.
 *
 * A new version of the program empties them, and so does each process of the former one after its last answer.
 */
export class Purger {
  readonly #db: Database;
  readonly #log: Logger;
  readonly #options: PurgeOptions;
  readonly #stopped = new AbortController();
  readonly #echoes = new Set<Promise<void>>();
  #running: Promise<void> | undefined;
  #isVersionNoted = false;

  constructor(db: Database, log: Logger, options: PurgeOptions) {
    this.#db = db;
    this.#log = log;
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** What has not been sent by now is sent after the next start; repeats that are due are sent at once. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
    await Promise.all(this.#echoes);
    if (this.#isVersionNoted) await recordLastResponse(this.#db, this.#options.version, Date.now()).catch((error: unknown) => this.#log.warn({ err: error }, 'the last answers of this version may stay in caches'));
  }

  async #run(): Promise<void> {
    let mark: number | undefined;
    let failures = 0;
    while (await this.#pause(pauseAfter(failures))) {
      try {
        await this.#noteVersion();
        const reached = this.#db.dataVersion();
        if (reached === mark) continue;
        if (await this.#purge(failures)) mark = reached;
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!this.#stopped.signal.aborted) this.#log.error({ err: error, failures }, 'the caches in front of the site could not be told what changed');
      }
    }
  }

  async #noteVersion(): Promise<void> {
    if (this.#isVersionNoted) return;
    await recordVersion(this.#db, this.#options.version, Date.now());
    this.#isVersionNoted = true;
  }

  /** @returns false where there is more to do, or another process is at it */
  async #purge(failures: number): Promise<boolean> {
    if (!(await findUnpurgedChanges(this.#db))) return true;
    const now = Date.now();
    if (!(await acquirePurgeLease(this.#db, now, now + claim))) return false;
    try {
      // Once more: another may have told them before this one's claim.
      const changes = await findUnpurgedChanges(this.#db);
      if (!changes) {
        await releasePurgeLease(this.#db, 0);
        return true;
      }
      const tags = tagsOf(changes);
      await this.#send(tags, this.#stopped.signal);
      await recordPurge(this.#db, changes.last);
      const repeated = this.#echo(tags).finally(() => this.#echoes.delete(repeated));
      this.#echoes.add(repeated);
      return false;
    } catch (error) {
      // Whoever answers this one with a fault is left alone by the others too.
      await releasePurgeLease(this.#db, this.#stopped.signal.aborted ? 0 : Date.now() + pauseAfter(failures + 1));
      throw error;
    }
  }

  async #echo(tags: string[]): Promise<void> {
    const isStopped = !(await this.#pause(echo));
    await this.#send(tags, isStopped ? AbortSignal.timeout(lastCalls) : this.#stopped.signal).catch((error: unknown) => this.#log.warn({ err: error }, 'a purge could not be repeated'));
  }

  async #send(tags: string[], until: AbortSignal): Promise<void> {
    const { url, token } = this.#options;
    for (let start = 0; start < tags.length; start += tagsPerCall) {
      const part = tags.slice(start, start + tagsPerCall);
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'surrogate-key': part.join(' '), ...(token ? { authorization: `Bearer ${token}`, 'fastly-key': token } : {}) },
        body: JSON.stringify({ tags: part }),
        redirect: 'manual',
        signal: AbortSignal.any([until, AbortSignal.timeout(longestCall)]),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`CDN_PURGE_URL answered ${answer.status}`);
    }
  }

  /** False: it is to stop. */
  async #pause(time: number): Promise<boolean> {
    return delay(time, true, { signal: this.#stopped.signal, ref: false }).catch(() => false);
  }
}

/** In milliseconds. */
function pauseAfter(failures: number): number {
  return failures === 0 ? interval : Math.min(longestPause, interval * 2 ** failures);
}

function tagsOf({ touched }: Changes): string[] {
  return touched === undefined || touched.size > mostTags ? [everything] : [...touched];
}
