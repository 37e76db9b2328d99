import type { RawBuilder } from 'kysely';
import type { SearchedWords } from '../../content/search/searched-words.ts';
import type { Handle } from '../database/schema.ts';

export interface SearchEntry extends Omit<SearchedWords, 'body'> {
  id: number;
  body: string[] | string;
  /** The words that may be missing from the table `search_word`. Undefined: all words of the entry. */
  unseen?: string[];
  /** Null: only the newsroom finds the article. */
  publishedAt: number | null;
  themeId: number | null;
}

export type Phrase = string[];

/** Times are inclusive, UTC milliseconds. */
export interface SearchQuery {
  /** An AND of ORs: at least one phrase of each term must match. */
  terms: Phrase[][];
  /** The ids of a theme and of those merged into it. Undefined: all themes. */
  themeIds: number[] | undefined;
  from: number | undefined;
  until: number;
}

/** The last hit of a page. Tier 0 has all words in the title, tier 1 in the title, standfirst and summary, tier 2 anywhere. Results in order of date are all in tier 2. */
export interface HitCursor {
  tier: number;
  publishedAt: number;
  id: number;
}

export interface Hit {
  id: number;
  tier: number;
}

export interface SearchIndex {
  add(transaction: Handle, entries: SearchEntry[]): Promise<void>;
  /**
   * Runs one step of optimising the index after many entries were added: about 50 ms, or everything at once after
   * {@link clear}. Returns whether another step is needed.
   */
  optimize(transaction: Handle, step: 'first' | 'next'): Promise<boolean>;
  /** Empties the index for a bulk load. Afterwards searches are slow until {@link optimize} has run. */
  clear(transaction: Handle): Promise<void>;
  remove(transaction: Handle, article: { id: number; publishedAt: number | null }): Promise<void>;
  listRelevant(db: Handle, query: SearchQuery, after: HitCursor | undefined, limit: number): Promise<Hit[]>;
  listNewest(db: Handle, query: SearchQuery, after: HitCursor | undefined, limit: number): Promise<Hit[]>;
  /** A subquery for the ids of all articles that match anywhere or in their titles, published or not. */
  matchingIds(terms: Phrase[][], where?: 'anywhere' | 'title'): RawBuilder<number>;
  /** Counts only among the `newest` articles published up to `until`. */
  countAmongNewest(db: Handle, word: string, newest: number, until: number): Promise<number>;
  count(db: Handle, query: SearchQuery, max: number): Promise<number>;
}
