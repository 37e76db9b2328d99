import type { Rendition } from '../content/pictures/renditions.ts';
import { RequestError } from '../errors.ts';
import type { Master } from '../storage/pictures/save-picture.ts';
import type { EmbeddedTexts } from './embedded-texts.ts';
import { ImageProcess, ImageProcessEnded, type TimeLimits } from './image-process.ts';
import type { ImageRequest, ImageResponse } from './image-worker.ts';
import { RefusedPicture } from './refused-picture.ts';

/** Uploads wait as files on the disk, so many may wait. */
const maxQueued = 200;

export interface ImagingOptions {
  limits?: TimeLimits;
  /** How long an idle process is kept. It takes about 100 MB. */
  idleTimeoutMs?: number;
}

/** Background jobs run only while no requested job is waiting. */
export type Priority = 'requested' | 'background';

interface Job {
  /** Returns undefined if the job is no longer needed. */
  prepare: () => Promise<ImageRequest | undefined>;
  done: PromiseWithResolvers<ImageResponse | undefined>;
}

/** Makes masters and renditions in a child process of low priority, one at a time, so that image work neither blocks the server nor takes its memory. */
export class Imaging {
  readonly #limits: TimeLimits;
  readonly #idleTimeoutMs: number;
  readonly #queues: Record<Priority, Job[]> = { requested: [], background: [] };
  #process: ImageProcess | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #isBusy = false;
  #isClosed = false;

  constructor({ limits = { cpuMs: 30_000, elapsedMs: 300_000 }, idleTimeoutMs = 60_000 }: ImagingOptions = {}) {
    this.#limits = limits;
    this.#idleTimeoutMs = idleTimeoutMs;
  }

  /** Of the child process, while it runs. */
  get processId(): number | undefined {
    return this.#process?.id;
  }

  /**
   * Decodes an uploaded file.
   *
   * @throws RefusedPicture if the file is not a picture that the library accepts; RequestError (503) if too many uploads are waiting, and after `close`
   */
  async makeMaster(file: string): Promise<Master & EmbeddedTexts> {
    const response = await this.#enqueue('requested', async () => ({ file })).catch((error: unknown) => {
      throw error instanceof ImageProcessEnded ? new RefusedPicture({ key: 'problems.pictureFailed' }, { cause: error }) : error;
    });
    if (response && 'master' in response) return response.master;
    if (response && 'refusal' in response) throw new RefusedPicture(response.refusal, { cause: response.cause });
    throw failure(response);
  }

  /**
   * @param findMaster called when the turn has come, so that waiting jobs take no memory. If it finds nothing, nothing is made.
   * @throws ImageProcessEnded if the child process crashed or took too long; RequestError (503) if too many jobs are waiting, and after `close`
   */
  async makeRendition(findMaster: () => Promise<Uint8Array | undefined>, rendition: Rendition, priority: Priority): Promise<Buffer | undefined> {
    const response = await this.#enqueue(priority, async () => {
      const master = await findMaster();
      return master && { master, rendition };
    });
    if (!response) return undefined;
    if ('rendition' in response) return response.rendition;
    throw failure(response);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idleTimer);
    for (const queue of Object.values(this.#queues)) for (const { done } of queue.splice(0)) done.reject(closedError());
    await this.#process?.end();
  }

  async #enqueue(priority: Priority, prepare: Job['prepare']): Promise<ImageResponse | undefined> {
    if (this.#isClosed) throw closedError();
    if (this.#queues[priority].length >= maxQueued) throw new RequestError(503, 'errors.manyPictures');
    const job = { prepare, done: Promise.withResolvers<ImageResponse | undefined>() };
    this.#queues[priority].push(job);
    if (!this.#isBusy) void this.#runJobs();
    return job.done.promise;
  }

  async #runJobs(): Promise<void> {
    this.#isBusy = true;
    clearTimeout(this.#idleTimer);
    for (let job = this.#nextJob(); job; job = this.#nextJob()) await this.#run(job);
    this.#isBusy = false;
    this.#endWhenIdle();
  }

  #nextJob(): Job | undefined {
    return this.#queues.requested.shift() ?? this.#queues.background.shift();
  }

  async #run({ prepare, done }: Job): Promise<void> {
    try {
      const request = await prepare();
      if (this.#isClosed) throw closedError();
      done.resolve(request && (await this.#runningProcess().run(request, this.#limits)));
    } catch (error) {
      done.reject(this.#isClosed ? closedError() : error);
    }
  }

  #runningProcess(): ImageProcess {
    if (!this.#process || this.#process.hasEnded) this.#process = new ImageProcess();
    return this.#process;
  }

  #endWhenIdle(): void {
    if (this.#isClosed) return;
    this.#idleTimer = setTimeout(() => {
      void this.#process?.end();
      this.#process = undefined;
    }, this.#idleTimeoutMs).unref();
  }
}

function failure(response: ImageResponse | undefined): unknown {
  return response && 'error' in response ? response.error : new Error('The image process gave another response than was requested');
}

function closedError(): RequestError {
  return new RequestError(503, 'errors.stopping');
}
