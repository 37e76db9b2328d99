import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { StoredBody } from '../content/markdown/body-renderer.ts';
import { cpuTime, isOutOfMemory, limits } from './limits.ts';
import type { RenderAnswer, RenderQuestion } from './render-worker.ts';

/** What a thread may keep in memory, in megabytes: a body of 2 MB takes some 200. */
const memory = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 };

const workerFile = new URL('./render-worker.ts', import.meta.url);

/** One thread that renders bodies, one at a time. It keeps the process alive only while it renders. */
export class RenderThread {
  readonly #worker = new Worker(workerFile, { resourceLimits: memory });
  readonly #ready = Promise.withResolvers<void>();
  /** Resolves with the body that is being rendered. A promise that lives as long as the thread must not refer to it (as in `Promise.race`): no body would ever be freed. */
  #answer: PromiseWithResolvers<StoredBody | undefined> | undefined;
  #failure: unknown;
  #systemId = 0;
  isBusy = false;
  isEnded = false;

  constructor() {
    this.#worker.on('message', (message: RenderAnswer) => this.#take(message));
    this.#worker.on('error', (error) => {
      if (!isOutOfMemory(error)) this.#failure ??= error;
    });
    this.#worker.once('exit', () => {
      this.isEnded = true;
      this.#ready.resolve();
      if (this.#failure === undefined) this.#answer?.resolve(undefined);
      else this.#answer?.reject(this.#failure);
    });
    this.#worker.unref();
  }

  /**
   * @returns undefined where the text took too much time or memory: the thread has ended then
   * @throws what went wrong otherwise
   */
  async render(question: RenderQuestion): Promise<StoredBody | undefined> {
    this.isBusy = true;
    this.#worker.ref();
    const isOver = new AbortController();
    try {
      await this.#ready.promise;
      if (this.isEnded) throw this.#failure ?? new Error('The rendering thread has ended');
      this.#answer = Promise.withResolvers();
      this.#worker.postMessage(question, []);
      // Splitting a text into paragraphs is linear, so it needs no limit.
      if (!question.isPlain) void this.#endInTime(isOver.signal);
      return await this.#answer.promise;
    } finally {
      isOver.abort();
      this.#answer = undefined;
      this.isBusy = false;
      this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(message: RenderAnswer): void {
    if ('ready' in message) {
      this.#systemId = message.ready;
      this.#ready.resolve();
    } else if ('body' in message) this.#answer?.resolve(message.body);
    else this.#answer?.reject(message.error);
  }

  async #endInTime(isOver: AbortSignal): Promise<void> {
    const start = performance.now();
    const before = await cpuTime(this.#worker, this.#systemId);
    for (let left = limits.cpu; left > 0; left = limits.cpu - ((await cpuTime(this.#worker, this.#systemId)) - before)) {
      if (performance.now() - start > limits.clock) break;
      if (!(await delay(Math.max(left, 50), true, { signal: isOver, ref: false }).catch(() => false))) return;
    }
    if (!isOver.aborted) await this.end();
  }
}
