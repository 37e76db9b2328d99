import type { Generated, Kysely } from 'kysely';
import type { AuditLogTable, EditorTable, SessionTable, SetUpLinkTable, SignInFailureTable } from './account-tables.ts';
import type { AuthorProfileTable, NameWordTable } from './name-tables.ts';
import type { OldPagePathTable, PagePreviewTable, PageRevisionTable, StaticPageTable } from './page-tables.ts';
import type { LeadPictureTable, PictureMasterTable, PictureTable, PictureUseTable, RenditionTable } from './picture-tables.ts';
import type { CorrectionTable, PresenceTable, PreviewTable, RevisionTable } from './revision-tables.ts';
import type { ChallengeTable, PasskeyTable, RecoveryCodeTable, TotpTable } from './second-factor-tables.ts';
import type { RelatedChoiceTable, SignatureStateTable, SignatureTable, StorylineArticleTable, StorylineTable, TermCountTable, UnmatchedTable } from './storyline-tables.ts';

// Times are UTC milliseconds, booleans are 1 or 0, JSON is text.

/** Runs queries. The handle that `inTransaction` provides also writes. */
export type Handle = Kysely<Tables>;

export interface Tables {
  setting: SettingTable;
  static_page: StaticPageTable;
  page_revision: PageRevisionTable;
  old_page_path: OldPagePathTable;
  page_preview: PagePreviewTable;
  site_feed: SiteFeedTable;
  theme: ThemeTable;
  merged_theme: MergedThemeTable;
  theme_merge: ThemeMergeTable;
  retired_id: RetiredIdTable;
  topic: NamedTable;
  author: NamedTable;
  author_profile: AuthorProfileTable;
  author_word: NameWordTable;
  topic_word: NameWordTable;
  article: ArticleTable;
  article_author: ArticleAuthorTable;
  article_topic: ArticleTopicTable;
  article_note: ArticleNoteTable;
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
  totp: TotpTable;
  recovery_code: RecoveryCodeTable;
  passkey: PasskeyTable;
  challenge: ChallengeTable;
  audit_log: AuditLogTable;
  revision: RevisionTable;
  correction: CorrectionTable;
  presence: PresenceTable;
  preview: PreviewTable;
  secret: SecretTable;
  picture: PictureTable;
  picture_master: PictureMasterTable;
  rendition: RenditionTable;
  lead_picture: LeadPictureTable;
  picture_use: PictureUseTable;
  storyline: StorylineTable;
  storyline_article: StorylineArticleTable;
  unmatched: UnmatchedTable;
  signature: SignatureTable;
  signature_state: SignatureStateTable;
  term_count: TermCountTable;
  related_choice: RelatedChoiceTable;
}

interface SettingTable {
  name: string;
  value: string;
}

interface NamedTable {
  id: Generated<number>;
  slug: string;
  name: string;
  /** See `nameKey`. If migration 12 gave several rows the same key, all but the oldest have ` ID` appended. */
  name_key: string;
  /** See `sortKey`. */
  sort_key: Generated<string>;
  /** The permanent id of the Atom feed. Null until `storeFeedIds` has run. */
  feed_id: string | null;
}

interface ThemeTable extends NamedTable {
  first_at: number | null;
  /** The last publication and the next scheduled one, as of the last `updateThemeTimes`. */
  latest_at: number | null;
  next_at: number | null;
  /** Plain text. */
  description: Generated<string>;
  picture_id: number | null;
  /** The place that editors have chosen in the navigation. Null: its articles decide. */
  position: number | null;
  /** Whether the navigation leaves the theme out. */
  is_hidden: Generated<number>;
}

/** A theme that was merged into another, or is being merged. The search index may still have its articles under its id. */
interface MergedThemeTable {
  id: number;
  into_id: number;
}

/** A large theme whose articles are being moved to another. */
interface ThemeMergeTable {
  from_id: number;
  into_id: number;
}

/** Kinds whose rows can be deleted, and whose ids are used only once. The audit log has the ids of deleted articles and pictures. */
export type RetiringKind = NamedKind | 'static_page';

/** The highest id of the deleted rows. */
interface RetiredIdTable {
  kind: RetiringKind;
  id: number;
}

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
  /** Whole seconds: see `sqliteSearch`. */
  published_at: number | null;
  first_published_at: number | null;
  updated_at: number | null;
  withdrawn_at: number | null;
  withdrawn_reason: string | null;
  /** Generated column: the publication time, or null if the article is withdrawn. */
  public_at: Generated<number | null>;
  import_key: string | null;
  changed_at: number;
  edited_at: Generated<number>;
  owner_id: number | null;
  submitted_at: number | null;
  head_revision_id: number | null;
  public_revision_id: number | null;
  /** When an editor sent a submitted draft back to its author. Null: not sent back, or submitted again since. */
  returned_at: number | null;
  /** The text that readers see has a picture without an alternative text. Only imports can store such a text. */
  is_undescribed: Generated<number>;
}

/** `public_at` copies the article's, so that one index gives an author's newest articles. */
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

/** A note for colleagues about an article. The newest is the article's current note; an empty one removes it. */
interface ArticleNoteTable {
  id: number;
  article_id: number;
  editor_id: number;
  at: number;
  text: string;
  /** The browser window in which the note was typed; null if unknown. */
  window_id: string | null;
}

interface OldSlugTable {
  kind: SlugKind;
  slug: string;
  target_id: number;
}

interface OldNameTable {
  kind: SlugKind;
  name_key: string;
  target_id: number;
}

export type SlugKind = 'article' | NamedKind;
export type NamedKind = 'theme' | 'topic' | 'author';

/** The change feed: one row for every write, in the same transaction. */
interface ChangeTable {
  id: Generated<number>;
  at: number;
  /** A JSON array of tags, such as `article:7` and `theme:3`. */
  touched: string;
}

/** One row: how far the caches in front of the site have been purged. */
interface PurgeTable {
  id: number;
  change_id: number;
  /** When the lease of the purging process ends. */
  claimed_until: number;
  /** The program version at the last full purge; empty: unknown. */
  version: Generated<string>;
}

interface CopyTable {
  id: number;
  begun_at: number;
}

interface SecretTable {
  name: string;
  value: string;
}

interface SearchWordTable {
  word: string;
}
