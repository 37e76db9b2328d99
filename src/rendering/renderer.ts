import type { StoredBody } from '../content/markdown/body-renderer.ts';
import type { MarkdownOptions } from '../content/markdown/markdown.ts';
import { RequestError } from '../errors.ts';
import { RenderThread } from './render-thread.ts';
import type { RenderRequest } from './render-worker.ts';

/** Two, so that one slow text does not delay all others. */
const maxThreads = 2;
const maxQueued = { perClient: 20, total: 200 };
/** An idle thread takes about 20 MB. */
const idleTimeoutMs = 5 * 60_000;

interface Job {
  client: string;
  markdown: string;
  options: MarkdownOptions;
  done: PromiseWithResolvers<StoredBody>;
}

/** Renders bodies in worker threads, one per client at a time, so that a slow text blocks neither the server nor other clients. */
export class Renderer {
  readonly #threads = new Set<RenderThread>();
  readonly #queue: Job[] = [];
  readonly #busyClients = new Set<string>();
  #idleTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /**
   * Renders a body, or splits it into plain paragraphs if rendering exceeds the limit of CPU time or memory. Throws a
   * RequestError (503) if too many bodies are queued for the client (such as `editor:7`) or in total, and after `close`.
   */
  async render(markdown: string, options: MarkdownOptions, client: string): Promise<StoredBody> {
    if (this.#isClosed) throw closedError();
    const queued = this.#queue.filter((job) => job.client === client).length;
    if (queued >= maxQueued.perClient || this.#queue.length >= maxQueued.total) throw new RequestError(503, 'errors.manyTexts');
    const job: Job = { client, markdown, options, done: Promise.withResolvers() };
    this.#queue.push(job);
    this.#startJobs();
    return job.done.promise;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idleTimer);
    for (const { done } of this.#queue.splice(0)) done.reject(closedError());
    await Promise.all([...this.#threads].map((thread) => thread.end()));
    this.#threads.clear();
  }

  #startJobs(): void {
    for (;;) {
      const index = this.#queue.findIndex(({ client }) => !this.#busyClients.has(client));
      const thread = index < 0 ? undefined : this.#freeThread();
      const [job] = thread ? this.#queue.splice(index, 1) : [];
      if (!thread || !job) return;
      this.#busyClients.add(job.client);
      void this.#run(thread, job).finally(() => {
        this.#busyClients.delete(job.client);
        this.#startJobs();
      });
    }
  }

  async #run(thread: RenderThread, { markdown, options, done }: Job): Promise<void> {
    try {
      done.resolve((await this.#renderOn(thread, { markdown, options, isPlain: false })) ?? (await this.#renderPlain(markdown, options)));
    } catch (error) {
      done.reject(this.#isClosed ? closedError() : error);
    }
    this.#endWhenIdle();
  }

  async #renderOn(thread: RenderThread, request: RenderRequest): Promise<StoredBody | undefined> {
    try {
      return await thread.render(request);
    } finally {
      if (thread.hasEnded) this.#threads.delete(thread);
    }
  }

  async #renderPlain(markdown: string, options: MarkdownOptions): Promise<StoredBody> {
    if (this.#isClosed) throw closedError();
    const plain = await this.#renderOn(this.#startThread(), { markdown, options, isPlain: true });
    if (!plain) throw new Error('Splitting a text into plain paragraphs exceeded the memory limit of the rendering thread');
    return plain;
  }

  #freeThread(): RenderThread | undefined {
    const free = [...this.#threads].find(({ isBusy }) => !isBusy);
    if (free) return free;
    return this.#threads.size < maxThreads && !this.#isClosed ? this.#startThread() : undefined;
  }

  #startThread(): RenderThread {
    const thread = new RenderThread();
    this.#threads.add(thread);
    return thread;
  }

  #endWhenIdle(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      for (const thread of this.#threads) {
        if (thread.isBusy) continue;
        this.#threads.delete(thread);
        void thread.end();
      }
    }, idleTimeoutMs).unref();
  }
}

function closedError(): RequestError {
  return new RequestError(503, 'errors.stopping');
}
