/** An author without a row has no portrait, biography or links. */
export interface AuthorProfileTable {
  author_id: number;
  portrait_id: number | null;
  biography: string;
  /** Addresses; empty if there are none. */
  web: string;
  mastodon: string;
  bluesky: string;
  email: string;
}

/** The folded words of the names of authors or topics. A row is missing until `storeMissingWords` has run. */
export interface NameWordTable {
  word: string;
  name_id: number;
}
