import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { StoredBody } from '../content/markdown/body-renderer.ts';
import { cpuTime, isOutOfMemory, limits } from './limits.ts';
import type { RenderResponse, RenderRequest } from './render-worker.ts';

/** Rendering a body of 2 MB takes about 200 MB. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 };

const workerFile = new URL('./render-worker.ts', import.meta.url);

/** A worker thread that renders one body at a time. Only a busy thread keeps the process alive. */
export class RenderThread {
  readonly #worker = new Worker(workerFile, { resourceLimits });
  readonly #ready = Promise.withResolvers<void>();
  /** Must not be passed to `Promise.race` with a promise that lives as long as the thread: that promise would keep every rendered body in memory. */
  #result: PromiseWithResolvers<StoredBody | undefined> | undefined;
  #failure: unknown;
  #systemId = 0;
  isBusy = false;
  hasEnded = false;

  constructor() {
    this.#worker.on('message', (message: RenderResponse) => this.#receive(message));
    this.#worker.on('error', (error) => {
      if (!isOutOfMemory(error)) this.#failure ??= error;
    });
    this.#worker.once('exit', () => {
      this.hasEnded = true;
      this.#ready.resolve();
      if (this.#failure === undefined) this.#result?.resolve(undefined);
      else this.#result?.reject(this.#failure);
    });
    this.#worker.unref();
  }

  /** Returns undefined if the text exceeded the limit of time or memory, which ends the thread. Throws any other error of the thread. */
  async render(request: RenderRequest): Promise<StoredBody | undefined> {
    this.isBusy = true;
    this.#worker.ref();
    const finished = new AbortController();
    try {
      await this.#ready.promise;
      if (this.hasEnded) throw this.#failure ?? new Error('The rendering thread has ended');
      this.#result = Promise.withResolvers();
      this.#worker.postMessage(request, []);
      // Splitting a text into paragraphs takes linear time, so it needs no limit.
      if (!request.isPlain) void this.#enforceLimits(finished.signal);
      return await this.#result.promise;
    } finally {
      finished.abort();
      this.#result = undefined;
      this.isBusy = false;
      this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: RenderResponse): void {
    if ('ready' in message) {
      this.#systemId = message.ready;
      this.#ready.resolve();
    } else if ('body' in message) this.#result?.resolve(message.body);
    else this.#result?.reject(message.error);
  }

  async #enforceLimits(finished: AbortSignal): Promise<void> {
    const start = performance.now();
    const before = await cpuTime(this.#worker, this.#systemId);
    for (let remaining = limits.cpuMs; remaining > 0; remaining = limits.cpuMs - ((await cpuTime(this.#worker, this.#systemId)) - before)) {
      if (performance.now() - start > limits.elapsedMs) break;
      if (!(await delay(Math.max(remaining, 50), true, { signal: finished, ref: false }).catch(() => false))) return;
    }
    if (!finished.aborted) await this.end();
  }
}
