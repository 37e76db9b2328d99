import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { continueThemeMerge } from './merge-themes.ts';

/** In milliseconds. A merge may wait because the process that began it has ended, or because a step has failed. */
const watchInterval = 60_000;

interface MergerParts {
  db: Database;
  /** UTC milliseconds. */
  clock: () => number;
  /** Called when a step has failed. The next call of `start` tries it again. */
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

  /** Looks for incomplete merges now and every minute, and completes them. Returns at once. */
  watch(): void {
    this.start();
    this.#timer ??= setInterval(() => this.start(), watchInterval).unref();
  }

  /** Completes the merges that have begun. Returns at once. */
  start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** As `start`, but resolves when they are complete. */
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
