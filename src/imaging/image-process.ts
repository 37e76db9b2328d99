import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ImageRequest, ImageResponse } from './image-worker.ts';

const workerFile = fileURLToPath(new URL('./image-worker.ts', import.meta.url));

/**
 * All of it: the process that decodes uploads gets no secrets. The settings are glibc's. With an arena for each thread and
 * a threshold that grows with each picture, the process would keep twice as much memory after some large pictures.
 */
const environment = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };

/** For one picture. The largest pictures take about 5 seconds of CPU time. On a busy machine that can be minutes of elapsed time, because the process has a low priority. */
export interface TimeLimits {
  cpuMs: number;
  elapsedMs: number;
}

/** The child process crashed, or took too long and was ended. */
export class ImageProcessEnded extends Error {}

/** A child process that handles one request at a time. Only a busy one keeps the server alive. */
export class ImageProcess {
  readonly #child: ChildProcess = fork(workerFile, { serialization: 'advanced', execArgv: [], env: environment, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  readonly #exit = Promise.withResolvers<void>();
  #response: PromiseWithResolvers<ImageResponse> | undefined;
  hasEnded = false;

  constructor() {
    this.#child.on('message', (response: ImageResponse) => this.#response?.resolve(response));
    this.#child.once('error', (error) => this.#fail(error));
    this.#child.once('exit', (code, signal) => this.#fail(new ImageProcessEnded(`The image process ended with ${signal ?? `code ${code}`}`)));
    this.#unref();
  }

  get id(): number | undefined {
    return this.#child.pid;
  }

  /** @throws ImageProcessEnded if the process ended, or was ended because it exceeded a limit */
  async run(request: ImageRequest, limits: TimeLimits): Promise<ImageResponse> {
    this.#response = Promise.withResolvers();
    this.#child.ref();
    this.#child.channel?.ref();
    const finished = new AbortController();
    void this.#enforce(limits, finished.signal);
    try {
      this.#child.send(request, (error) => error && this.#fail(error));
      return await this.#response.promise;
    } finally {
      finished.abort();
      this.#response = undefined;
      this.#unref();
    }
  }

  async end(): Promise<void> {
    this.#child.ref();
    this.#child.kill('SIGKILL');
    await this.#exit.promise;
  }

  async #enforce({ cpuMs, elapsedMs }: TimeLimits, finished: AbortSignal): Promise<void> {
    const start = performance.now();
    const before = cpuTime(this.id);
    for (let used = 0; used < cpuMs && performance.now() - start < elapsedMs; used = cpuTime(this.id) - before) {
      if (!(await delay(Math.min(cpuMs - used, elapsedMs, 1000), true, { signal: finished, ref: false }).catch(() => false))) return;
    }
    this.#child.kill('SIGKILL');
  }

  #fail(error: Error): void {
    this.hasEnded = true;
    this.#response?.reject(error);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) this.#exit.resolve();
  }

  #unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }
}

/** Of a process, in milliseconds. 0 on other systems than Linux, and if the process has ended. */
function cpuTime(id: number | undefined): number {
  try {
    // The name, in parentheses, may contain spaces. The kernel counts user and system time in hundredths of a second (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}
