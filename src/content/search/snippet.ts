import { escapeHtml } from '../text/text.ts';
import type { SearchTerm } from './search-query.ts';
import { locateWords, type Word } from './words.ts';

const snippetLength = 220;
/** Longer texts are searched only up to here. */
const maxSearchedLength = 50_000;

interface Span {
  start: number;
  end: number;
}

export function markWords(text: string, terms: SearchTerm[]): string {
  return markSpans(text, findSpans(text, terms), 0, text.length);
}

export function makeSnippet(text: string, terms: SearchTerm[]): string {
  const start = text.slice(0, skipLowSurrogate(text, maxSearchedLength));
  const spans = findSpans(start, terms);
  const from = wordStart(start, Math.max(0, (spans[0]?.start ?? 0) - snippetLength / 4));
  const until = wordEnd(start, from + snippetLength);
  return (from > 0 ? '… ' : '') + markSpans(start, spans, from, until) + (until < text.length ? ' …' : '');
}

function markSpans(text: string, spans: Span[], from: number, until: number): string {
  let html = '';
  let at = from;
  for (const { start, end } of spans) {
    if (start < at || end > until) continue;
    html += `${escapeHtml(text.slice(at, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escapeHtml(text.slice(at, until));
}

function findSpans(text: string, terms: SearchTerm[]): Span[] {
  const words = [...locateWords(text)];
  const spans: Span[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const length = Math.max(0, ...terms.map((term) => matchLength(words, at, term)));
    const first = words[at];
    const last = words[at + length - 1];
    if (length === 0 || !first || !last) continue;
    spans.push({ start: first.start, end: last.end });
    at += length - 1;
  }
  return spans;
}

function matchLength(words: Word[], at: number, term: SearchTerm): number {
  if (matchesAt(words, at, term)) return term.words.length;
  if (term.joined !== undefined && words[at]?.folded === term.joined) return 1;
  const joined = term.joined ?? (term.words.length === 1 ? term.words[0] : undefined);
  return joined === undefined ? 0 : joinedLength(words, at, joined);
}

/** The number of adjacent words that make up the searched word, as `F-16` makes up `f16`, or 0. */
function joinedLength(words: Word[], at: number, searched: string): number {
  let joined = '';
  for (let next = at; next < words.length && searched.startsWith(joined); next += 1) {
    const [word, previous] = [words[next], words[next - 1]];
    if (!word || (next > at && previous && word.start - previous.end > 2)) return 0;
    joined += word.folded;
    if (joined === searched) return next - at + 1;
  }
  return 0;
}

function matchesAt(words: Word[], at: number, term: SearchTerm): boolean {
  return term.words.every((searched, index) => {
    const word = words[at + index]?.folded;
    const isLast = index === term.words.length - 1;
    return term.prefix && isLast ? word?.startsWith(searched) === true : word === searched;
  });
}

function wordStart(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at);
  return at === 0 ? 0 : at - space < 30 ? space + 1 : skipLowSurrogate(text, Math.round(at));
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return at - space < 30 ? space : skipLowSurrogate(text, at);
}

function skipLowSurrogate(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at + 1 : at;
}
