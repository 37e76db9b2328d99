import type { Generated } from 'kysely';

// As in schema.ts, times are UTC milliseconds.

export interface StaticPageTable {
  id: Generated<number>;
  /** Relative to the site's root, without a leading slash: `policies/corrections`. */
  path: string;
  title: string;
  body: string;
  body_html: string;
  markup_version: number;
  changed_at: number;
  /** The order in the footer. Positions may have gaps. */
  position: number;
}

/** Each saved state of a page. The newest is the page's own. */
export interface PageRevisionTable {
  id: Generated<number>;
  page_id: number;
  at: number;
  /** Null: from the command line. */
  editor_id: number | null;
  kind: PageRevisionKind;
  path: string;
  title: string;
  body: string;
  /** JSON of `BodyNotes`. Null: no notes. */
  body_notes: string | null;
}

export type PageRevisionKind = 'saved' | 'restored';

/** A former path, which redirects. */
export interface OldPagePathTable {
  path: string;
  page_id: number;
}

/** A link that shows a text as a page without saving it. */
export interface PagePreviewTable {
  token_hash: string;
  expires_at: number;
  title: string;
  body_html: string;
}
