import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../observability/log.ts';

// The values must stay the same: after an upgrade by SIGHUP, an old primary process talks to new workers.
export const readyMessage = 'ready';
export const drainMessage = 'leave';

const minUptimeMs = 5000;
const restartBackoffMs = { min: 500, max: 30_000 };

/**
 * Runs worker processes on one port and restarts those that end, until SIGTERM or SIGINT. SIGHUP replaces the workers one
 * after another. The first worker starts alone, because it creates the database; if it fails, no others are started.
 */
export async function superviseWorkers(count: number, log: Logger): Promise<void> {
  const signals = listenForSignals();
  const pool = new WorkerPool(log);
  const first = pool.start();
  const outcome = await Promise.race([isReady(first), signals.stop]);
  if (outcome === false) {
    process.exitCode = first.process.exitCode ?? 1;
    return;
  }
  if (outcome === true) {
    pool.supervise(first);
    for (let number = 1; number < count; number += 1) pool.supervise(pool.start());
    while ((await Promise.race([signals.hangUp(), signals.stop])) === 'SIGHUP') await pool.replaceAll(signals.stop);
    log.info('stopping the workers');
  }
  pool.stop();
  // Node removes a worker from cluster.workers after both events, in either order.
  while (workers().length > 0) await Promise.race([once(cluster, 'exit'), once(cluster, 'disconnect')]);
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

async function isReady(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    worker.once('message', () => resolve(true)).once('exit', () => resolve(false));
  });
}

class WorkerPool {
  readonly #log: Logger;
  readonly #supervised = new Set<Worker>();
  #backoffMs = 0;
  readonly #stopped = new AbortController();

  constructor(log: Logger) {
    this.#log = log;
  }

  start(): Worker {
    const worker = cluster.fork();
    worker.on('error', (error) => this.#log.error({ err: error, pid: worker.process.pid }, 'a worker process reported an error'));
    return worker;
  }

  supervise(worker: Worker): void {
    const startedAt = Date.now();
    this.#supervised.add(worker);
    worker.once('exit', (code, signal) => {
      if (!this.#supervised.delete(worker)) return;
      this.#log.error({ pid: worker.process.pid, code, signal }, 'a worker ended unexpectedly and will be restarted');
      this.#backoffMs = Date.now() - startedAt < minUptimeMs ? Math.min(restartBackoffMs.max, Math.max(restartBackoffMs.min, this.#backoffMs * 2)) : 0;
      void this.#restart(this.#backoffMs);
    });
  }

  /** Drains each worker once its replacement is ready. */
  async replaceAll(stopped: Promise<unknown>): Promise<void> {
    let count = 0;
    const oldWorkers = [...this.#supervised];
    for (const worker of oldWorkers) {
      if (!this.#supervised.has(worker)) continue;
      const replacement = this.start();
      const outcome = await Promise.race([isReady(replacement), stopped]);
      if (outcome !== true) {
        if (outcome === false) this.#log.error('a new worker could not start, so the remaining workers were not replaced; fix the cause and send SIGHUP again');
        return;
      }
      this.supervise(replacement);
      if (!this.#supervised.delete(worker)) continue;
      worker.send(drainMessage);
      count += 1;
    }
    this.#log.info({ workers: count }, 'workers replaced');
  }

  stop(): void {
    this.#supervised.clear();
    this.#stopped.abort();
    for (const worker of workers()) worker.process.kill('SIGTERM');
  }

  async #restart(delayMs: number): Promise<void> {
    // If no worker is left, only this timer keeps the process alive.
    await delay(delayMs, undefined, { signal: this.#stopped.signal }).catch(() => {});
    if (this.#stopped.signal.aborted) return;
    try {
      this.supervise(this.start());
    } catch (error) {
      this.#log.error({ err: error }, 'a worker could not be started; the site keeps retrying');
      void this.#restart(restartBackoffMs.max);
    }
  }
}

/** Ctrl+C under npm sends two signals, so signals may repeat. */
function listenForSignals(): { stop: Promise<'stop'>; hangUp: () => Promise<'SIGHUP'> } {
  let isPending = false;
  let wake = () => {};
  process.on('SIGHUP', () => {
    isPending = true;
    wake();
  });
  return {
    stop: new Promise((resolve) => {
      for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => resolve('stop'));
    }),
    /** Resolves at once if a SIGHUP came since the last call. */
    async hangUp() {
      if (!isPending) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      isPending = false;
      return 'SIGHUP';
    },
  };
}
