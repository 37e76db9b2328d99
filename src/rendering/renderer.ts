import type { StoredBody } from '../content/markdown/body-renderer.ts';
import type { MarkdownOptions } from '../content/markdown/markdown.ts';
import { RequestError } from '../errors.ts';
import { RenderThread } from './render-thread.ts';
import type { RenderQuestion } from './render-worker.ts';

/** At most so many threads: one for a text that takes long, and one for everybody else's. */
const mostThreads = 2;
/** How many bodies may wait for one client, and for all of them. */
const mostWaiting = { ofClient: 20, all: 200 };
/** A thread that nobody needs is ended after so many milliseconds: it takes some 20 MB. */
const idleTime = 5 * 60_000;

interface Job {
  client: string;
  markdown: string;
  options: MarkdownOptions;
  done: PromiseWithResolvers<StoredBody>;
}

/**
 * Renders bodies in threads of their own, so that no text, however long it takes, keeps the server from answering. Each
 * client has one body rendered at a time: nobody waits for another client's slow ones.
 */
export class Renderer {
  readonly #threads = new Set<RenderThread>();
  readonly #jobs: Job[] = [];
  readonly #clients = new Set<string>();
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  /**
   * Renders a body. One that takes more than two seconds of CPU time, or too much memory, is shown as it was typed,
   * in paragraphs.
   *
   * @param client whose text it is, such as `editor:7`
   * @throws RequestError (503) while too many of the client's, or of all clients', wait, and once it is closed
   */
  async render(markdown: string, options: MarkdownOptions, client: string): Promise<StoredBody> {
    if (this.#isClosed) throw closedError();
    const waiting = this.#jobs.filter((job) => job.client === client).length;
    if (waiting >= mostWaiting.ofClient || this.#jobs.length >= mostWaiting.all) throw new RequestError(503, 'errors.manyTexts');
    const job: Job = { client, markdown, options, done: Promise.withResolvers() };
    this.#jobs.push(job);
    this.#assign();
    return job.done.promise;
  }

  /** Ends all threads. What waits is answered with an error. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idle);
    for (const { done } of this.#jobs.splice(0)) done.reject(closedError());
    await Promise.all([...this.#threads].map((thread) => thread.end()));
    this.#threads.clear();
  }

  #assign(): void {
    for (;;) {
      const index = this.#jobs.findIndex(({ client }) => !this.#clients.has(client));
      const thread = index < 0 ? undefined : this.#freeThread();
      const [job] = thread ? this.#jobs.splice(index, 1) : [];
      if (!thread || !job) return;
      this.#clients.add(job.client);
      void this.#run(thread, job).finally(() => {
        this.#clients.delete(job.client);
        this.#assign();
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

  async #renderOn(thread: RenderThread, question: RenderQuestion): Promise<StoredBody | undefined> {
    try {
      return await thread.render(question);
    } finally {
      if (thread.isEnded) this.#threads.delete(thread);
    }
  }

  async #renderPlain(markdown: string, options: MarkdownOptions): Promise<StoredBody> {
    if (this.#isClosed) throw closedError();
    const plain = await this.#renderOn(this.#begin(), { markdown, options, isPlain: true });
    if (!plain) throw new Error('A text could not even be put into paragraphs within the limit of memory');
    return plain;
  }

  #freeThread(): RenderThread | undefined {
    const free = [...this.#threads].find(({ isBusy }) => !isBusy);
    if (free) return free;
    return this.#threads.size < mostThreads && !this.#isClosed ? this.#begin() : undefined;
  }

  #begin(): RenderThread {
    const thread = new RenderThread();
    this.#threads.add(thread);
    return thread;
  }

  #endWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      for (const thread of this.#threads) {
        if (thread.isBusy) continue;
        this.#threads.delete(thread);
        void thread.end();
      }
    }, idleTime).unref();
  }
}

function closedError(): RequestError {
  return new RequestError(503, 'errors.stopping');
}
