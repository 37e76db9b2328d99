import { parseTitle } from './title.ts';
import { foldedWords } from './words.ts';

/** The folded words of an article, by field, as the search index takes them. Folding a body of 2 MB takes some 200 ms. */
export interface SearchedWords {
  title: string[];
  standfirst: string[];
  summary: string[];
  body: string[];
}

/** @param text of the body, without markup */
export function searchedWords({ title, standfirst, summary }: { title: string; standfirst: string; summary: string }, text: string): SearchedWords {
  return { title: foldedWords(parseTitle(title).text), standfirst: foldedWords(standfirst), summary: foldedWords(summary), body: foldedWords(text) };
}

/** The words of an article as an import gives them to the index: they have to go from thread to thread, and arrays go slowly. */
export interface IndexedWords extends Omit<SearchedWords, 'body'> {
  /** Parted by spaces. */
  body: string;
  /** Those of its words that were in none before. */
  unseen: string[];
}

/** How many words are remembered: some 20 MB. A vocabulary that has more is told again. */
const mostSeen = 30_000;

/** As {@link searchedWords}, for articles that are all stored, one after another. */
export function wordsForIndex(): (article: { title: string; standfirst: string; summary: string }, text: string) => IndexedWords {
  const seen = new Set<string>();
  const isUnseen = (word: string) => seen.size < seen.add(word).size;
  return (article, text) => {
    const { body, ...lead } = searchedWords(article, text);
    if (seen.size > mostSeen) seen.clear();
    const unseen = [lead.title, lead.standfirst, lead.summary, body].flatMap((words) => words.filter(isUnseen));
    return { ...lead, body: body.join(' '), unseen };
  };
}
