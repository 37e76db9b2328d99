/** @throws if there are no values */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The percentile by the nearest-rank method; `share` is from 0 to 1. @throws if there are no values */
export function percentile(values: readonly number[], share: number): number {
  const value = values.toSorted((one, other) => one - other)[Math.max(0, Math.ceil(values.length * share) - 1)];
  if (value === undefined) throw new Error('Nothing was measured');
  return value;
}

/** The median of the rounds' 99th percentiles. */
export function p99OfRounds(rounds: readonly (readonly number[])[]): number {
  return median(rounds.map((values) => percentile(values, 0.99)));
}

/** `median (min..max)` */
export function spread(values: readonly number[], digits = 0): string {
  return `${number(median(values), digits)} (${number(Math.min(...values), digits)}..${number(Math.max(...values), digits)})`;
}

export function number(value: number, digits = 0): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
