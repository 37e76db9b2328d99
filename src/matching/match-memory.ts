import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { storylineSpan } from '../content/related/choose-storyline.ts';
import { recordChange } from '../storage/database/changes.ts';
import { inTransaction, type Database } from '../storage/database/database.ts';
import type { Handle } from '../storage/database/schema.ts';
import { MatchState } from './match-state.ts';

// In milliseconds.
const reloadDelay = 500;
/** Afterwards, the memory is released. */
const idleTime = 10 * 60_000;

interface Parts {
  db: Database;
  /** UTC milliseconds. */
  clock: () => number;
  /** How many articles are in memory at most, see `SignatureWindow`. */
  capacity?: number;
}

/** Loads what matching needs in memory when it is used, and releases it when it was not used for a while. */
export class MatchMemory {
  readonly #parts: Parts;
  #state: MatchState | undefined;
  #usedAt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get isLoaded(): boolean {
    return this.#state !== undefined;
  }

  release(): void {
    this.#state = undefined;
  }

  releaseIfIdle(): void {
    if (this.#parts.clock() - this.#usedAt > idleTime) this.release();
  }

  /** Returns a state with the signatures around two times (UTC milliseconds). */
  async reach(first: number, last: number): Promise<MatchState> {
    const { db, clock, capacity } = this.#parts;
    this.#usedAt = clock();
    const [from, until] = [first - storylineSpan, last + storylineSpan];
    if (this.#state && (await this.#state.reach(db, from, until, yieldToOthers))) return this.#state;
    return (this.#state = await MatchState.load(db, until, yieldToOthers, capacity));
  }

  /** Runs `match` in a transaction, with the signatures around two times (UTC milliseconds) in memory, and records the tags that it returns. */
  async transact(first: number, last: number, match: (transaction: Handle, state: MatchState) => Promise<string[]>): Promise<void> {
    const { db, clock } = this.#parts;
    for (;;) {
      const state = await this.reach(first, last);
      try {
        const change = await inTransaction(db, async (transaction) => {
          if (!(await state.update(db))) throw new OutdatedState('Too much has changed');
          return recordChange(transaction, await match(transaction, state), clock());
        });
        if (change !== undefined) state.ownChanges.add(change);
        return;
      } catch (error) {
        // The transaction was rolled back, but the state in memory was changed.
        this.release();
        if (!(error instanceof OutdatedState)) throw error;
        await delay(reloadDelay);
      }
    }
  }
}

class OutdatedState extends Error {}

/** Lets other work of this thread run. */
export async function yieldToOthers(): Promise<void> {
  await nextTurn();
}
