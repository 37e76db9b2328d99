import type { Generated } from 'kysely';
import type { RevisionKind } from '../../content/articles/article-form.ts';

export interface RevisionTable {
  id: Generated<number>;
  article_id: number;
  at: number;
  editor_id: number | null;
  kind: RevisionKind;
  base_id: number | null;
  /** When the text was saved or discarded. Null: still unsaved. */
  settled_at: number | null;
  form: string;
  /** JSON of `BodyNotes`. Null: not rendered, or no notes. */
  body_notes: string | null;
  window_id: string | null;
  /** When readers first saw the text, or will see it. Null: never. */
  public_at: number | null;
}

/** Never changed or deleted. */
export interface CorrectionTable {
  id: number;
  /** For feeds. */
  uid: string;
  article_id: number;
  at: number;
  editor_id: number;
  /** Plain text. */
  text: string;
}

export interface PresenceTable {
  article_id: number;
  editor_id: number;
  /** Empty: unknown. */
  window_id: string;
  /** When the window was last visible. */
  seen_at: number;
  /** When the window was last open, visible or not. */
  open_at: number;
}

/** A link that shows one revision without signing in. */
export interface PreviewTable {
  token_hash: string;
  revision_id: number;
  expires_at: number;
  /** Null in links created before migration 9, whose previews are rendered on request. */
  body_html: string | null;
  word_count: number | null;
  /** Null in links created before migration 23. */
  editor_id: number | null;
  created_at: number | null;
  /** 0: made by the preview pane of the form, for its own use. */
  is_shared: Generated<number>;
}
