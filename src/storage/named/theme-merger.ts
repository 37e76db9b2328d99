import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { continueThemeMerge } from './merge-themes.ts';

/** Milliseconds. Another process may have begun a merge and ended, and a step may have failed. */
const watchInterval = 60_000;

interface MergerParts {
  db: Database;
  /** UTC milliseconds. */
  clock: () => number;
  /** A step has failed. The next call of `start` tries it again. */
  onError: (error: unknown) => void;
}

/** Completes the merges of large themes in the background. Requests and other writes run between two steps. */
export class ThemeMerger {
  readonly #parts: MergerParts;
  #isStopped = false;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: MergerParts) {
    this.#parts = parts;
  }

  /** Completes the merges that are begun or interrupted from now on. Returns at once. */
  watch(): void {
    this.start();
    this.#timer ??= setInterval(() => this.start(), watchInterval).unref();
  }

  /** Returns at once. */
  start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when all merges that were begun are complete. */
  async finish(): Promise<void> {
    this.start();
    await this.#running;
  }

  /** Resolves after the current step. A restarted site takes the next one. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    const { db, clock, onError } = this.#parts;
    try {
      while (!this.#isStopped && (await continueThemeMerge(db, clock()))) await nextTurn();
    } catch (error) {
      onError(error);
    }
  }
}
