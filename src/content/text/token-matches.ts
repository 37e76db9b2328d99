import { diffArrays } from 'diff';
import { longestRising } from './longest-rising.ts';

/** How much comparing may still be done, in steps of about 0.1 us: counted rather than timed, so that the same texts always give the same. */
export interface Effort {
  steps: number;
}

/** The index of a token in one list and in the other. */
export type Match = readonly [index: number, otherIndex: number];

/**
 * Which tokens of two lists are the same, of those that `leads` accepts, in order: first those that stand once in each
 * (else two common words could outweigh a rare one), then as many as can be between them.
 */
export function matchTokens(from: string[], to: string[], leads: (token: string) => boolean, effort: Effort): Match[] {
  const steps = 3 * (from.length + to.length);
  if (from.length === 0 || to.length === 0 || steps > effort.steps) return [];
  effort.steps -= steps;
  const ids = new Map<string, number>();
  const ones = leadingTokens(from, leads, ids);
  const others = leadingTokens(to, leads, ids);
  return matchIds(ones.ids, others.ids, effort).map(([index, otherIndex]) => [ones.indexes[index] ?? 0, others.indexes[otherIndex] ?? 0]);
}

/** The leading tokens, equal ones as the same number: long lines are then compared at once. */
function leadingTokens(tokens: string[], leads: (token: string) => boolean, known: Map<string, number>): { indexes: number[]; ids: number[] } {
  const indexes: number[] = [];
  const ids: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (!leads(token)) continue;
    const id = known.get(token) ?? known.size;
    known.set(token, id);
    indexes.push(index);
    ids.push(id);
  }
  return { indexes, ids };
}

function matchIds(from: number[], to: number[], effort: Effort): Match[] {
  const matches: Match[] = [];
  let start = 0;
  let otherStart = 0;
  for (const anchor of [...anchors(from, to), [from.length, to.length] as const]) {
    const [end, otherEnd] = anchor;
    for (const [index, otherIndex] of shortestEdit(from.slice(start, end), to.slice(otherStart, otherEnd), effort)) {
      matches.push([start + index, otherStart + otherIndex]);
    }
    if (end < from.length) matches.push(anchor);
    start = end + 1;
    otherStart = otherEnd + 1;
  }
  return matches;
}

/** What stands once in each, without what moved. */
function anchors(from: number[], to: number[]): Match[] {
  const places = onceIn(to);
  return longestRising([...onceIn(from)].flatMap(([id, index]) => {
    const otherIndex = places.get(id);
    return otherIndex === undefined ? [] : [[index, otherIndex] as const];
  }));
}

function onceIn(ids: number[]): Map<number, number> {
  const seen = new Set<number>();
  const once = new Map<number, number>();
  for (const [index, id] of ids.entries()) {
    if (seen.has(id)) once.delete(id);
    else once.set(id, index);
    seen.add(id);
  }
  return once;
}

function shortestEdit(from: number[], to: number[], effort: Effort): Match[] {
  // Where half of what is left does not suffice, the other half is better spent on what is smaller.
  const most = Math.floor(effort.steps / 2);
  if (from.length === 0 || to.length === 0 || most < 1) return [];
  let steps = 0;
  const comparator = (one: number, other: number) => {
    steps += 1;
    return steps <= most && one === other;
  };
  // The nth edit takes n comparisons.
  const changes = diffArrays(from, to, { comparator, maxEditLength: Math.floor(Math.sqrt(2 * most)) }) ?? [];
  effort.steps -= steps;
  const matches: Match[] = [];
  let index = 0;
  let otherIndex = 0;
  for (const { added, removed, count } of changes) {
    if (!added && !removed) for (let n = 0; n < count; n += 1) matches.push([index + n, otherIndex + n]);
    if (!added) index += count;
    if (!removed) otherIndex += count;
  }
  return matches;
}
