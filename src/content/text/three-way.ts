import { diffTokens } from './token-diff.ts';
import type { Effort } from './token-matches.ts';

/** A stretch as all three have it, and who of the two changed it; if both did, perhaps alike. */
export interface Stretch {
  by: 'none' | 'mine' | 'theirs' | 'both';
  base: string;
  mine: string;
  theirs: string;
}

/** What tokens are: which are looked for, and which keep the changes on their either side apart. */
export interface TokenRules {
  leads: (token: string) => boolean;
  parts: (token: string) => boolean;
}

/** One for each side, so that which is which makes no difference. */
export interface Efforts {
  mine: Effort;
  theirs: Effort;
}

/** What two sides made of a list of tokens, stretch by stretch. Changes that no parting token keeps apart are one stretch. */
export function compareSides(base: string[], mine: string[], theirs: string[], rules: TokenRules, efforts: Efforts): Stretch[] {
  const changes = [...changesBy('mine', base, mine, rules, efforts), ...changesBy('theirs', base, theirs, rules, efforts)];
  const stretches: Stretch[] = [];
  let at = { base: 0, mine: 0, theirs: 0 };
  const take = (by: Stretch['by'], length: number, mineGrowth: number, theirsGrowth: number) => {
    const end = { base: at.base + length, mine: at.mine + length + mineGrowth, theirs: at.theirs + length + theirsGrowth };
    stretches.push({ by, base: base.slice(at.base, end.base).join(''), mine: mine.slice(at.mine, end.mine).join(''), theirs: theirs.slice(at.theirs, end.theirs).join('') });
    at = end;
  };
  for (const { by, start, end, growth } of grouped(changes, base, rules)) {
    take('none', start - at.base, 0, 0);
    take(by, end - start, growth.mine, growth.theirs);
  }
  take('none', base.length - at.base, 0, 0);
  return stretches;
}

/** A run of the base that somebody changed, and by how many tokens each has more there. */
interface Change {
  by: 'mine' | 'theirs' | 'both';
  start: number;
  end: number;
  growth: { mine: number; theirs: number };
}

function changesBy(by: 'mine' | 'theirs', base: string[], side: string[], { leads }: TokenRules, efforts: Efforts): Change[] {
  return diffTokens(base, side, leads, efforts[by]).map(({ start, end, otherStart, otherEnd }) => {
    const growth = { mine: 0, theirs: 0, [by]: otherEnd - otherStart - (end - start) };
    return { by, start, end, growth };
  });
}

function grouped(changes: Change[], base: string[], { parts }: TokenRules): Change[] {
  const groups: Change[] = [];
  for (const change of changes.toSorted((one, other) => one.start - other.start)) {
    const last = groups.at(-1);
    if (!last || base.slice(last.end, change.start).some(parts)) groups.push(change);
    else groups[groups.length - 1] = together(last, change);
  }
  return groups;
}

function together(one: Change, other: Change): Change {
  return {
    by: one.by === other.by ? one.by : 'both',
    start: one.start,
    end: Math.max(one.end, other.end),
    growth: { mine: one.growth.mine + other.growth.mine, theirs: one.growth.theirs + other.growth.theirs },
  };
}
