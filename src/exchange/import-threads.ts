import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { OperatorError } from '../errors.ts';
import { cpuTime, isOutOfMemory, limits } from '../rendering/limits.ts';
import type { Chunk } from './article-files.ts';
import type { BatchResult, ImportedSite, ImportStep, PictureIds } from './import-batch.ts';
import type { ImportRequest, ImportThreadData } from './import-worker.ts';

const workerFile = new URL('./import-worker.ts', import.meta.url);
const watchIntervalMs = 250;
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 6 };

export interface BatchReaders {
  /** How many batches to request at once: enough to keep all threads busy, with bounded memory. */
  concurrency: number;
  /** @param pictures only for the step `prepare` */
  read(step: ImportStep, chunks: Chunk[], pictures?: PictureIds): Promise<BatchResult>;
  close(): Promise<void>;
}

export function readInThreads(site: ImportedSite, count: number, file = workerFile): BatchReaders {
  const threads = Array.from({ length: count }, () => new ImportThread(site, file));
  let turn = 0;
  return {
    // One batch per thread, and one that is being written.
    concurrency: count + 1,
    async read(step, chunks, pictures = new Map()) {
      turn = (turn + 1) % count;
      const thread = threads[turn];
      if (!thread) throw new RangeError('An import has at least one thread');
      return thread.read(step, chunks, pictures);
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

interface Pending {
  request: ImportRequest;
  result: PromiseWithResolvers<BatchResult>;
}

/** Reads batches in a thread. If an article exceeds a limit, a new thread takes over and leaves this article in plain paragraphs. */
class ImportThread {
  readonly #site: ImportedSite;
  readonly #file: URL;
  readonly #progress = new Int32Array(new SharedArrayBuffer(12));
  readonly #pending: Pending[] = [];
  #worker: Worker;
  #failure: OperatorError | undefined;
  #isWatching = false;

  constructor(site: ImportedSite, file: URL) {
    this.#site = site;
    this.#file = file;
    this.#worker = this.#startWorker();
  }

  async read(step: ImportStep, chunks: Chunk[], pictures: PictureIds): Promise<BatchResult> {
    if (this.#failure) throw this.#failure;
    const pending: Pending = { request: { step, chunks, pictures, plain: [] }, result: Promise.withResolvers() };
    this.#pending.push(pending);
    this.#worker.postMessage(pending.request, []);
    if (!this.#isWatching) void this.#watch();
    return pending.result.promise;
  }

  async close(): Promise<void> {
    this.#pending.length = 0;
    await this.#worker.terminate();
  }

  #startWorker(): Worker {
    Atomics.store(this.#progress, 2, 0);
    const workerData: ImportThreadData = { site: this.#site, progress: this.#progress };
    const worker = new Worker(this.#file, { workerData, resourceLimits });
    worker.on('message', (result: BatchResult) => this.#pending.shift()?.result.resolve(result));
    worker.on('error', (error) => {
      if (worker !== this.#worker) return;
      const article = Atomics.load(this.#progress, 0);
      if (isOutOfMemory(error) && this.#isRendering(article)) void this.#skipRendering(article);
      else this.#fail(error instanceof Error ? error.message : String(error), error);
    });
    worker.on('exit', (code) => {
      if (worker === this.#worker) this.#fail(`it exited with code ${code}`, undefined);
    });
    return worker;
  }

  async #watch(): Promise<void> {
    this.#isWatching = true;
    let last = { step: -1, time: 0 };
    while (this.#pending.length > 0 && !this.#failure) {
      const [step, article] = [Atomics.load(this.#progress, 1), Atomics.load(this.#progress, 0)];
      const time = await cpuTime(this.#worker, Atomics.load(this.#progress, 2));
      // The thread may have moved on to the next article while its CPU time was read.
      const isSameArticle = step === Atomics.load(this.#progress, 1);
      if (step !== last.step || !isSameArticle) last = { step, time };
      else if (time - last.time > limits.cpuMs && this.#isRendering(article)) {
        await this.#skipRendering(article);
        last = { step: -1, time: 0 };
      }
      await delay(watchIntervalMs, undefined, { ref: false });
    }
    this.#isWatching = false;
  }

  /** Splitting a text into plain paragraphs takes time too. If that article were skipped again, the import would never end. */
  #isRendering(article: number): boolean {
    const request = this.#pending[0]?.request;
    return request?.step === 'prepare' && !request.plain.includes(article);
  }

  async #skipRendering(article: number): Promise<void> {
    const oldWorker = this.#worker;
    oldWorker.removeAllListeners('message');
    this.#pending[0]?.request.plain.push(article);
    this.#worker = this.#startWorker();
    for (const { request } of this.#pending) this.#worker.postMessage(request, []);
    await oldWorker.terminate();
  }

  #fail(reason: string, cause: unknown): void {
    this.#failure ??= new OperatorError(`An import thread failed: ${reason}. The articles imported before that are stored. Run the import again to add the rest.`, { cause });
    for (const { result } of this.#pending.splice(0)) result.reject(this.#failure);
  }
}
