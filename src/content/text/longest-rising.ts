/** The longest run of pairs, in the order given, whose second numbers rise. Takes n log n steps. */
export function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  // By length, the run that ends lowest: a later pair continues the longest of those that end below it.
  const runs: Run[] = [];
  for (const pair of pairs) {
    const length = runsBelow(runs, pair[1]);
    runs[length] = { pair, before: runs[length - 1] };
  }
  const rising: (readonly [number, number])[] = [];
  for (let run = runs.at(-1); run; run = run.before) rising.push(run.pair);
  return rising.toReversed();
}

interface Run {
  pair: readonly [number, number];
  before: Run | undefined;
}

function runsBelow(runs: Run[], number: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const run = runs[middle];
    if (run && run.pair[1] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
