import { parseTitle } from '../articles/title.ts';
import { joinedWords } from './joined-words.ts';
import { WordCache } from './word-slots.ts';
import { foldedWords } from './words.ts';

/** Longer words are truncated in the index and in queries. */
export const maxWordLength = 200;

export interface SearchedWords {
  title: string[];
  standfirst: string[];
  summary: string[];
  body: string[];
  joined: string[];
}

/** Folding a body of 2 MB takes about 200 ms. */
export function searchedWords({ title, standfirst, summary }: { title: string; standfirst: string; summary: string }, text: string): SearchedWords {
  const plainTitle = parseTitle(title).text;
  return { title: words(plainTitle), standfirst: words(standfirst), summary: words(summary), body: words(text), joined: joinedWords([plainTitle, standfirst, summary, text].join('\n')).map(truncate) };
}

function words(text: string): string[] {
  return foldedWords(text).map(truncate);
}

function truncate(word: string): string {
  return word.length > maxWordLength ? word.slice(0, maxWordLength).toWellFormed() : word;
}

/** For transfer between threads. Cloning an array is slow, so the body's words are one text, separated by spaces. */
export interface IndexedWords extends Omit<SearchedWords, 'body'> {
  body: string;
  /** The words that are new to the import. May repeat earlier words. */
  unseen: string[];
}

/** Returns a function that gives the words of an article for the index, and the words of its body as a list. */
export function createWordReader(): (article: { title: string; standfirst: string; summary: string }, text: string) => { indexed: IndexedWords; body: string[] } {
  const isNew = createNoveltyFilter();
  return (article, text) => {
    const { body, ...lead } = searchedWords(article, text);
    const unseen = [lead.title, lead.standfirst, lead.summary, body, lead.joined].flatMap((list) => list.filter(isNew));
    return { indexed: { ...lead, body: body.join(' '), unseen }, body };
  };
}

/** A word may count as new again. A Set of all words takes three times as long, mostly because of cache misses. */
function createNoveltyFilter(): (word: string) => boolean {
  const seen = new WordCache();
  let isNew = false;
  const note = () => {
    isNew = true;
    return 0;
  };
  return (word) => {
    isNew = false;
    seen.get(word, note);
    return isNew;
  };
}
