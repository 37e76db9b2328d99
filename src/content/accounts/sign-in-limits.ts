export interface SignInLimit {
  freeFailures: number;
  maxDelay: number;
}

const minute = 60_000;

/**
 * Attacks on one account from one address (`pair`) or known browser (`device`) are delayed early. The limits of an
 * `account` and an `address` are higher, because they also delay legitimate users. The limit of `code`s, which are much
 * shorter than passwords, holds for attempts from anywhere; only somebody who knows the password can reach it.
 */
export const signInLimits = {
  device: { freeFailures: 5, maxDelay: 15 * minute },
  pair: { freeFailures: 5, maxDelay: 15 * minute },
  account: { freeFailures: 100, maxDelay: 10_000 },
  address: { freeFailures: 100, maxDelay: 10_000 },
  code: { freeFailures: 10, maxDelay: 15 * minute },
} satisfies Record<string, SignInLimit>;

/** The exponential backoff after a failed sign-in: 1 s, 2 s, 4 s and so on, in milliseconds. */
export function signInDelay(failures: number, { freeFailures, maxDelay }: SignInLimit): number {
  return failures < freeFailures ? 0 : Math.min(1000 * 2 ** (failures - freeFailures), maxDelay);
}
