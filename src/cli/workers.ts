import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../observability/log.ts';

/** What a worker tells once it answers requests, and what it is told when another has taken its place. */
export const ready = 'ready';
export const leave = 'leave';

/** A worker that ends sooner than this after its start is started again only after a pause, which grows. Milliseconds. */
const soon = 5000;
const longestPause = 30_000;

/**
 * Runs several processes of this program on one port, and puts another in the place of one that ends. SIGHUP replaces
 * them all, one after another; SIGTERM and SIGINT end them, and this.
 *
 * The first begins alone: it makes the database and says where the site is, and if it cannot, nothing else is tried.
 *
 * @returns when all have ended
 */
export async function superviseWorkers(count: number, log: Logger): Promise<void> {
  const first = cluster.fork();
  const signals = new Signals(['SIGTERM', 'SIGINT', 'SIGHUP']);
  let isStopping = false;
  const stop = () => {
    isStopping = true;
    for (const worker of workers()) worker.process.kill('SIGTERM');
  };

  const beginning = Promise.race([isReady(first), signals.next()]);
  const begun = await beginning;
  if (begun === false) {
    process.exitCode = first.process.exitCode ?? 1;
    return;
  }
  if (begun === true) {
    const replacements = new Replacements(log, () => isStopping);
    cluster.on('exit', (worker) => void replacements.after(worker));
    for (let number = 1; number < count; number += 1) cluster.fork();
    for (let signal = await signals.next(); signal === 'SIGHUP'; signal = await signals.next()) await replaceAll(log, signals);
    log.info('stopping the workers');
  }
  stop();
  // A worker is counted until it has both ended and let go of its channel, in either order.
  while (workers().length > 0) await Promise.race([once(cluster, 'exit'), once(cluster, 'disconnect')]);
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

/** Resolves to true once a worker answers requests, to false if it ends before. */
async function isReady(worker: Worker): Promise<boolean> {
  return Promise.race([once(worker, 'message').then(() => true), once(worker, 'exit').then(() => false)]);
}

/** One worker after another is asked to leave, once the one that takes its place answers. */
async function replaceAll(log: Logger, signals: Signals): Promise<void> {
  const former = workers();
  for (const worker of former) {
    if (signals.isToldToStop) return;
    const successor = cluster.fork();
    if (!(await isReady(successor))) {
      log.error('a new worker could not begin: the others stay');
      return;
    }
    if (worker.isConnected()) worker.send(leave);
  }
  log.info({ workers: former.length }, 'workers replaced');
}

/** Puts a worker in the place of each that ends without having been told to. */
class Replacements {
  readonly #log: Logger;
  readonly #isStopping: () => boolean;
  #lastAt = 0;
  #pause = 0;

  constructor(log: Logger, isStopping: () => boolean) {
    this.#log = log;
    this.#isStopping = isStopping;
  }

  async after(worker: Worker): Promise<void> {
    if (worker.exitedAfterDisconnect || this.#isStopping()) return;
    this.#log.error({ pid: worker.process.pid, code: worker.process.exitCode, signal: worker.process.signalCode }, 'a worker ended and is replaced');
    const now = Date.now();
    this.#pause = now - this.#lastAt < soon ? Math.min(longestPause, Math.max(500, this.#pause * 2)) : 0;
    this.#lastAt = now;
    await delay(this.#pause, undefined, { ref: false });
    if (!this.#isStopping()) cluster.fork();
  }
}

/** Signals in the order in which they came; Ctrl+C under npm comes twice. */
class Signals {
  isToldToStop = false;
  readonly #waiting: NodeJS.Signals[] = [];
  #wake: (() => void) | undefined;

  constructor(names: NodeJS.Signals[]) {
    for (const name of names) {
      process.on(name, () => {
        if (name !== 'SIGHUP') this.isToldToStop = true;
        this.#waiting.push(name);
        this.#wake?.();
      });
    }
  }

  /** The next that has not been taken; of those that tell to stop, as soon as there is one. */
  async next(): Promise<NodeJS.Signals> {
    for (;;) {
      const stop = this.#waiting.find((name) => name !== 'SIGHUP');
      const signal = stop ?? this.#waiting.shift();
      if (signal) return signal;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
