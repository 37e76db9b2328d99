/** How many sign-ins may fail before the next has to wait: of one account, and from one address, which many may share. */
export const freeFailures = { account: 5, address: 20 };

const longestWait = 15 * 60_000;

/**
 * How long after the last failed sign-in the next may be tried, in milliseconds: nothing while failures are free,
 * then 1 s, 2 s, 4 s and so on, at most 15 minutes.
 */
export function waitAfter(failures: number, free: number): number {
  return failures < free ? 0 : Math.min(1000 * 2 ** (failures - free), longestWait);
}
