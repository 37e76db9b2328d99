import type { Generated, Kysely } from 'kysely';
import type { Role } from '../../content/accounts/permissions.ts';
import type { RevisionKind } from '../../content/articles/article-form.ts';

// Times are UTC milliseconds; what is true or false is 1 or 0; JSON is text.

/** Reads the tables and, inside `inTransaction`, writes them. */
export type Handle = Kysely<Tables>;

/** The tables as TypeScript knows them; the migrations make them. */
export interface Tables {
  setting: SettingTable;
  static_page: StaticPageTable;
  site_feed: SiteFeedTable;
  theme: ThemeTable;
  topic: NamedTable;
  author: NamedTable;
  article: ArticleTable;
  article_author: ArticleAuthorTable;
  article_topic: ArticleTopicTable;
  old_slug: OldSlugTable;
  old_name: OldNameTable;
  change: ChangeTable;
  purge: PurgeTable;
  copy: CopyTable;
  search_word: SearchWordTable;
  editor: EditorTable;
  session: SessionTable;
  set_up_link: SetUpLinkTable;
  sign_in_failure: SignInFailureTable;
  audit_log: AuditLogTable;
  revision: RevisionTable;
  presence: PresenceTable;
  preview: PreviewTable;
  secret: SecretTable;
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
  /** See `nameKey`. A row that had an equal name before names were compared this way has ` ID` behind it. */
  name_key: string;
  /** The id of its Atom feed, which never changes. Null: see `storeFeedIds`. */
  feed_id: string | null;
}

/** Times are those of its articles that readers see or will see. */
interface ThemeTable extends NamedTable {
  first_at: number | null;
  /** The latest that was public, and the first that was not, when one of the theme's articles last changed. */
  latest_at: number | null;
  next_at: number | null;
}

/** The id of the whole site's Atom feed: one row. */
interface SiteFeedTable {
  id: number;
  feed_id: string;
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
  /** When it was last saved, whether or not readers see what was. */
  edited_at: Generated<number>;
  /** Who began it; nobody, where it was imported. */
  owner_id: number | null;
  /** When it was handed in for review, while it waits. */
  submitted_at: number | null;
  /** The revision that was saved last; none of an import that nobody has edited. */
  head_revision_id: number | null;
  /** The revision that readers see, or will when its time has come. */
  public_revision_id: number | null;
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

/** What something was called before. */
interface OldNameTable {
  kind: SlugKind;
  name_key: string;
  target_id: number;
}

/** What can be found by a slug: the names of their tables. */
export type SlugKind = 'article' | NamedKind;
export type NamedKind = 'theme' | 'topic' | 'author';

/** One row for every write, in its transaction: what it touched, such as `article:7` and `theme:3`. */
interface ChangeTable {
  id: Generated<number>;
  at: number;
  /** A JSON list. */
  touched: string;
}

/** How far caches in front of the site have been told what changed: one row. */
interface PurgeTable {
  id: number;
  change_id: number;
  /** Until when one process is at it. */
  claimed_until: number;
  /** The version of the program for which they were last emptied; empty: none that is known. */
  version: Generated<string>;
}

/** One row while a copy into this database is under way. */
interface CopyTable {
  id: number;
  begun_at: number;
}

/** Who signs in to the admin. */
interface EditorTable {
  id: Generated<number>;
  email: string;
  /** The address as two writings of it are compared. */
  email_key: string;
  name: string;
  role: Role;
  /** By argon2id; none until the editor has chosen a password. */
  password_hash: string | null;
  created_at: number;
  disabled_at: number | null;
}

interface SessionTable {
  id: Generated<number>;
  /** SHA-256 of the token, which only the browser has. */
  token_hash: string;
  editor_id: number;
  created_at: number;
  seen_at: number;
  user_agent: string;
}

/** A link with which somebody chooses a password, once: the editor it names, or a new site's first administrator. */
interface SetUpLinkTable {
  token_hash: string;
  editor_id: number | null;
  /** None: it dies with its use, or when the site is started again. */
  expires_at: number | null;
}

/** Sign-ins that failed lately, by account and by address. */
interface SignInFailureTable {
  subject: string;
  count: number;
  last_at: number;
}

/** Who did what. */
interface AuditLogTable {
  id: Generated<number>;
  at: number;
  editor_id: number | null;
  action: string;
  article_id: number | null;
  /** What there is to say beside it, such as the reason of a withdrawal. */
  detail: string;
}

/** A text that reached the server. */
interface RevisionTable {
  id: Generated<number>;
  article_id: number;
  at: number;
  editor_id: number | null;
  kind: RevisionKind;
  /** The revision that its editor began from. */
  base_id: number | null;
  /** Of one that was not saved: when its editor saved or discarded what it held. */
  settled_at: number | null;
  /** An `ArticleForm`, as JSON. */
  form: string;
  /** The `BodyNotes` of its body, as JSON; null: it was not rendered, or there are none. */
  body_notes: string | null;
  /** The window of a browser that it was typed in; null: not known. */
  window_id: string | null;
}

/** Who has an article open. */
interface PresenceTable {
  article_id: number;
  editor_id: number;
  seen_at: number;
}

/** A link that shows one revision to whoever has it. */
interface PreviewTable {
  token_hash: string;
  revision_id: number;
  expires_at: number;
  /** Null in a link made by a program that rendered previews when they were asked for. */
  body_html: string | null;
  word_count: number | null;
}

/** What the site keeps to itself. */
interface SecretTable {
  name: string;
  value: string;
}

/** A word that stands in the search index, folded. */
interface SearchWordTable {
  word: string;
}
