import type { Generated } from 'kysely';

// Times are UTC milliseconds; what is true or false is 1 or 0; JSON is text.

/** The tables as TypeScript knows them; the migrations make them. */
export interface Tables {
  setting: SettingTable;
  static_page: StaticPageTable;
  theme: NamedTable;
  topic: NamedTable;
  author: NamedTable;
  article: ArticleTable;
  article_author: ArticleAuthorTable;
  article_topic: ArticleTopicTable;
  old_slug: OldSlugTable;
  change: ChangeTable;
  search_word: SearchWordTable;
}

interface SettingTable {
  name: string;
  /** JSON */
  value: string;
}

interface StaticPageTable {
  id: Generated<number>;
  /** Below the site's root, without a leading slash: `policies/corrections`. */
  path: string;
  title: string;
  /** Markdown */
  body: string;
  body_html: string;
  markup_version: number;
  changed_at: number;
}

/** What has a name, a slug and a page of its own: themes, topics and authors. */
interface NamedTable {
  id: Generated<number>;
  slug: string;
  name: string;
  /** The name as two writings of it are compared. */
  name_key: string;
}

interface ArticleTable {
  id: Generated<number>;
  uid: string;
  version: Generated<number>;
  slug: string | null;
  title: string;
  standfirst: string;
  summary: string;
  body: string;
  body_html: string;
  body_text: string;
  word_count: number;
  markup_version: number;
  theme_id: number | null;
  language: string;
  /** In whole seconds: see the search index. */
  published_at: number | null;
  first_published_at: number | null;
  updated_at: number | null;
  withdrawn_at: number | null;
  withdrawn_reason: string | null;
  /** From when readers see it: the publication time, unless it is withdrawn. Made by the database. */
  public_at: Generated<number | null>;
  /** The hash of what was imported: the same is not imported twice. */
  import_key: string | null;
  changed_at: number;
}

/** `public_at` repeats the article's, so that an author's newest articles come from one index. */
interface ArticleAuthorTable {
  article_id: number;
  author_id: number;
  position: number;
  public_at: number | null;
}

interface ArticleTopicTable {
  article_id: number;
  topic_id: number;
  position: number;
  public_at: number | null;
}

/** Where a slug that was given up leads. */
interface OldSlugTable {
  kind: SlugKind;
  slug: string;
  target_id: number;
}

/** What can be found by a slug: the names of their tables. */
export type SlugKind = 'article' | 'theme' | 'topic' | 'author';

/** One row for every write, in its transaction: what it touched, such as `article:7` and `theme:3`. */
interface ChangeTable {
  id: Generated<number>;
  at: number;
  /** A JSON list. */
  touched: string;
}

/** A word that stands in the search index, folded. */
interface SearchWordTable {
  word: string;
}
