export interface SignInLimit {
  /** The number of failures before delays begin. */
  freeFailures: number;
  /** In milliseconds. */
  maxDelay: number;
}

const minute = 60_000;

/**
 * Rate limits of failed sign-ins. Failures for an account from one address (`pair`), or from a browser that has signed in
 * to the account before (`device`), are delayed soon. Limits for an account from anywhere and for a whole address are
 * laxer, because they also delay innocent people.
 */
export const signInLimits = {
  device: { freeFailures: 5, maxDelay: 15 * minute },
  pair: { freeFailures: 5, maxDelay: 15 * minute },
  account: { freeFailures: 100, maxDelay: 10_000 },
  address: { freeFailures: 100, maxDelay: 10_000 },
} satisfies Record<string, SignInLimit>;

/** The exponential backoff after a failed sign-in, in milliseconds: 1 s, 2 s, 4 s and so on, once failures are no longer free. */
export function signInDelay(failures: number, { freeFailures, maxDelay }: SignInLimit): number {
  return failures < freeFailures ? 0 : Math.min(1000 * 2 ** (failures - freeFailures), maxDelay);
}
