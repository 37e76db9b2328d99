/** @throws if there are no values */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that a share of all are at most (the nearest rank). @throws if there are no values */
export function percentile(values: readonly number[], share: number): number {
  const value = values.toSorted((one, other) => one - other)[Math.max(0, Math.ceil(values.length * share) - 1)];
  if (value === undefined) throw new Error('Nothing was measured');
  return value;
}

/** The 99th percentile of each round's values, and of these the median. */
export function p99OfRounds(rounds: readonly (readonly number[])[]): number {
  return median(rounds.map((values) => percentile(values, 0.99)));
}

/** `median (least..most)` */
export function spread(values: readonly number[], digits = 0): string {
  return `${number(median(values), digits)} (${number(Math.min(...values), digits)}..${number(Math.max(...values), digits)})`;
}

export function number(value: number, digits = 0): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
