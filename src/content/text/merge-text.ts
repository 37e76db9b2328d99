import { compareSides, type MergeBudgets, type ThreeWayHunk, type TokenRules } from './three-way.ts';
import { isFilled, isWord, splitLines, splitWords } from './tokens.ts';

export type MergedField = { text: string } | { chunks: MergeChunk[] };

/** Whole lines, each with its line break, including the last. A side that deleted them has an empty text. */
export type MergeChunk = { kind: 'joined'; text: string } | { kind: 'conflict'; base: string; mine: string; theirs: string };

/** Merges by lines, then by words within lines that both changed. Changes with an unchanged word between them don't conflict. */
export function mergeText(base: string, mine: string, theirs: string, budgets: MergeBudgets): MergedField {
  if (mine === theirs || theirs === base) return { text: mine };
  if (mine === base) return { text: theirs };
  // The added line break makes the last line comparable with the same line in the middle of the other text.
  const chunks = coalesceChunks(mergeLines(`${base}\n`, `${mine}\n`, `${theirs}\n`, budgets));
  const [only] = chunks;
  return chunks.length === 1 && only?.kind === 'joined' ? { text: only.text.slice(0, -1) } : { chunks };
}

const lineRules: TokenRules = { isSignificant: isFilled, isSeparator: () => true };
const wordRules: TokenRules = { isSignificant: isWord, isSeparator: (token) => isWord(token) || token === '\n' };

function mergeLines(base: string, mine: string, theirs: string, budgets: MergeBudgets): MergeChunk[] {
  const hunks = compareSides(splitLines(base), splitLines(mine), splitLines(theirs), lineRules, budgets);
  return hunks.flatMap((hunk) => (isConflicting(hunk) ? mergeWords(hunk, budgets) : [toJoinedChunk(hunk)]));
}

function mergeWords(lines: ThreeWayHunk, budgets: MergeBudgets): MergeChunk[] {
  const { base, mine, theirs } = lines;
  if (base.length + mine.length + theirs.length > Math.min(budgets.mine.steps, budgets.theirs.steps)) return makeConflict([lines]);
  const hunks = compareSides(splitWords(base), splitWords(mine), splitWords(theirs), wordRules, budgets);
  return groupByLine(hunks).flatMap((line) => (line.some(isConflicting) ? makeConflict(line) : line.map(toJoinedChunk)));
}

function groupByLine(hunks: ThreeWayHunk[]): ThreeWayHunk[][] {
  let line: ThreeWayHunk[] = [];
  const lines = [line];
  for (const hunk of hunks) {
    for (const part of hunk.changedBy === 'none' ? splitLines(hunk.base).map(unchanged) : [hunk]) {
      line.push(part);
      if (part.changedBy !== 'none' || !part.base.endsWith('\n')) continue;
      line = [];
      lines.push(line);
    }
  }
  return lines;
}

function unchanged(text: string): ThreeWayHunk {
  return { changedBy: 'none', base: text, mine: text, theirs: text };
}

function isConflicting({ changedBy, mine, theirs }: ThreeWayHunk): boolean {
  return changedBy === 'both' && mine !== theirs;
}

function toJoinedChunk({ changedBy, mine, theirs }: ThreeWayHunk): MergeChunk {
  return joinedChunk(changedBy === 'theirs' ? theirs : mine);
}

/** Makes one conflict of the hunks. Lines that both sides begin or end with stay outside the conflict. */
function makeConflict(hunks: ThreeWayHunk[]): MergeChunk[] {
  const base = hunks.map((hunk) => hunk.base).join('');
  const mine = splitLines(hunks.map((hunk) => hunk.mine).join(''));
  const theirs = splitLines(hunks.map((hunk) => hunk.theirs).join(''));
  const prefix = countSharedLines(mine, theirs);
  const suffix = countSharedLines(mine.slice(prefix).toReversed(), theirs.slice(prefix).toReversed());
  const [before, mineAlone, after] = splitAround(mine, prefix, suffix);
  const [, theirsAlone] = splitAround(theirs, prefix, suffix);
  if (mineAlone !== '' && theirsAlone !== '') return [joinedChunk(before), { kind: 'conflict', base, mine: mineAlone, theirs: theirsAlone }, joinedChunk(after)];
  // Both sides inserted text, one of them more than the other. Where the base has text, one side may have deleted what the other left alone.
  return base === '' ? [joinedChunk(before + mineAlone + theirsAlone + after)] : [{ kind: 'conflict', base, mine: mine.join(''), theirs: theirs.join('') }];
}

function countSharedLines(mine: string[], theirs: string[]): number {
  const end = mine.findIndex((line, index) => line !== theirs[index]);
  return end < 0 ? mine.length : end;
}

function splitAround(lines: string[], prefix: number, suffix: number): [before: string, middle: string, after: string] {
  const end = lines.length - suffix;
  return [lines.slice(0, prefix).join(''), lines.slice(prefix, end).join(''), lines.slice(end).join('')];
}

function joinedChunk(joinedText: string): MergeChunk {
  return { kind: 'joined', text: joinedText };
}

function coalesceChunks(chunks: MergeChunk[]): MergeChunk[] {
  const coalesced: MergeChunk[] = [];
  for (const chunk of chunks) {
    const last = coalesced.at(-1);
    if (chunk.kind === 'joined' && last?.kind === 'joined') last.text += chunk.text;
    else if (chunk.kind === 'conflict' || chunk.text !== '') coalesced.push(chunk);
  }
  return coalesced;
}
