import { matchTokens, type DiffBudget } from './token-matches.ts';

/** `start` to `end` (exclusive) is replaced by `otherStart` to `otherEnd` of the other list. */
export interface Hunk {
  start: number;
  end: number;
  otherStart: number;
  otherEnd: number;
}

/** Matches only significant tokens; the others (white space, punctuation) match only next to a match. Hunks never touch. */
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
