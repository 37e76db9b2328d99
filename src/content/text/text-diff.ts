import { diffTokens } from './token-diff.ts';
import type { DiffBudget } from './token-matches.ts';
import { isFilled, isWord, splitLines, splitWords } from './tokens.ts';

export interface DiffPart {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** These steps block the event loop for less than 0.1 s. */
const maxSteps = 700_000;

/** `same` and `removed` parts concatenate to `from`, `same` and `added` to `to`. Falls back to lines, or the whole texts, when the budget runs out. */
export function diffWords(from: string, to: string): DiffPart[] {
  const budget: DiffBudget = { steps: maxSteps };
  const parts: DiffPart[] = [];
  for (const lines of listChanges(splitLines(from), splitLines(to), isFilled, budget)) {
    const isShort = lines.removed.length + lines.added.length <= budget.steps;
    append(parts, 'same', lines.same);
    for (const words of isShort ? listChanges(splitWords(lines.removed), splitWords(lines.added), isWord, budget) : [{ ...lines, same: '' }]) {
      append(parts, 'same', words.same);
      append(parts, 'removed', words.removed);
      append(parts, 'added', words.added);
    }
  }
  return parts;
}

interface Change {
  same: string;
  removed: string;
  added: string;
}

function listChanges(from: string[], to: string[], isSignificant: (token: string) => boolean, budget: DiffBudget): Change[] {
  const hunks = diffTokens(from, to, isSignificant, budget);
  const changes = hunks.map(({ start, end, otherStart, otherEnd }, index) => ({
    same: from.slice(hunks[index - 1]?.end ?? 0, start).join(''),
    removed: from.slice(start, end).join(''),
    added: to.slice(otherStart, otherEnd).join(''),
  }));
  return [...changes, { same: from.slice(hunks.at(-1)?.end ?? 0).join(''), removed: '', added: '' }];
}

function append(parts: DiffPart[], kind: DiffPart['kind'], text: string): void {
  const last = parts.at(-1);
  if (text === '') return;
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
}

export interface DiffGap {
  kind: 'gap';
  length: number;
}

/** How much unchanged text is shown around a difference, in characters. */
export const contextLength = 120;

/** Keeps whole words within `context` characters (UTF-16 units) around each change. Empty if nothing changed. */
export function shortenDiff(parts: DiffPart[], context: number): (DiffPart | DiffGap)[] {
  if (parts.every(({ kind }) => kind === 'same')) return [];
  return parts.flatMap((part, index) => {
    if (part.kind !== 'same') return [part];
    const start = index === 0 ? '' : leadingContext(part.text, context);
    const end = index === parts.length - 1 ? '' : trailingContext(part.text, context);
    const length = part.text.length - start.length - end.length;
    if (length <= 0) return [part];
    return [same(start), { kind: 'gap' as const, length }, same(end)].filter((shown) => !('text' in shown) || shown.text !== '');
  });
}

function same(text: string): DiffPart {
  return { kind: 'same', text };
}

/** Longer than any emoji sequence: tokens this close to a cut may be incomplete. */
const maxGraphemeLength = 64;

function leadingContext(text: string, length: number): string {
  return takeWithin(splitWords(text.slice(0, length + maxGraphemeLength)), length).join('');
}

function trailingContext(text: string, length: number): string {
  return takeWithin(splitWords(text.slice(-length - maxGraphemeLength)).toReversed(), length).toReversed().join('');
}

function takeWithin(tokens: string[], length: number): string[] {
  let remaining = length;
  const end = tokens.findIndex((token) => {
    remaining -= token.length;
    return remaining < 0;
  });
  return end < 0 ? tokens : tokens.slice(0, end);
}
