import type { Generated } from 'kysely';

// As in schema.ts, times are UTC milliseconds and booleans are 1 or 0.

export interface PictureTable {
  id: number;
  /** SHA-256 of the master's pixels, hexadecimal. */
  hash: string;
  /** Of the master, in pixels. */
  width: number;
  height: number;
  /** Of the master, in bytes. */
  size: number;
  is_transparent: number;
  colour: string;
  file_name: string;
  alt: string;
  is_decoration: number;
  caption: string;
  credit: string;
  /** The focal point, in percent from the left and from the top. */
  focus_x: number;
  focus_y: number;
  /** The words by which the library finds the picture, folded. */
  search_text: string;
  version: Generated<number>;
  owner_id: number | null;
  created_at: number;
}

export interface PictureMasterTable {
  picture_id: number;
  data: Buffer;
}

/** Derived from the master, so rows may be deleted at any time. */
export interface RenditionTable {
  picture_id: number;
  /** The file name in the rendition's address, such as `640.avif`. */
  name: string;
  /** Null: being made until `lease_until`. */
  data: Buffer | null;
  lease_until: number;
}

/** The lead pictures of the texts that articles have for readers. */
export interface LeadPictureTable {
  article_id: number;
  picture_id: number;
  /** Replace the picture's own alternative text and caption in this article; empty: they don't. */
  alt: string;
  caption: string;
}

export interface PictureUseTable {
  picture_id: number;
  kind: PictureUseKind;
  /** The id of the article, the static page, the theme or the author; 0 for the settings. */
  place_id: number;
}

export type PictureUseKind = 'article' | 'page' | 'settings' | 'theme' | 'author';
