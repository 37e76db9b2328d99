import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { storylineSpan } from '../content/related/choose-storyline.ts';
import type { Related } from '../content/related/related-list.ts';
import { maxArticles } from '../content/related/window.ts';
import type { Logger } from '../observability/log.ts';
import { recordChange } from '../storage/database/changes.ts';
import { inTransaction, type Database } from '../storage/database/database.ts';
import type { Handle } from '../storage/database/schema.ts';
import { countQueued, dequeue, findDue, findNextDue, listQueued, markCounted, type QueuedArticle } from '../storage/related/queue.ts';
import { storeRelated } from '../storage/related/signatures.ts';
import { addCounts } from '../storage/related/term-counts.ts';
import type { ExtractedTexts } from './extracted-texts.ts';
import { addTerms, count, extract, findRelatedArticles, offerTo, placeArticles } from './match-articles.ts';
import { MatchState } from './match-state.ts';

const pollInterval = 100;
/** A process that has nothing in memory yet leaves new articles to others for this long, so that one process does all of the matching. */
const leaveToOthers = 1000;
const retryDelay = 5000;
/** Each transaction takes about 50 ms, during which all other writes wait. */
const countsAtOnce = 20_000;
const matchedAtOnce = 100;
/** Among imported articles, each is compared with at least this many newer ones, if there are as many. */
const maxNewer = maxArticles / 2;
/** Afterwards, the memory is released. */
const idleTime = 10 * 60_000;

interface Parts {
  db: Database;
  log: Logger;
  /** UTC milliseconds. */
  clock: () => number;
}

/** Gives published articles their storylines and their related articles, after they were published. */
export class Matcher {
  readonly #parts: Parts;
  readonly #stopped = new AbortController();
  #state: MatchState | undefined;
  #usedAt = 0;
  #running: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Follows the queue until `stop`. */
  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  /** Matches the articles that are due. */
  async matchDue(): Promise<void> {
    while (!this.#stopped.signal.aborted && (await this.#matchNext())) await nextTurn();
  }

  /**
   * Matches all queued articles that readers can see, in order of time, so that the order in which they were imported
   * does not matter.
   *
   * @param texts what the import has extracted already
   * @param progress gets the completed share, 0 to 1
   */
  async matchImported(texts: ExtractedTexts, progress: (share: number) => void): Promise<void> {
    const { db, clock } = this.#parts;
    const now = clock();
    const total = await countQueued(db, now);
    let steps = 0;
    const advance = (done: number) => progress((steps += done) / (3 * total));
    const known = (id: number) => texts.find(id);
    // Counts all of them first, so that the first articles are weighted by the words of all.
    const added = new Map<number, number>();
    let articles = 0;
    for await (const queued of this.#listQueued(now)) {
      const uncounted = await extract(db.reader, queued.filter(({ isCounted }) => !isCounted), known);
      for (const { extracted } of uncounted) addTerms(added, extracted);
      articles += uncounted.length;
      advance(queued.length);
    }
    await this.#storeCounts(now, articles, [...added]);
    const placed: number[] = [];
    const own = new Set<number>();
    const relate = async () => {
      const ids = placed.splice(0, matchedAtOnce);
      await this.#match(now, (transaction, state) => this.#relate(transaction, state, ids, own));
      advance(ids.length);
    };
    for await (const queued of this.#listQueued(now)) {
      await this.#match(queued.at(-1)?.publicAt ?? now, async (transaction, state) => placeArticles(transaction, state, await extract(transaction, queued, known)));
      for (const { id } of queued) {
        placed.push(id);
        own.add(id);
      }
      advance(queued.length);
      if (placed.length >= maxNewer) await relate();
    }
    while (placed.length > 0) await relate();
  }

  async #storeCounts(now: number, articles: number, counts: [term: number, articles: number][]): Promise<void> {
    for (let at = 0; at < counts.length; at += countsAtOnce) await inTransaction(this.#parts.db, (transaction) => addCounts(transaction, 0, counts.slice(at, at + countsAtOnce)));
    await inTransaction(this.#parts.db, async (transaction) => {
      await addCounts(transaction, articles, []);
      await markCounted(transaction, now);
    });
    this.#state = undefined;
  }

  async *#listQueued(now: number): AsyncGenerator<QueuedArticle[]> {
    let queued: QueuedArticle[];
    let after: QueuedArticle | undefined;
    do {
      queued = await listQueued(this.#parts.db.reader, now, after, matchedAtOnce);
      after = queued.at(-1);
      if (queued.length > 0) yield queued;
    } while (queued.length === matchedAtOnce);
  }

  async #run(): Promise<void> {
    const { db, clock, log } = this.#parts;
    let version: number | undefined;
    let nextDue: number | undefined = -Infinity;
    for (let pause = pollInterval; await this.#sleep(pause); ) {
      pause = pollInterval;
      try {
        const now = clock();
        if (this.#state && now - this.#usedAt > idleTime) this.#state = undefined;
        const newVersion = db.dataVersion();
        if (newVersion !== version) nextDue = await findNextDue(db);
        version = newVersion;
        if (nextDue === undefined || now < nextDue + (this.#state ? 0 : leaveToOthers)) continue;
        await this.matchDue();
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
    await this.#match(due.publicAt, async (transaction, state) => {
      const queued = await findDue(transaction, now);
      // Another process has matched it in the meantime.
      if (queued?.id !== due.id) return [];
      const articles = await extract(transaction, [queued]);
      await count(transaction, state, articles);
      const tags = await placeArticles(transaction, state, articles);
      return [...tags, ...(await this.#relate(transaction, state, [queued.id], new Set([queued.id])))];
    });
    return true;
  }

  /** Chooses the related articles of articles that were placed. `own` are those that look for related articles themselves. */
  async #relate(transaction: Handle, state: MatchState, ids: number[], own: ReadonlySet<number>): Promise<string[]> {
    const tags: string[] = [];
    const lists = new Map<number, Related[]>();
    for (const id of ids) {
      const related = findRelatedArticles(state, id);
      lists.set(id, related.map((other) => ({ id: other.id, relevance: other.similarity })));
      tags.push(`related:${id}`, ...(await offerTo(transaction, id, related.filter((other) => !own.has(other.id)))));
    }
    await storeRelated(transaction, lists);
    await dequeue(transaction, ids);
    return tags;
  }

  /** Runs `match` in a transaction, with the signatures around a time (UTC milliseconds) in memory, and records the tags that it returns. */
  async #match(time: number, match: (transaction: Handle, state: MatchState) => Promise<string[]>): Promise<void> {
    const { db, clock } = this.#parts;
    this.#usedAt = clock();
    for (;;) {
      if (!this.#state?.reaches(time - storylineSpan)) this.#state = await MatchState.load(db, time + storylineSpan, async () => nextTurn());
      const state = this.#state;
      try {
        const change = await inTransaction(db, async (transaction) => {
          if (!(await state.update(db, time + storylineSpan))) throw new OutdatedState('Too much has changed');
          return recordChange(transaction, await match(transaction, state), clock());
        });
        if (change !== undefined) state.ownChanges.add(change);
        return;
      } catch (error) {
        // The transaction was rolled back, but the state in memory was changed.
        this.#state = undefined;
        if (!(error instanceof OutdatedState)) throw error;
      }
    }
  }

  async #sleep(time: number): Promise<boolean> {
    return delay(time, true, { signal: this.#stopped.signal, ref: false }).catch(() => false);
  }
}

class OutdatedState extends Error {}
