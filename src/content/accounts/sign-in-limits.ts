export interface SignInLimit {
  freeFailures: number;
  maxDelay: number;
}

const minute = 60_000;

/** Attacks on one account from one address (`pair`) or known browser (`device`) are delayed early. The other limits are higher, because they also delay legitimate users. */
export const signInLimits = {
  device: { freeFailures: 5, maxDelay: 15 * minute },
  pair: { freeFailures: 5, maxDelay: 15 * minute },
  account: { freeFailures: 100, maxDelay: 10_000 },
  address: { freeFailures: 100, maxDelay: 10_000 },
} satisfies Record<string, SignInLimit>;

/** The exponential backoff after a failed sign-in: 1 s, 2 s, 4 s and so on, in milliseconds. */
export function signInDelay(failures: number, { freeFailures, maxDelay }: SignInLimit): number {
  return failures < freeFailures ? 0 : Math.min(1000 * 2 ** (failures - freeFailures), maxDelay);
}
