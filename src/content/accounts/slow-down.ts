/** Exponential backoff for failed sign-ins. */
export interface Limit {
  /** How many attempts may fail before the next one has to wait. */
  free: number;
  /** Milliseconds. */
  maxWait: number;
}

const minute = 60_000;

/**
 * Failures are counted per account and network, or per account and known browser: this stops somebody who guesses the
 * password of one account. The limits per account and per network are looser, because they also affect people who have
 * not failed.
 */
export const limits = {
  device: { free: 5, maxWait: 15 * minute },
  pair: { free: 5, maxWait: 15 * minute },
  account: { free: 100, maxWait: 10_000 },
  address: { free: 100, maxWait: 10_000 },
} satisfies Record<string, Limit>;

/** How long to wait after the last failed sign-in, in milliseconds: nothing for the free attempts, then 1 s, 2 s, 4 s and so on. */
export function waitAfter(failures: number, { free, maxWait }: Limit): number {
  return failures < free ? 0 : Math.min(1000 * 2 ** (failures - free), maxWait);
}
