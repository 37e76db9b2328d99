import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { storylineSpan } from '../content/related/choose-storyline.ts';
import { signatureVersion } from '../content/related/signature.ts';
import { termCount } from '../content/related/terms.ts';
import { maxArticles, type SignedArticle } from '../content/related/window.ts';
import type { Logger } from '../observability/log.ts';
import { recordChange } from '../storage/database/changes.ts';
import { inTransaction, type Database } from '../storage/database/database.ts';
import type { Handle } from '../storage/database/schema.ts';
import { countQueued, dequeueMatched, findDue, findNextDue, listQueued, markCounted, type QueuedArticle, type QueueRange } from '../storage/related/queue.ts';
import { requireVersion } from '../storage/related/signature-version.ts';
import { storeMatches, type Match } from '../storage/related/signatures.ts';
import { addCounts } from '../storage/related/term-counts.ts';
import type { ExtractedTexts } from './extracted-texts.ts';
import { addTerms, countArticles, extractArticles, findRelatedArticles, offerTo, placeArticles, type KnownTexts } from './match-articles.ts';
import { MatchState } from './match-state.ts';
import { findOlder, withOlder } from './older-articles.ts';

// In milliseconds.
const pollInterval = 100;
/** A process that has nothing in memory yet leaves new articles to others for about this long, so that one process does all of the matching. */
const takeoverDelay = 1000;
/** After each article. Matching one takes about a tenth of this, in which a publication would have to wait. */
const publicationPause = 50;
const retryDelay = 5000;
const reloadDelay = 500;
/** Afterwards, the memory is released. */
const idleTime = 10 * 60_000;

const countsAtOnce = 20_000;
/** An import's transaction takes about 50 ms, during which all other writes wait. On the thread that answers readers it has to be shorter. */
const articlesAtOnce = { import: 300, site: 5 };
/** From this number of waiting articles on, the site counts all of their terms first, as an import does. */
const manyArticles = 100;
/** The site matches what these have left one by one. */
const maxPasses = 3;
/** Among many articles, each is compared with at least this many newer ones, if there are as many. */
const maxNewer = maxArticles / 2;

interface Parts {
  db: Database;
  log: Logger;
  /** UTC milliseconds. */
  clock: () => number;
  /** How many articles are in memory at most, see `SignatureWindow`. */
  capacity?: number;
}

/** How many articles are matched together. */
interface Pass {
  range: QueueRange;
  known: KnownTexts;
  atOnce: number;
  /** Gets the completed share, 0 to 1. */
  progress(share: number): void;
  /** Called between transactions, with the duration of the last one in milliseconds. */
  pause(duration: number): Promise<void>;
}

/** Gives published articles their storylines and their related articles, after they were published. */
export class Matcher {
  readonly #parts: Parts;
  readonly #stopped = new AbortController();
  readonly #takeoverDelay = takeoverDelay * (0.5 + Math.random());
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

