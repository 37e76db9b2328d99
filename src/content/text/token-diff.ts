import { matchTokens, type DiffBudget } from './token-matches.ts';

/** `start` to `end` (exclusive) of one list is replaced by `otherStart` to `otherEnd` of the other. */
export interface Hunk {
  start: number;
  end: number;
  otherStart: number;
  otherEnd: number;
}

/**
 * Diffs two token lists into ordered hunks that never touch. Only significant tokens are matched; the others (white
 * space, punctuation) match only next to a matched token. Tokens that occur once in each list, in the same order, always match.
 * When the budget runs out, hunks are larger than necessary.
 */
export function diffTokens(from: string[], to: string[], isSignificant: (token: string) => boolean, budget: DiffBudget): Hunk[] {
  const differing = trimCommonEnds(from, to, { start: 0, end: from.length, otherStart: 0, otherEnd: to.length });
  const matches = matchTokens(from.slice(differing.start, differing.end), to.slice(differing.otherStart, differing.otherEnd), isSignificant, budget);
  const hunks: Hunk[] = [];
  let { start, otherStart } = differing;
  for (const [index, otherIndex] of [...matches, [differing.end - differing.start, differing.otherEnd - differing.otherStart] as const]) {
    const end = differing.start + index;
    const otherEnd = differing.otherStart + otherIndex;
    const hunk = trimCommonEnds(from, to, { start, end, otherStart, otherEnd });
    if (hunk.end > hunk.start || hunk.otherEnd > hunk.otherStart) hunks.push(hunk);
    start = end + 1;
    otherStart = otherEnd + 1;
  }
  return hunks;
}

function trimCommonEnds(from: string[], to: string[], { start, end, otherStart, otherEnd }: Hunk): Hunk {
  while (start < end && otherStart < otherEnd && from[start] === to[otherStart]) {
    start += 1;
    otherStart += 1;
  }
  while (start < end && otherStart < otherEnd && from[end - 1] === to[otherEnd - 1]) {
    end -= 1;
    otherEnd -= 1;
  }
  return { start, end, otherStart, otherEnd };
}
