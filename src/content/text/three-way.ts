import { diffTokens } from './token-diff.ts';
import type { DiffBudget } from './token-matches.ts';

/** `both` includes identical changes. */
export interface ThreeWayHunk {
  changedBy: 'none' | 'mine' | 'theirs' | 'both';
  base: string;
  mine: string;
  theirs: string;
}

export interface TokenRules {
  isSignificant: (token: string) => boolean;
  /** Unchanged separators keep the changes on their two sides apart. */
  isSeparator: (token: string) => boolean;
}

/** Each side has its own budget, so that swapping the sides gives the same merge. */
export interface MergeBudgets {
  mine: DiffBudget;
  theirs: DiffBudget;
}

export function compareSides(base: string[], mine: string[], theirs: string[], rules: TokenRules, budgets: MergeBudgets): ThreeWayHunk[] {
  const changes = [...changesBy('mine', base, mine, rules, budgets), ...changesBy('theirs', base, theirs, rules, budgets)];
  const hunks: ThreeWayHunk[] = [];
  let at = { base: 0, mine: 0, theirs: 0 };
  const take = (changedBy: ThreeWayHunk['changedBy'], length: number, mineGrowth: number, theirsGrowth: number) => {
    const end = { base: at.base + length, mine: at.mine + length + mineGrowth, theirs: at.theirs + length + theirsGrowth };
    hunks.push({ changedBy, base: base.slice(at.base, end.base).join(''), mine: mine.slice(at.mine, end.mine).join(''), theirs: theirs.slice(at.theirs, end.theirs).join('') });
    at = end;
  };
  for (const { changedBy, start, end, growth } of groupChanges(changes, base, rules)) {
    take('none', start - at.base, 0, 0);
    take(changedBy, end - start, growth.mine, growth.theirs);
  }
  take('none', base.length - at.base, 0, 0);
  return hunks;
}

interface Change {
  changedBy: 'mine' | 'theirs' | 'both';
  start: number;
  end: number;
  growth: { mine: number; theirs: number };
}

function changesBy(side: 'mine' | 'theirs', base: string[], changed: string[], { isSignificant }: TokenRules, budgets: MergeBudgets): Change[] {
  return diffTokens(base, changed, isSignificant, budgets[side]).map(({ start, end, otherStart, otherEnd }) => {
    const growth = { mine: 0, theirs: 0, [side]: otherEnd - otherStart - (end - start) };
    return { changedBy: side, start, end, growth };
  });
}

function groupChanges(changes: Change[], base: string[], { isSeparator }: TokenRules): Change[] {
  const groups: Change[] = [];
  for (const change of changes.toSorted((one, other) => one.start - other.start)) {
    const last = groups.at(-1);
    if (!last || base.slice(last.end, change.start).some(isSeparator)) groups.push(change);
    else groups[groups.length - 1] = mergeChanges(last, change);
  }
  return groups;
}

function mergeChanges(one: Change, other: Change): Change {
  return {
    changedBy: one.changedBy === other.changedBy ? one.changedBy : 'both',
    start: one.start,
    end: Math.max(one.end, other.end),
    growth: { mine: one.growth.mine + other.growth.mine, theirs: one.growth.theirs + other.growth.theirs },
  };
}