  /** Matches the articles that are due. `pauseBetween`, in milliseconds, leaves time for publications in between. */
  async matchDue({ pauseBetween = 0 } = {}): Promise<void> {
    const { db, clock } = this.#parts;
    const now = clock();
    await requireVersion(db, signatureVersion, now);
    const range = { now, dueBy: now };
    const pause = async (duration: number) => void (await this.#sleep(duration));
    if ((await countQueued(db, range, manyArticles)) === manyArticles) await this.#matchAll({ range, known: unknown, atOnce: articlesAtOnce.site, progress: () => {}, pause });
    while (!this.#stopped.signal.aborted && (await this.#matchNext())) await (pauseBetween > 0 ? this.#sleep(pauseBetween) : nextTurn());
  }

  /**
   * Matches all queued articles that readers can see, in order of time, so that the order in which they were imported
   * matters only for articles of the same second.
   *
   * @param texts what the import has extracted already
   * @param progress gets the completed share, 0 to 1
   */
  async matchImported(texts: ExtractedTexts, progress: (share: number) => void): Promise<void> {
    const { db, clock } = this.#parts;
    const now = clock();
    await requireVersion(db, signatureVersion, now);
    // An article that was saved in the meantime is due already, and has another text.
    const known: KnownTexts = ({ id, dueAt }) => (dueAt > now ? texts.find(id) : undefined);
    await this.#matchAll({ range: { now, dueBy: Number.MAX_SAFE_INTEGER }, known, atOnce: articlesAtOnce.import, progress, pause: async () => {} });
  }

  /** Matches many articles. Those that a pass has left in the queue, because their signatures were lost from memory, are matched by another one. */
  async #matchAll(pass: Pass): Promise<void> {
    for (let passes = 0; passes < maxPasses && !this.#stopped.signal.aborted; passes += 1) {
      const total = await countQueued(this.#parts.db, pass.range, Number.MAX_SAFE_INTEGER);
      if (total === 0) return;
      await this.#matchOnce(pass, total);
    }
  }

  /** Counts the terms of all articles before it signs the first one, because the weights depend on the counts. */
  async #matchOnce(pass: Pass, total: number): Promise<void> {
    let steps = 0;
    const advance = (done: number) => pass.progress((steps += done) / (3 * total));
    await this.#countAll(pass, advance);
    const placed: QueuedArticle[] = [];
    const own = new Set<number>();
    const relate = async () => this.#relateNext(pass, placed, own, advance);
    for await (const queued of this.#listQueued(pass)) {
      await this.#place(pass, queued);
      for (const { id } of queued) own.add(id);
      placed.push(...queued);
      advance(queued.length);
      if (placed.length >= maxNewer) await relate();
    }
    while (placed.length > 0 && !this.#stopped.signal.aborted) await relate();
  }

  async #countAll({ range, known, atOnce, pause }: Pass, advance: (done: number) => void): Promise<void> {
    const { db } = this.#parts;
    const added = new Uint32Array(termCount);
    let articles = 0;
    for await (const queued of this.#listQueued({ range, atOnce })) {
      const begin = performance.now();
      const uncounted = await extractArticles(db.reader, queued.filter(({ isCounted }) => !isCounted), known);
      for (const { extracted } of uncounted) addTerms(added, extracted);
      articles += uncounted.length;
      advance(queued.length);
      await pause(performance.now() - begin);
    }
    if (this.#stopped.signal.aborted) return;
    // First, because after a crash too low counts do less harm than too high ones.
    await inTransaction(db, (transaction) => markCounted(transaction, range));
    const counts: [term: number, articles: number][] = [];
    for (const [term, count] of added.entries()) if (count > 0) counts.push([term, count]);
    for (let at = 0; at < counts.length; at += countsAtOnce) await inTransaction(db, (transaction) => addCounts(transaction, at === 0 ? articles : 0, counts.slice(at, at + countsAtOnce)));
    this.#state = undefined;
  }

  async #place({ known, pause }: Pass, queued: QueuedArticle[]): Promise<void> {
    const [first, last] = [queued[0]?.publicAt ?? 0, queued.at(-1)?.publicAt ?? 0];
    const begin = performance.now();
    await this.#match(first, last, async (transaction, state) => placeArticles(transaction, state, await extractArticles(transaction, queued, known)));
    await pause(performance.now() - begin);
  }

  async #relateNext({ atOnce, pause }: Pass, placed: QueuedArticle[], own: ReadonlySet<number>, advance: (done: number) => void): Promise<void> {
    const part = placed.splice(0, atOnce);
    const begin = performance.now();
    // Signatures are stored with the related articles. If those in memory were lost in between, the articles stay in the queue.
    await this.#match(part[0]?.publicAt ?? 0, placed.at(-1)?.publicAt ?? part.at(-1)?.publicAt ?? 0, (transaction, state) => this.#relate(transaction, state, part.filter(({ id }) => state.window.has(id)), own));
    advance(part.length);
    await pause(performance.now() - begin);
  }

