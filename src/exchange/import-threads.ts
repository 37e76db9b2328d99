import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { OperatorError } from '../errors.ts';
import { cpuTime, isOutOfMemory, limits } from '../rendering/limits.ts';
import type { Piece } from './article-files.ts';
import type { BatchResult, ImportedSite, ImportStep } from './import-batch.ts';
import type { ImportQuestion, ImportThreadData } from './import-worker.ts';

const workerFile = new URL('./import-worker.ts', import.meta.url);
/** How often a thread is looked at, in milliseconds. */
const interval = 250;
/** What a thread may keep in memory, in megabytes. */
const memory = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 6 };

/** The threads that read the batches of an import. */
export interface BatchReaders {
  /** How many batches may be asked for at once, so that no thread waits and memory stays bounded. */
  atOnce: number;
  /** @throws OperatorError if a thread has failed */
  read(step: ImportStep, pieces: Piece[]): Promise<BatchResult>;
  close(): Promise<void>;
}

/** Starts threads, which take turns. */
export function readInThreads(site: ImportedSite, count: number, file = workerFile): BatchReaders {
  const threads = Array.from({ length: count }, () => new ImportThread(site, file));
  let turn = 0;
  return {
    // What each thread reads, and a batch that is being written.
    atOnce: count + 1,
    async read(step, pieces) {
      turn = (turn + 1) % count;
      const thread = threads[turn];
      if (!thread) throw new RangeError('An import has at least one thread');
      return thread.read(step, pieces);
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

/** A batch that a thread was given and has not answered. */
interface Pending {
  question: ImportQuestion;
  answer: PromiseWithResolvers<BatchResult>;
}

/** A thread that reads batches. Where one article takes too long, another thread takes its place and shows that article's body as it was typed. */
class ImportThread {
  readonly #site: ImportedSite;
  readonly #file: URL;
  /** See `ImportThreadData`. */
  readonly #progress = new Int32Array(new SharedArrayBuffer(12));
  readonly #pending: Pending[] = [];
  #worker: Worker;
  #failure: OperatorError | undefined;
  #isWatched = false;

  constructor(site: ImportedSite, file: URL) {
    this.#site = site;
    this.#file = file;
    this.#worker = this.#begin();
  }

  async read(step: ImportStep, pieces: Piece[]): Promise<BatchResult> {
    if (this.#failure) throw this.#failure;
    const pending: Pending = { question: { step, pieces, plain: [] }, answer: Promise.withResolvers() };
    this.#pending.push(pending);
    this.#worker.postMessage(pending.question, []);
    if (!this.#isWatched) void this.#watch();
    return pending.answer.promise;
  }

  async close(): Promise<void> {
    this.#pending.length = 0;
    await this.#worker.terminate();
  }

  #begin(): Worker {
    Atomics.store(this.#progress, 2, 0);
    const workerData: ImportThreadData = { site: this.#site, progress: this.#progress };
    const worker = new Worker(this.#file, { workerData, resourceLimits: memory });
    worker.on('message', (result: BatchResult) => this.#pending.shift()?.answer.resolve(result));
    worker.on('error', (error) => {
      if (worker !== this.#worker) return;
      if (isOutOfMemory(error) && this.#pending[0]?.question.step === 'prepare') void this.#passOver(Atomics.load(this.#progress, 0));
      else this.#fail(error instanceof Error ? error.message : String(error), error);
    });
    worker.on('exit', (code) => {
      if (worker === this.#worker) this.#fail(`it ended with ${code}`, undefined);
    });
    return worker;
  }

  /** Ends the thread when one article has taken too much of its time, for as long as it has something to do. */
  async #watch(): Promise<void> {
    this.#isWatched = true;
    let seen = { step: -1, time: 0 };
    while (this.#pending.length > 0 && !this.#failure) {
      const [step, article] = [Atomics.load(this.#progress, 1), Atomics.load(this.#progress, 0)];
      const time = await cpuTime(this.#worker, Atomics.load(this.#progress, 2));
      // Meanwhile it may have gone on to another article.
      const isAtIt = step === Atomics.load(this.#progress, 1);
      if (step !== seen.step || !isAtIt) seen = { step, time };
      else if (time - seen.time > limits.cpu && this.#pending[0]?.question.step === 'prepare') {
        await this.#passOver(article);
        seen = { step: -1, time: 0 };
      }
      await delay(interval, undefined, { ref: false });
    }
    this.#isWatched = false;
  }

  /** Has another thread go on, which does not render one article of the first batch. */
  async #passOver(article: number): Promise<void> {
    const former = this.#worker;
    former.removeAllListeners('message');
    this.#pending[0]?.question.plain.push(article);
    this.#worker = this.#begin();
    for (const { question } of this.#pending) this.#worker.postMessage(question, []);
    await former.terminate();
  }

  #fail(reason: string, cause: unknown): void {
    this.#failure ??= new OperatorError(`A thread of the import has failed: ${reason}. What was imported before that stays; import again to see what is left.`, { cause });
    for (const { answer } of this.#pending.splice(0)) answer.reject(this.#failure);
  }
}
