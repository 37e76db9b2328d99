import { Worker } from 'node:worker_threads';
import { OperatorError } from '../errors.ts';
import type { Piece } from './article-files.ts';
import { batchReader, type BatchResult, type ImportedSite, type ImportStep } from './import-batch.ts';
import type { ImportQuestion } from './import-worker.ts';

const workerFile = new URL('./import-worker.ts', import.meta.url);

/** Whoever reads the batches of an import. */
export interface BatchReaders {
  /** How many batches may be asked for at once, so that nobody waits and memory stays bounded. */
  atOnce: number;
  /** The pieces are given away: they cannot be read afterwards. @throws OperatorError if a thread has failed */
  read(step: ImportStep, pieces: Piece[]): Promise<BatchResult>;
  close(): Promise<void>;
}

/** Reads in this thread: what is soon done is done before another thread has started. */
export function readHere(site: ImportedSite): BatchReaders {
  const read = batchReader(site);
  return { atOnce: 1, read: async (step, pieces) => read(step, pieces), close: async () => {} };
}

/** Reads in threads of its own, which have their turn one after another. */
export function readInThreads(site: ImportedSite, count: number, file = workerFile): BatchReaders {
  const threads = Array.from({ length: count }, () => new ImportThread(site, file));
  let turn = 0;
  return {
    // One that is read, one that waits to be, and one that waits to be written.
    atOnce: 3 * count,
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

class ImportThread {
  readonly #worker: Worker;
  #waiting: PromiseWithResolvers<BatchResult>[] = [];
  #failure: OperatorError | undefined;

  constructor(site: ImportedSite, file: URL) {
    this.#worker = new Worker(file, { workerData: site });
    this.#worker.on('message', (result: BatchResult) => this.#waiting.shift()?.resolve(result));
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error.message : String(error), error));
    this.#worker.on('exit', (code) => this.#fail(`it ended with ${code}`, undefined));
  }

  read(step: ImportStep, pieces: Piece[]): Promise<BatchResult> {
    if (this.#failure) return Promise.reject(this.#failure);
    const answer = Promise.withResolvers<BatchResult>();
    this.#waiting.push(answer);
    const question: ImportQuestion = { step, pieces };
    this.#worker.postMessage(question, pieces.map(({ bytes }) => bytes.buffer));
    return answer.promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(reason: string, cause: unknown): void {
    this.#failure ??= new OperatorError(`A thread of the import has failed: ${reason}. What was imported before that stays; import again to see what is left.`, { cause });
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}
