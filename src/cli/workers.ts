import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../observability/log.ts';

/** What a worker tells once it answers requests, and what it is told when another has taken its place. */
export const ready = 'ready';
export const leave = 'leave';

/** One that takes the place of a worker that ended sooner than this after its start comes after a pause, which grows. Milliseconds. */
const soon = 5000;
const pause = { first: 500, longest: 30_000 };

/**
 * Runs several processes of this program on one port, and puts another in the place of one that ends. SIGHUP replaces
 * them all, one after another; SIGTERM and SIGINT end them, and this.
 *
 * The first begins alone: it makes the database and says where the site is, and if it cannot, nothing else is tried.
 *
 * @returns when all have ended
 */
export async function superviseWorkers(count: number, log: Logger): Promise<void> {
  const told = signals();
  const crew = new Crew(log);
  const first = crew.hire();
  const begun = await Promise.race([isReady(first), told.stop]);
  if (begun === false) {
    process.exitCode = first.process.exitCode ?? 1;
    return;
  }
  if (begun === true) {
    crew.keep(first);
    for (let number = 1; number < count; number += 1) crew.keep(crew.hire());
    while ((await Promise.race([told.hangUp(), told.stop])) === 'SIGHUP') await crew.replaceAll(told.stop);
    log.info('stopping the workers');
  }
  crew.stop();
  // A worker is counted until it has both ended and let go of its channel, in either order.
  while (workers().length > 0) await Promise.race([once(cluster, 'exit'), once(cluster, 'disconnect')]);
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

/** Resolves to true once a worker answers requests, to false if it ends before. */
async function isReady(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    worker.once('message', () => resolve(true)).once('exit', () => resolve(false));
  });
}

/** The processes that serve the site. */
class Crew {
  readonly #log: Logger;
  /** Those in whose place another is put when they end. */
  readonly #kept = new Set<Worker>();
  #pause = 0;
  readonly #stopped = new AbortController();

  constructor(log: Logger) {
    this.#log = log;
  }

  hire(): Worker {
    const worker = cluster.fork();
    worker.on('error', (error) => this.#log.error({ err: error, pid: worker.process.pid }, 'a worker has a fault'));
    return worker;
  }

  keep(worker: Worker): void {
    const since = Date.now();
    this.#kept.add(worker);
    worker.once('exit', (code, signal) => {
      if (!this.#kept.delete(worker)) return;
      this.#log.error({ pid: worker.process.pid, code, signal }, 'a worker ended and is replaced');
      this.#pause = Date.now() - since < soon ? Math.min(pause.longest, Math.max(pause.first, this.#pause * 2)) : 0;
      void this.#replace(this.#pause);
    });
  }

  /** One worker after another is asked to leave, once the one that takes its place answers. */
  async replaceAll(stopped: Promise<unknown>): Promise<void> {
    let count = 0;
    const former = [...this.#kept];
    for (const worker of former) {
      // It ended meanwhile, and was replaced then.
      if (!this.#kept.has(worker)) continue;
      const successor = this.hire();
      const begun = await Promise.race([isReady(successor), stopped]);
      if (begun !== true) {
        if (begun === false) this.#log.error('a new worker could not begin: the others stay');
        return;
      }
      this.keep(successor);
      if (!this.#kept.delete(worker)) continue;
      worker.send(leave);
      count += 1;
    }
    this.#log.info({ workers: count }, 'workers replaced');
  }

  stop(): void {
    this.#kept.clear();
    this.#stopped.abort();
    for (const worker of workers()) worker.process.kill('SIGTERM');
  }

  async #replace(wait: number): Promise<void> {
    // With no worker left it is all that keeps this process alive.
    await delay(wait, undefined, { signal: this.#stopped.signal }).catch(() => {});
    if (this.#stopped.signal.aborted) return;
    try {
      this.keep(this.hire());
    } catch (error) {
      this.#log.error({ err: error }, 'a worker could not be started');
      void this.#replace(pause.longest);
    }
  }
}

/** What the process is told by signals; Ctrl+C under npm tells it twice. */
function signals(): { stop: Promise<'stop'>; hangUp: () => Promise<'SIGHUP'> } {
  let isWaiting = false;
  let wake = () => {};
  process.on('SIGHUP', () => {
    isWaiting = true;
    wake();
  });
  return {
    stop: new Promise((resolve) => {
      for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => resolve('stop'));
    }),
    /** One that came meanwhile counts too. */
    async hangUp() {
      if (!isWaiting) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      isWaiting = false;
      return 'SIGHUP';
    },
  };
}
