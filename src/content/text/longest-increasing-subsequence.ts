/** The longest subsequence of pairs whose second numbers increase (patience sorting, O(n log n)). */
export function longestIncreasingSubsequence(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  // tails[n] ends the subsequence of length n + 1 whose last number is the smallest so far.
  const tails: Tail[] = [];
  for (const pair of pairs) {
    const length = countTailsBelow(tails, pair[1]);
    tails[length] = { pair, previous: tails[length - 1] };
  }
  const subsequence: (readonly [number, number])[] = [];
  for (let tail = tails.at(-1); tail; tail = tail.previous) subsequence.push(tail.pair);
  return subsequence.toReversed();
}

interface Tail {
  pair: readonly [number, number];
  previous: Tail | undefined;
}

function countTailsBelow(tails: Tail[], number: number): number {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const tail = tails[middle];
    if (tail && tail.pair[1] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