  async *#listQueued({ range, atOnce }: Pick<Pass, 'range' | 'atOnce'>): AsyncGenerator<QueuedArticle[]> {
    let queued: QueuedArticle[];
    let after: QueuedArticle | undefined;
    do {
      queued = await listQueued(this.#parts.db.reader, range, after, atOnce);
      after = queued.at(-1);
      if (queued.length > 0) yield queued;
    } while (queued.length === atOnce && !this.#stopped.signal.aborted);
  }

  async #run(): Promise<void> {
    const { db, clock, log } = this.#parts;
    let version: number | undefined;
    let nextDue: number | undefined;
    for (let pause = pollInterval; await this.#sleep(pause); ) {
      pause = pollInterval;
      try {
        const now = clock();
        if (this.#state && now - this.#usedAt > idleTime) this.#state = undefined;
        if (version === undefined) await requireVersion(db, signatureVersion, now);
        const newVersion = db.dataVersion();
        if (newVersion !== version) nextDue = await findNextDue(db);
        version = newVersion;
        if (nextDue === undefined || now < nextDue + (this.#state ? 0 : this.#takeoverDelay)) continue;
        await this.matchDue({ pauseBetween: publicationPause });
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
    const older = await findOlder(db, await this.#reach(due.publicAt, due.publicAt), due.id, yieldToOthers);
    await this.#match(due.publicAt, due.publicAt, async (transaction, state) => {
      const queued = await findDue(transaction, now);
      // Another process has matched it in the meantime.
      if (queued?.id !== due.id) return [];
      const articles = await extractArticles(transaction, [queued], unknown);
      await countArticles(transaction, state, articles);
      const tags = await placeArticles(transaction, state, articles);
      return [...tags, ...(await this.#relate(transaction, state, [queued], new Set([queued.id]), older))];
    });
    return true;
  }

  /** Chooses the related articles of articles that were placed, also among `older` ones. `own` are those that look for related articles themselves. */
  async #relate(transaction: Handle, { window }: MatchState, articles: QueuedArticle[], own: ReadonlySet<number>, older: SignedArticle[] = []): Promise<string[]> {
    const tags: string[] = [];
    const matches: Match[] = [];
    for (const { id } of articles) {
      const article = window.find(id);
      if (!article) continue;
      const related = findRelatedArticles(older.length > 0 ? withOlder(window, article, older) : window, article);
      matches.push({ article, related: related.map((other) => ({ id: other.id, relevance: other.similarity })) });
      tags.push(`related:${id}`, ...(await offerTo(transaction, id, related.filter((other) => !own.has(other.id)))));
    }
    await storeMatches(transaction, matches);
    await dequeueMatched(transaction, articles);
    return tags;
  }

  /** Runs `match` in a transaction, with the signatures around two times (UTC milliseconds) in memory, and records the tags that it returns. */
  async #match(first: number, last: number, match: (transaction: Handle, state: MatchState) => Promise<string[]>): Promise<void> {
    const { db, clock } = this.#parts;
    for (;;) {
      const state = await this.#reach(first, last);
      try {
        const change = await inTransaction(db, async (transaction) => {
          if (!(await state.update(db))) throw new OutdatedState('Too much has changed');
          return recordChange(transaction, await match(transaction, state), clock());
        });
        if (change !== undefined) state.ownChanges.add(change);
        return;
      } catch (error) {
        // The transaction was rolled back, but the state in memory was changed.
        this.#state = undefined;
        if (!(error instanceof OutdatedState)) throw error;
        await delay(reloadDelay);
      }
    }
  }

  /** Returns the signatures around two times (UTC milliseconds). */
  async #reach(first: number, last: number): Promise<MatchState> {
    const { db, clock, capacity } = this.#parts;
    this.#usedAt = clock();
    const [from, until] = [first - storylineSpan, last + storylineSpan];
    if (this.#state && (await this.#state.reach(db, from, until, yieldToOthers))) return this.#state;
    return (this.#state = await MatchState.load(db, until, yieldToOthers, capacity));
  }

  async #sleep(time: number): Promise<boolean> {
    return delay(time, true, { signal: this.#stopped.signal, ref: false }).catch(() => false);
  }
}

class OutdatedState extends Error {}

const unknown: KnownTexts = () => undefined;

async function yieldToOthers(): Promise<void> {
  await nextTurn();
}
