import { diffTokens } from './token-diff.ts';
import type { Effort } from './token-matches.ts';
import { isFilled, isWord, splitLines, splitWords } from './tokens.ts';

/** A run of text that both have, or that only the older or the newer one has. */
export interface DiffPart {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Under a tenth of a second, in which the server answers nobody else. */
const mostSteps = 700_000;

/**
 * What turns `from` into `to`, word by word. What is the same or removed is together `from`, what is the same or added
 * `to`; no two parts side by side are of one kind, and what is removed stands before what is added in its place. Where
 * long texts differ too much for comparing their words, lines, or the whole, are removed and added.
 */
export function diffWords(from: string, to: string): DiffPart[] {
  const effort: Effort = { steps: mostSteps };
  const parts: DiffPart[] = [];
  for (const lines of changes(splitLines(from), splitLines(to), isFilled, effort)) {
    const isShort = lines.removed.length + lines.added.length <= effort.steps;
    append(parts, 'same', lines.same);
    for (const words of isShort ? changes(splitWords(lines.removed), splitWords(lines.added), isWord, effort) : [{ ...lines, same: '' }]) {
      append(parts, 'same', words.same);
      append(parts, 'removed', words.removed);
      append(parts, 'added', words.added);
    }
  }
  return parts;
}

/** A run that is the same, and what is removed and added after it. */
interface Change {
  same: string;
  removed: string;
  added: string;
}

function changes(from: string[], to: string[], leads: (token: string) => boolean, effort: Effort): Change[] {
  const hunks = diffTokens(from, to, leads, effort);
  const found = hunks.map(({ start, end, otherStart, otherEnd }, index) => ({
    same: from.slice(hunks[index - 1]?.end ?? 0, start).join(''),
    removed: from.slice(start, end).join(''),
    added: to.slice(otherStart, otherEnd).join(''),
  }));
  return [...found, { same: from.slice(hunks.at(-1)?.end ?? 0).join(''), removed: '', added: '' }];
}

function append(parts: DiffPart[], kind: DiffPart['kind'], text: string): void {
  const last = parts.at(-1);
  if (text === '') return;
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
}

/** Text left out of a diff that is shown: so many characters (UTF-16 units) are the same there. */
export interface DiffGap {
  kind: 'gap';
  length: number;
}

/**
 * The same, for showing: of what is the same no more stays than `context` characters before and after each change, in
 * whole words; the rest is a gap. Where nothing changed the list is empty.
 */
export function shortenDiff(parts: DiffPart[], context: number): (DiffPart | DiffGap)[] {
  if (parts.every(({ kind }) => kind === 'same')) return [];
  return parts.flatMap((part, index) => {
    if (part.kind !== 'same') return [part];
    const start = index === 0 ? '' : beginning(part.text, context);
    const end = index === parts.length - 1 ? '' : ending(part.text, context);
    const length = part.text.length - start.length - end.length;
    if (length <= 0) return [part];
    return [same(start), { kind: 'gap' as const, length }, same(end)].filter((shown) => !('text' in shown) || shown.text !== '');
  });
}

function same(text: string): DiffPart {
  return { kind: 'same', text };
}

/** Longer than any emoji: where a text is cut by length, a sign nearer to the cut than this may be torn. */
const longestSign = 64;

function beginning(text: string, length: number): string {
  return fitting(splitWords(text.slice(0, length + longestSign)), length).join('');
}

function ending(text: string, length: number): string {
  return fitting(splitWords(text.slice(-length - longestSign)).toReversed(), length).toReversed().join('');
}

function fitting(tokens: string[], length: number): string[] {
  let left = length;
  const end = tokens.findIndex((token) => {
    left -= token.length;
    return left < 0;
  });
  return end < 0 ? tokens : tokens.slice(0, end);
}
