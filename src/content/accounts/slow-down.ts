/** How many sign-ins may fail before the next has to wait, and how long it waits at most, in milliseconds. */
export interface Limit {
  free: number;
  longest: number;
}

const minute = 60_000;

/**
 * What failures are counted by. An account is guessed at from one address, or in a browser that has signed in to it
 * before: that is slowed down soon. One account from everywhere, and every account from one address, are slowed down
 * later and less, for those who share them have done nothing.
 */
export const limits = {
  device: { free: 5, longest: 15 * minute },
  pair: { free: 5, longest: 15 * minute },
  account: { free: 100, longest: 10_000 },
  address: { free: 100, longest: 10_000 },
} satisfies Record<string, Limit>;

/** How long after the last failed sign-in the next may be tried, in milliseconds: nothing while failures are free, then 1 s, 2 s, 4 s and so on. */
export function waitAfter(failures: number, { free, longest }: Limit): number {
  return failures < free ? 0 : Math.min(1000 * 2 ** (failures - free), longest);
}
