import { foldedWords, isSpaceless, locateWords } from '../search/words.ts';
import { maxTellingCount } from './signature.ts';

export interface SharedTerm {
  term: number;
  /** As typed in the article, in its most frequent form. */
  word: string;
  /** In the article. */
  occurrences: number;
  /** The share of the other texts that contain the term, 0 to 1. */
  share: number;
}

/**
 * The terms that a text has in common with others.
 *
 * @param termOf the number that stands for a folded word in all its forms
 */
export function findSharedTerms(text: string, others: string[], termOf: (word: string) => number): SharedTerm[] {
  const inOthers = new Map<number, number>();
  for (const other of others) for (const term of termsIn(other, termOf)) inOthers.set(term, (inOthers.get(term) ?? 0) + 1);
  return [...formsIn(text, termOf)].flatMap(([term, forms]) => {
    const texts = inOthers.get(term) ?? 0;
    return texts === 0 ? [] : [{ term, word: mostFrequent(forms), occurrences: [...forms.values()].reduce((sum, count) => sum + count, 0), share: texts / others.length }];
  });
}

/** Much faster than {@link formsIn}. */
function termsIn(text: string, termOf: (word: string) => number): Set<number> {
  const words = foldedWords(text);
  return new Set(words.flatMap((word, at) => {
    const name = nameOf(word, words[at + 1]);
    return name === undefined ? [] : termOf(name);
  }));
}

/** How often each form of a term occurs, as typed, by term. */
function formsIn(text: string, termOf: (word: string) => number): Map<number, Map<string, number>> {
  const terms = new Map<number, Map<string, number>>();
  const words = [...locateWords(text)];
  for (const [at, { folded, start, end }] of words.entries()) {
    const next = words[at + 1];
    const name = nameOf(folded, next?.folded);
    if (name === undefined) continue;
    const term = termOf(name);
    const form = text.slice(start, name === folded ? end : next?.end);
    const forms = terms.get(term) ?? new Map<string, number>();
    terms.set(term, forms.set(form, (forms.get(form) ?? 0) + 1));
  }
  return terms;
}

/** In scripts without spaces, each word is one character, so two neighbours are one term. Undefined for single letters. */
function nameOf(word: string, next: string | undefined): string | undefined {
  if (next !== undefined && isSpaceless(word) && isSpaceless(next)) return word + next;
  return word.length < 2 ? undefined : word;
}

/** If two forms are equally frequent, the later one, because words in titles are often capitalised. */
function mostFrequent(forms: Map<string, number>): string {
  return [...forms].toSorted(([, one], [, other]) => one - other).at(-1)?.[0] ?? '';
}

const maxTelling = 8;
/** A word in a larger share of the articles explains nothing, unless the site has few articles. */
const maxShare = 0.1;
const minCommonCount = 10;

/**
 * The words of the terms that are frequent in the article, common in the other texts and rare elsewhere, most telling
 * first. Until articles are counted, there are none.
 *
 * @param articles how many articles the site has
 * @param counts in how many of them each term occurs
 */
export function mostTelling(shared: SharedTerm[], articles: number, counts: ReadonlyMap<number, number>): string[] {
  const maxCount = Math.min(maxTellingCount(articles), Math.max(minCommonCount, articles * maxShare));
  const known = shared.flatMap(({ term, word, occurrences, share }) => {
    const count = counts.get(term);
    return count === undefined || count > maxCount ? [] : [{ word, weight: (1 + Math.log(occurrences)) * share * (1 + Math.log((1 + articles) / (1 + count))) }];
  });
  return known.toSorted((one, other) => other.weight - one.weight).slice(0, maxTelling).map(({ word }) => word);
}
