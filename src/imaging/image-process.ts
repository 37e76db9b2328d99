import { fork, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ImageRequest, ImageResponse } from './imaging-process.ts';

const processFile = fileURLToPath(new URL('./imaging-process.ts', import.meta.url));

/** The child process crashed, or took too long and was ended. */
export class ImageProcessEnded extends Error {}

/** A child process that handles one request at a time. Only a busy one keeps the server alive. */
export class ImageProcess {
  readonly #child: ChildProcess = fork(processFile, { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  readonly #exit = Promise.withResolvers<void>();
  #response: PromiseWithResolvers<ImageResponse> | undefined;
  hasEnded = false;

  constructor() {
    this.#child.on('message', (response: ImageResponse) => this.#response?.resolve(response));
    this.#child.once('error', (error) => this.#fail(error));
    this.#child.once('exit', (code, signal) => this.#fail(new ImageProcessEnded(`The image process ended with ${signal ?? `code ${code}`}`)));
    // Readers' requests come first. On Linux priorities are per thread, and the process has no other threads yet that could inherit a higher one.
    if (this.#child.pid !== undefined) setPriority(this.#child.pid, 10);
    this.#unref();
  }

  get id(): number | undefined {
    return this.#child.pid;
  }

  /** @throws ImageProcessEnded if the process ended, or was ended because it had not answered in `timeoutMs` */
  async run(request: ImageRequest, timeoutMs: number): Promise<ImageResponse> {
    this.#response = Promise.withResolvers();
    this.#child.ref();
    this.#child.channel?.ref();
    const timeout = setTimeout(() => this.#child.kill('SIGKILL'), timeoutMs);
    try {
      this.#child.send(request, (error) => error && this.#fail(error));
      return await this.#response.promise;
    } finally {
      clearTimeout(timeout);
      this.#response = undefined;
      this.#unref();
    }
  }

  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit.promise;
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
