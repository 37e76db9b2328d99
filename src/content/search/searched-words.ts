import { parseTitle } from '../articles/title.ts';
import { joinedWords } from './joined-words.ts';
import { foldedWords } from './words.ts';

/** A longer word is found by its beginning, of so many characters. */
export const longestWord = 200;

/** The folded words of an article, by field, as the search index takes them. Folding a body of 2 MB takes some 200 ms. */
export interface SearchedWords {
  title: string[];
  standfirst: string[];
  summary: string[];
  body: string[];
  /** See `joinedWords`; of all fields. */
  joined: string[];
}

/** @param text of the body, without markup */
export function searchedWords({ title, standfirst, summary }: { title: string; standfirst: string; summary: string }, text: string): SearchedWords {
  const plainTitle = parseTitle(title).text;
  return { title: words(plainTitle), standfirst: words(standfirst), summary: words(summary), body: words(text), joined: joinedWords([plainTitle, standfirst, summary, text].join('\n')).map(cut) };
}

function words(text: string): string[] {
  return foldedWords(text).map(cut);
}

function cut(word: string): string {
  return word.length > longestWord ? word.slice(0, longestWord).toWellFormed() : word;
}

/** The words of an article as an import gives them to the index: they have to go from thread to thread, and arrays go slowly. */
export interface IndexedWords extends Omit<SearchedWords, 'body'> {
  /** Parted by spaces. */
  body: string;
  /** Those of its words that were in none before. */
  unseen: string[];
}

/** As {@link searchedWords}, for articles that are all stored, one after another. */
export function wordsForIndex(): (article: { title: string; standfirst: string; summary: string }, text: string) => IndexedWords {
  const isNew = rememberWords();
  return (article, text) => {
    const { body, ...lead } = searchedWords(article, text);
    const unseen = [lead.title, lead.standfirst, lead.summary, body, lead.joined].flatMap((list) => list.filter(isNew));
    return { ...lead, body: body.join(' '), unseen };
  };
}

/** How many words are remembered: a power of two. */
const places = 2 ** 16;

/**
 * Whether a word is new. Forgets: each word has one place, which the last that came there keeps, and so the common ones
 * are seldom new. A Set of all words takes three times as long, most of it waiting for memory.
 */
function rememberWords(): (word: string) => boolean {
  const words: string[] = Array.from({ length: places }, () => '');
  return (word) => {
    let hash = 0;
    for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
    const place = (hash ^ (hash >>> 16)) & (places - 1);
    if (words[place] === word) return false;
    // A copy: a longer word is a view of its text, which would stay in memory with it.
    words[place] = word.length < 13 ? word : Buffer.from(word).toString();
    return true;
  };
}
