import type { RawBuilder } from 'kysely';
import type { SearchedWords } from '../../content/search/searched-words.ts';
import type { Handle } from '../database/schema.ts';

/** What the search index knows of an article: its words, and what it is filtered by. */
export interface SearchEntry extends Omit<SearchedWords, 'body'> {
  id: number;
  /** As words, or parted by spaces. */
  body: string[] | string;
  /** Of its words those that the index may not have; missing: any. */
  unseen?: string[];
  /** Null: readers do not find it, only the newsroom does. */
  publishedAt: number | null;
  themeId: number | null;
}

/** Words that stand side by side. */
export type Phrase = string[];

export interface SearchQuery {
  /** Of each of these, one phrase must match. */
  terms: Phrase[][];
  themeId: number | undefined;
  /** Only what was published at this time or later, in UTC milliseconds. */
  from: number | undefined;
  /** Only what was published at this time or before. */
  until: number;
}

/** Where a page of hits ended. Tier 0 matched in the title, 1 in title, standfirst and summary, 2 anywhere (which is all that the newest first know). */
export interface HitCursor {
  tier: number;
  publishedAt: number;
  id: number;
}

export interface Hit {
  id: number;
  tier: number;
}

/** Full text search, as each database has its own. */
export interface SearchIndex {
  add(transaction: Handle, entries: SearchEntry[]): Promise<void>;
  /**
   * Does a part of what makes searching faster after many were added, some 50 ms of it; after {@link clear} it may be
   * all of it at once.
   *
   * @param isBegun whether it goes on with what it did last
   * @returns whether there is more to do
   */
  tidy(transaction: Handle, isBegun: boolean): Promise<boolean>;
  /** Empties it, for as many as may come: whoever adds them then has it tidied, without which nothing is found fast. */
  clear(transaction: Handle): Promise<void>;
  remove(transaction: Handle, article: { id: number; publishedAt: number | null }): Promise<void>;
  /** By relevance: articles with all words in the title, then in title, standfirst and summary, then anywhere; newest first in each. */
  listRelevant(db: Handle, query: SearchQuery, after: HitCursor | undefined, limit: number): Promise<Hit[]>;
  listNewest(db: Handle, query: SearchQuery, after: HitCursor | undefined, limit: number): Promise<Hit[]>;
  /** The ids of all that match, whether or not readers see it, as a subquery. */
  idsOfAll(terms: Phrase[][]): RawBuilder<number>;
  /** How many of the newest articles, which readers see until a time, have a word. */
  countAmong(db: Handle, word: string, newest: number, until: number): Promise<number>;
  /** How many match, counted up to `most`. */
  count(db: Handle, query: SearchQuery, most: number): Promise<number>;
}
