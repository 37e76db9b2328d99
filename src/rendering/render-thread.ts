import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { StoredBody } from '../content/body-renderer.ts';
import type { RenderQuestion } from './render-worker.ts';

/** How long one body may take, in milliseconds of the thread's CPU time; and on the clock, however busy the machine is. */
const limits = { cpu: 2000, clock: 20_000 };
/** What a thread may keep in memory, in megabytes: a body of 2 MB takes some 200. */
const memory = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 };

const workerFile = new URL('./render-worker.ts', import.meta.url);

/** One thread that renders bodies, one at a time. It keeps the process alive only while it renders. */
export class RenderThread {
  readonly #worker = new Worker(workerFile, { resourceLimits: memory });
  readonly #ready = Promise.withResolvers<undefined>();
  readonly #ended: Promise<undefined>;
  #answered: PromiseWithResolvers<StoredBody> | undefined;
  isBusy = false;
  isEnded = false;

  constructor() {
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.isEnded = true;
        resolve(undefined);
      });
    });
    this.#worker.on('message', (message: StoredBody | 'ready') => (message === 'ready' ? this.#ready.resolve(undefined) : this.#answered?.resolve(message)));
    // Whatever a text did to the thread, running out of memory too, ends it, as its exit tells.
    this.#worker.on('error', () => {});
    this.#worker.unref();
  }

  /** @returns undefined where the text took too much time or memory: the thread has ended then */
  async render(question: RenderQuestion): Promise<StoredBody | undefined> {
    this.isBusy = true;
    this.#worker.ref();
    const isOver = new AbortController();
    try {
      await Promise.race([this.#ready.promise, this.#ended]);
      this.#answered = Promise.withResolvers();
      if (!this.isEnded) this.#worker.postMessage(question, []);
      return await Promise.race([this.#answered.promise, this.#ended, this.#endInTime(isOver.signal)]);
    } finally {
      isOver.abort();
      this.isBusy = false;
      this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #endInTime(isOver: AbortSignal): Promise<undefined> {
    const start = performance.now();
    const before = await this.#cpuTime();
    for (let left = limits.cpu; left > 0; left = limits.cpu - ((await this.#cpuTime()) - before)) {
      if (performance.now() - start > limits.clock) break;
      // Aborted: there is an answer. An ended thread takes no more time.
      if (!(await delay(Math.max(left, 50), true, { signal: isOver, ref: false }).catch(() => false))) return this.#ended;
    }
    await this.end();
    return undefined;
  }

  /** In milliseconds. */
  async #cpuTime(): Promise<number> {
    const { user, system } = await this.#worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    return (user + system) / 1000;
  }
}
