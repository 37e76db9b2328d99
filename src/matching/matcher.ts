import { setTimeout as delay } from 'node:timers/promises';
import { signatureVersion } from '../content/related/signature.ts';
import type { Logger } from '../observability/log.ts';
import type { Database } from '../storage/database/database.ts';
import { countQueued, findDue, findNextDue, releaseQueueSpace } from '../storage/related/queue.ts';
import { requireVersion } from '../storage/related/signature-version.ts';
import type { ExtractedTexts } from './extracted-texts.ts';
import { countArticles, extractArticles, listFormerlySimilar, listSimilarToVersion, placeArticles, relateArticles, type KnownTexts } from './match-articles.ts';
import { matchMany } from './match-many.ts';
import { MatchMemory, yieldToOthers } from './match-memory.ts';
import { findCandidates } from './older-articles.ts';

// In milliseconds.
const pollInterval = 100;
/** A process that has nothing in memory yet leaves new articles to others for about this long, so that one process does all of the matching. */
const takeoverDelay = 1000;
/** While an article is matched, a publication has to wait. So matching starts when nothing has been written for this time… */
const quietTime = 100;
/** …or after this time, if there are always writes. */
const maxWaitForQuiet = 2000;
const retryDelay = 5000;

/** An import's transaction takes up to 100 ms, during which all other writes wait. On the thread that answers readers it has to be shorter. */
const articlesAtOnce = { import: 500, site: 5 };
/** From this number of waiting articles on, the site matches them together, as an import does. */
const manyArticles = 100;

interface Parts {
  db: Database;
  log: Logger;
  /** UTC milliseconds. */
  clock: () => number;
  /** How many articles are in memory at most, see `SignatureWindow`. */
  capacity?: number;
}

/** Gives published articles their storylines and their related articles, after they were published. */
export class Matcher {
  readonly #parts: Parts;
  readonly #stopped = new AbortController();
  readonly #takeoverDelay = takeoverDelay * (0.5 + Math.random());
  readonly #memory: MatchMemory;
  #running: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#memory = new MatchMemory(parts);
  }

  /** Follows the queue until `stop`. */
  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  /** Matches the articles that are due. `pause` runs before each one. */
  async matchDue(pause: () => Promise<void> = yieldToOthers): Promise<void> {
    const { db, clock } = this.#parts;
    const now = clock();
    await requireVersion(db, signatureVersion, now);
    const range = { now, dueBy: now };
    await pause();
    const pauseAfter = async (duration: number) => {
      await this.#sleep(duration);
      await pause();
    };
    if ((await countQueued(db, range, manyArticles)) === manyArticles) await matchMany(db, this.#memory, { range, known: unknown, atOnce: articlesAtOnce.site, progress: () => {}, pause: pauseAfter, stopped: this.#stopped.signal });
    while (!this.#stopped.signal.aborted && (await this.#matchNext())) await pause();
  }

  /**
   * Matches all queued articles that readers can see, in order of time, so that the order in which they were imported
   * matters only for articles of the same second.
   *
   * @param texts what the import has extracted already
   * @param progress gets the completed share, 0 to 1
   */
  async matchImported(texts: ExtractedTexts, progress: (share: number) => void): Promise<void> {
    const { db, clock, log } = this.#parts;
    const now = clock();
    await requireVersion(db, signatureVersion, now);
    // An article that was saved in the meantime is due already, and has another text.
    const known: KnownTexts = ({ id, dueAt }) => (dueAt > now ? texts.find(id) : undefined);
    await matchMany(db, this.#memory, { range: { now, dueBy: Number.MAX_SAFE_INTEGER }, known, atOnce: articlesAtOnce.import, progress, pause: async () => {}, stopped: this.#stopped.signal });
    if (this.#stopped.signal.aborted) return;
    await releaseQueueSpace(db).catch((error: unknown) => log.warn({ err: error }, 'the disk space that the import’s queue has used could not be given back'));
  }

  async #run(): Promise<void> {
    const { db, clock, log } = this.#parts;
    let version: number | undefined;
    let nextDue: number | undefined;
    for (let pause = pollInterval; await this.#sleep(pause); ) {
      pause = pollInterval;
      try {
        const now = clock();
        this.#memory.releaseIfIdle();
        if (version === undefined) await requireVersion(db, signatureVersion, now);
        const newVersion = db.dataVersion();
        if (newVersion !== version) nextDue = await findNextDue(db);
        version = newVersion;
        if (nextDue === undefined || now < nextDue + (this.#memory.isLoaded ? 0 : this.#takeoverDelay)) continue;
        await this.matchDue(() => this.#waitForQuiet());
        nextDue = await findNextDue(db);
      } catch (error) {
        if (!this.#stopped.signal.aborted) log.error({ err: error }, 'new articles could not be put into storylines or get related articles (the site keeps retrying); readers see them without both');
        version = undefined;
        pause = retryDelay;
      }
    }
  }

  /** Returns false if no article is due. */
  async #matchNext(): Promise<boolean> {
    const { db, clock } = this.#parts;
    const now = clock();
    const due = await findDue(db.reader, now);
    if (!due) return false;
    // Before the transaction, because searches take a few milliseconds.
    const candidates = await findCandidates(db, await this.#memory.reach(due.publicAt, due.publicAt), due.id, yieldToOthers);
    await this.#memory.transact(due.publicAt, due.publicAt, async (transaction, state) => {
      const queued = await findDue(transaction, now);
      // Another process has matched it in the meantime.
      if (queued?.id !== due.id) return [];
      const articles = await extractArticles(transaction, [queued], unknown);
      await countArticles(transaction, state, articles);
      const formerlySimilar = listFormerlySimilar(state.window, queued.id);
      const tags = await placeArticles(transaction, state, articles, candidates);
      return [...tags, ...(await relateArticles(transaction, state.window, [queued], { own: new Set([queued.id]), candidates, former: [...formerlySimilar, ...listSimilarToVersion(state.window, queued.id)] }))];
    });
    return true;
  }

  async #waitForQuiet(): Promise<void> {
    const { db } = this.#parts;
    for (let waited = 0; waited < maxWaitForQuiet; waited += quietTime) {
      const version = db.dataVersion();
      if (!(await this.#sleep(quietTime)) || db.dataVersion() === version) return;
    }
  }

  async #sleep(time: number): Promise<boolean> {
    return delay(time, true, { signal: this.#stopped.signal, ref: false }).catch(() => false);
  }
}

const unknown: KnownTexts = () => undefined;
