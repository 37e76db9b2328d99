import { matchTokens, type Effort } from './token-matches.ts';

/** A stretch in which two lists differ: `start` to `end` (exclusive) of one stands where `otherStart` to `otherEnd` of the other does. */
export interface Hunk {
  start: number;
  end: number;
  otherStart: number;
  otherEnd: number;
}

/**
 * Where two lists of tokens differ, in order, never two hunks side by side. Only tokens that `leads` accepts are looked
 * for; the others (white space, punctuation) are the same where they stand beside one that is. A token that both have
 * once, in the same order, is always the same. Where the effort does not suffice, a hunk is larger than it need be.
 */
export function diffTokens(from: string[], to: string[], leads: (token: string) => boolean, effort: Effort): Hunk[] {
  const whole = trimmed(from, to, { start: 0, end: from.length, otherStart: 0, otherEnd: to.length });
  const matches = matchTokens(from.slice(whole.start, whole.end), to.slice(whole.otherStart, whole.otherEnd), leads, effort);
  const hunks: Hunk[] = [];
  let { start, otherStart } = whole;
  for (const [index, otherIndex] of [...matches, [whole.end - whole.start, whole.otherEnd - whole.otherStart] as const]) {
    const end = whole.start + index;
    const otherEnd = whole.otherStart + otherIndex;
    const hunk = trimmed(from, to, { start, end, otherStart, otherEnd });
    if (hunk.end > hunk.start || hunk.otherEnd > hunk.otherStart) hunks.push(hunk);
    start = end + 1;
    otherStart = otherEnd + 1;
  }
  return hunks;
}

function trimmed(from: string[], to: string[], { start, end, otherStart, otherEnd }: Hunk): Hunk {
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
