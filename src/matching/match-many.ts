import { termCount } from '../content/related/terms.ts';
import { maxArticles } from '../content/related/window.ts';
import { inTransaction, type Database } from '../storage/database/database.ts';
import { countQueued, listQueued, markCounted, type QueuedArticle, type QueueRange } from '../storage/related/queue.ts';
import { changeCounts, type DocumentFrequency } from '../storage/related/term-counts.ts';
import { addTerms, extractArticles, placeArticles, relateArticles, type KnownTexts } from './match-articles.ts';
import type { MatchMemory } from './match-memory.ts';

const countsAtOnce = 20_000;
const maxPasses = 3;
/** Each article is compared with at least this many newer ones, if there are as many. */
const maxNewer = maxArticles / 2;
/** Somewhat more than the window holds, so that the set is rarely pruned. */
const maxOwn = maxArticles * 1.25;

/** Which articles are matched, and how many at once. */
export interface Bulk {
  range: QueueRange;
  known: KnownTexts;
  atOnce: number;
  /** Gets the completed share, 0 to 1. */
  progress(share: number): void;
  /** Called between transactions, with the duration of the last one in milliseconds. */
  pause(duration: number): Promise<void>;
  stopped: AbortSignal;
}

/** Matches many queued articles in order of time. Those that a pass has left, because their signatures were lost from memory, are matched by another one. */
export async function matchMany(db: Database, memory: MatchMemory, bulk: Bulk): Promise<void> {
  for (let passes = 0; passes < maxPasses && !bulk.stopped.aborted; passes += 1) {
    const total = await countQueued(db, bulk.range, Number.MAX_SAFE_INTEGER);
    if (total === 0) return;
    await new Pass(db, memory, bulk, total).run();
  }
}

class Pass {
  readonly #db: Database;
  readonly #memory: MatchMemory;
  readonly #bulk: Bulk;
  /** Each article has three steps: it is counted, placed and related. */
  readonly #steps: number;
  #done = 0;
  /** Articles that have their storyline but not yet their related articles, oldest first. */
  readonly #placed: QueuedArticle[] = [];
  /** The articles that look for related articles themselves, as far as they are in memory. */
  readonly #own = new Set<number>();

  constructor(db: Database, memory: MatchMemory, bulk: Bulk, total: number) {
    this.#db = db;
    this.#memory = memory;
    this.#bulk = bulk;
    this.#steps = 3 * total;
  }

  /** Counts the terms of all articles before it signs the first one, because the weights depend on the counts. */
  async run(): Promise<void> {
    await this.#countAll();
    for await (const queued of this.#listQueued()) {
      await this.#place(queued);
      if (this.#placed.length >= maxNewer) await this.#relateNext();
    }
    while (this.#placed.length > 0 && !this.#bulk.stopped.aborted) await this.#relateNext();
  }

  async #countAll(): Promise<void> {
    const { range, known, stopped } = this.#bulk;
    const added = new Uint32Array(termCount);
    let articles = 0;
    for await (const queued of this.#listQueued()) {
      await this.#step(queued.length, async () => {
        const uncounted = await extractArticles(this.#db.reader, queued.filter(({ isCounted }) => !isCounted), known);
        for (const { extracted } of uncounted) addTerms(added, extracted);
        articles += uncounted.length;
      });
    }
    if (stopped.aborted) return;
    // First, because after a crash, counts that are too low do less harm than counts that are too high.
    await inTransaction(this.#db, (transaction) => markCounted(transaction, range));
    const counts: DocumentFrequency[] = [];
    for (const [term, count] of added.entries()) if (count > 0) counts.push([term, count]);
    for (let at = 0; at < counts.length; at += countsAtOnce) await inTransaction(this.#db, (transaction) => changeCounts(transaction, at === 0 ? articles : 0, counts.slice(at, at + countsAtOnce)));
    this.#memory.release();
  }

  async #place(queued: QueuedArticle[]): Promise<void> {
    const { known } = this.#bulk;
    await this.#step(queued.length, async () => {
      await this.#memory.transact(queued[0]?.publicAt ?? 0, queued.at(-1)?.publicAt ?? 0, async (transaction, state) => placeArticles(transaction, state, await extractArticles(transaction, queued, known)));
    });
    for (const { id } of queued) this.#own.add(id);
    this.#placed.push(...queued);
  }

  async #relateNext(): Promise<void> {
    const part = this.#placed.splice(0, this.#bulk.atOnce);
    const last = this.#placed.at(-1) ?? part.at(-1);
    await this.#step(part.length, async () => {
      // Signatures are stored with the related articles. If those in memory were lost in between, the articles stay in the queue.
      await this.#memory.transact(part[0]?.publicAt ?? 0, last?.publicAt ?? 0, async (transaction, { window }) => {
        if (this.#own.size > maxOwn) for (const id of this.#own) if (!window.has(id)) this.#own.delete(id);
        return relateArticles(transaction, window, part.filter(({ id }) => window.has(id)), { own: this.#own });
      });
    });
  }

  async #step(articles: number, work: () => Promise<void>): Promise<void> {
    const begin = performance.now();
    await work();
    this.#bulk.progress((this.#done += articles) / this.#steps);
    await this.#bulk.pause(performance.now() - begin);
  }

  async *#listQueued(): AsyncGenerator<QueuedArticle[]> {
    const { range, atOnce, stopped } = this.#bulk;
    let queued: QueuedArticle[];
    let after: QueuedArticle | undefined;
    do {
      queued = await listQueued(this.#db.reader, range, after, atOnce);
      after = queued.at(-1);
      if (queued.length > 0) yield queued;
    } while (queued.length === atOnce && !stopped.aborted);
  }
}
