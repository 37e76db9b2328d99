import type { SearchTerm } from '../content/search-query.ts';
import type { Handle } from './database.ts';

/** What the search index knows of an article: its folded words by field, and what it is filtered by. */
export interface SearchEntry {
  id: number;
  publishedAt: number;
  themeId: number;
  title: string[];
  standfirst: string[];
  summary: string[];
  body: string[];
}

export interface SearchQuery {
  terms: SearchTerm[];
  themeId: number | undefined;
  /** Only what was published at this time or later, in UTC milliseconds. */
  from: number | undefined;
  /** Only what was published at this time or before. */
  until: number;
}

/** Where a page of hits ended. The tier counts the fields that matched: 0 is the title, 2 the body. */
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
  remove(transaction: Handle, article: { id: number; publishedAt: number }): Promise<void>;
  /** By relevance: articles with all words in the title, then in title, standfirst and summary, then anywhere; newest first in each. */
  listRelevant(db: Handle, query: SearchQuery, after: HitCursor | undefined, limit: number): Promise<Hit[]>;
  listNewest(db: Handle, query: SearchQuery, after: HitCursor | undefined, limit: number): Promise<Hit[]>;
  /** How many match, counted up to `most`. */
  count(db: Handle, query: SearchQuery, most: number): Promise<number>;
}
