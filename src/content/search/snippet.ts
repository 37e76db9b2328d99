import { escapeHtml } from '../text/text.ts';
import type { SearchTerm } from './search-query.ts';
import { wordsWithPlaces, type Word } from './words.ts';

/** How much of a text a snippet shows, in UTF-16 units. */
const snippetLength = 220;
/** How far into a long text words are looked for. */
const searchedLength = 50_000;

interface Place {
  start: number;
  end: number;
}

/** The text as HTML with the searched words in `<mark>`. */
export function markWords(text: string, terms: SearchTerm[]): string {
  return marked(text, findPlaces(text, terms), 0, text.length);
}

/** The passage of a text around the first of the searched words, as HTML with them in `<mark>`. */
export function makeSnippet(text: string, terms: SearchTerm[]): string {
  const start = text.slice(0, wholeCharacter(text, searchedLength));
  const places = findPlaces(start, terms);
  const from = wordStart(start, Math.max(0, (places[0]?.start ?? 0) - snippetLength / 4));
  const until = wordEnd(start, from + snippetLength);
  return (from > 0 ? '… ' : '') + marked(start, places, from, until) + (until < text.length ? ' …' : '');
}

function marked(text: string, places: Place[], from: number, until: number): string {
  let html = '';
  let at = from;
  for (const { start, end } of places) {
    if (start < at || end > until) continue;
    html += `${escapeHtml(text.slice(at, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escapeHtml(text.slice(at, until));
}

function findPlaces(text: string, terms: SearchTerm[]): Place[] {
  const words = [...wordsWithPlaces(text)];
  const places: Place[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const length = Math.max(0, ...terms.map((term) => lengthAt(words, at, term)));
    const first = words[at];
    const last = words[at + length - 1];
    if (length === 0 || !first || !last) continue;
    places.push({ start: first.start, end: last.end });
    at += length - 1;
  }
  return places;
}

/** How many words match a term from a place on; 0: it does not begin there. */
function lengthAt(words: Word[], at: number, term: SearchTerm): number {
  if (matchesAt(words, at, term)) return term.words.length;
  if (term.joined !== undefined && words[at]?.folded === term.joined) return 1;
  const joined = term.joined ?? (term.words.length === 1 ? term.words[0] : undefined);
  return joined === undefined ? 0 : lengthOfRun(words, at, joined);
}

/** How many words that stand side by side make a searched word together, as `F-16` makes `f16`. */
function lengthOfRun(words: Word[], at: number, searched: string): number {
  let joined = '';
  for (let next = at; next < words.length && searched.startsWith(joined); next += 1) {
    const [word, before] = [words[next], words[next - 1]];
    if (!word || (next > at && before && word.start - before.end > 2)) return 0;
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
  return at === 0 ? 0 : at - space < 30 ? space + 1 : wholeCharacter(text, Math.round(at));
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return at - space < 30 ? space : wholeCharacter(text, at);
}

function wholeCharacter(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at + 1 : at;
}
