/** Delays are in milliseconds. */
export interface SignInLimit {
  freeFailures: number;
  firstDelay: number;
  maxDelay: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * Attacks on one account from one address (`pair`) or known browser (`device`) are delayed early. The limits of an
 * `account` and an `address` are higher, because they also delay legitimate users. The limit of `code`s, which are much
 * shorter than passwords, holds for attempts from anywhere; only somebody who knows the password can reach it.
 */
export const signInLimits = {
  device: { freeFailures: 5, firstDelay: second, maxDelay: 15 * minute },
  pair: { freeFailures: 5, firstDelay: second, maxDelay: 15 * minute },
  account: { freeFailures: 100, firstDelay: second, maxDelay: 10 * second },
  address: { freeFailures: 100, firstDelay: second, maxDelay: 10 * second },
  code: { freeFailures: 10, firstDelay: second, maxDelay: 15 * minute },
} satisfies Record<string, SignInLimit>;

/** How many emails with a link for a new password may be asked for, for one account and from one address. */
export const linkLimits = {
  account: { freeFailures: 3, firstDelay: hour, maxDelay: hour },
  address: { freeFailures: 20, firstDelay: hour, maxDelay: hour },
} satisfies Record<string, SignInLimit>;

/** The exponential backoff after a failed sign-in: 1 s, 2 s, 4 s and so on, in milliseconds. */
export function signInDelay(failures: number, { freeFailures, firstDelay, maxDelay }: SignInLimit): number {
  return failures < freeFailures ? 0 : Math.min(firstDelay * 2 ** (failures - freeFailures), maxDelay);
}
