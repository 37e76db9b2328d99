import type { Generated } from 'kysely';

// As in schema.ts, times are UTC milliseconds and booleans are 1 or 0.

/** Created when a second article joins an article, or when an editor names a storyline. An article without a storyline here is alone in its own. */
export interface StorylineTable {
  id: Generated<number>;
  /** Given by an editor; otherwise empty. */
  name: Generated<string>;
  /** The storyline that took over the articles of this one. */
  joined_into: number | null;
}

/** A row for each article. `theme_id` and `public_at` copy the article's, so that indexes give the newest articles of each storyline. */
export interface StorylineArticleTable {
  article_id: number;
  storyline_id: number | null;
  theme_id: number | null;
  public_at: number | null;
  /** The `public_at` of the next article of the same storyline in the same theme. Null: the article is the newest. */
  superseded_at: number | null;
  /** An editor decided about the storyline, so the program does not. */
  is_chosen: Generated<number>;
}

/** The queue of articles that have no storyline and no related articles yet, or whose text has changed since. */
export interface UnmatchedTable {
  article_id: number;
  public_at: number;
  /** An import matches its articles itself, in order of time. If it was killed, the site does so after this time. */
  due_at: number;
  /** Whether `term_count` contains the article. */
  is_counted: number;
}

export interface SignatureTable {
  article_id: number;
  /** See `encodeTerms`. */
  terms: Uint8Array;
  /** See `sketch.ts`. */
  sketch: Uint8Array;
  /** The related articles, most relevant first; see `related-list.ts`. */
  related: Uint8Array;
}

/** A single row. */
export interface SignatureStateTable {
  id: 1;
  /** See `signatureVersion`. */
  version: number;
  /** How many articles `term_count` contains. */
  articles: number;
}

/** In how many published articles each term of a range occurs; see `term-counts.ts`. */
export interface TermCountTable {
  block: number;
  counts: Uint8Array;
}

/** An editor's choice about the related articles of an article. */
export interface RelatedChoiceTable {
  article_id: number;
  other_id: number;
  /** The place among the pinned articles. Null: hidden. */
  position: number | null;
}
