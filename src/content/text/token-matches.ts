import { diffArrays } from 'diff';
import { longestIncreasingSubsequence } from './longest-increasing-subsequence.ts';

/** Steps of about 0.1 µs, counted rather than timed so that the same texts always give the same result. */
export interface DiffBudget {
  steps: number;
}

export type Match = readonly [index: number, otherIndex: number];

/** Patience diff: matches tokens that are unique in both lists first, otherwise two common words could outweigh a rare one. */
export function matchTokens(from: string[], to: string[], isSignificant: (token: string) => boolean, budget: DiffBudget): Match[] {
  const steps = 3 * (from.length + to.length);
  if (from.length === 0 || to.length === 0 || steps > budget.steps) return [];
  budget.steps -= steps;
  const ids = new Map<string, number>();
  const ones = internTokens(from, isSignificant, ids);
  const others = internTokens(to, isSignificant, ids);
  return matchIds(ones.ids, others.ids, budget).map(([index, otherIndex]) => [ones.indexes[index] ?? 0, others.indexes[otherIndex] ?? 0]);
}

/** Interned tokens compare in constant time, however long the lines. */
function internTokens(tokens: string[], isSignificant: (token: string) => boolean, known: Map<string, number>): { indexes: number[]; ids: number[] } {
  const indexes: number[] = [];
  const ids: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (!isSignificant(token)) continue;
    const id = known.get(token) ?? known.size;
    known.set(token, id);
    indexes.push(index);
    ids.push(id);
  }
  return { indexes, ids };
}

function matchIds(from: number[], to: number[], budget: DiffBudget): Match[] {
  const matches: Match[] = [];
  let start = 0;
  let otherStart = 0;
  for (const anchor of [...findAnchors(from, to), [from.length, to.length] as const]) {
    const [end, otherEnd] = anchor;
    for (const [index, otherIndex] of shortestEdit(from.slice(start, end), to.slice(otherStart, otherEnd), budget)) {
      matches.push([start + index, otherStart + otherIndex]);
    }
    if (end < from.length) matches.push(anchor);
    start = end + 1;
    otherStart = otherEnd + 1;
  }
  return matches;
}

function findAnchors(from: number[], to: number[]): Match[] {
  const unique = indexUnique(to);
  return longestIncreasingSubsequence([...indexUnique(from)].flatMap(([id, index]) => {
    const otherIndex = unique.get(id);
    return otherIndex === undefined ? [] : [[index, otherIndex] as const];
  }));
}

function indexUnique(ids: number[]): Map<number, number> {
  const seen = new Set<number>();
  const unique = new Map<number, number>();
  for (const [index, id] of ids.entries()) {
    if (seen.has(id)) unique.delete(id);
    else unique.set(id, index);
    seen.add(id);
  }
  return unique;
}

function shortestEdit(from: number[], to: number[], budget: DiffBudget): Match[] {
  // Leaves half of the remaining budget for the gaps after this one.
  const maxSteps = Math.floor(budget.steps / 2);
  if (from.length === 0 || to.length === 0 || maxSteps < 1) return [];
  let steps = 0;
  const comparator = (one: number, other: number) => {
    steps += 1;
    return steps <= maxSteps && one === other;
  };
  // Myers' algorithm makes n comparisons for the nth edit.
  const changes = diffArrays(from, to, { comparator, maxEditLength: Math.floor(Math.sqrt(2 * maxSteps)) }) ?? [];
  budget.steps -= steps;
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
