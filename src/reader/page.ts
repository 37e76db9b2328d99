import type { Context } from '../context.ts';
import type { Head } from './head.ts';
import type { Masthead } from './masthead.ts';
import type { ShownPicture } from './pictures/show-picture.ts';
import type { Site } from './site.ts';

export interface PageRequest {
  params: Record<string, string>;
  /** Only the parameters that the route declares. */
  query: Record<string, string | undefined>;
  site: Site;
  /** UTC milliseconds. */
  now: number;
}

/** When a cached page becomes invalid, in addition to changes of the site itself. */
export interface Validity {
  /** The page cache's tags (see `storage/articles/touched.ts`). */
  shows: string[];
  /** When the page will change without a write, UTC milliseconds. */
  changesAt?: number | undefined;
}

export interface ViewPage extends Validity {
  status: number;
  view: string;
  data: { head: Head; masthead?: Masthead | undefined } & Record<string, unknown>;
  /** The picture on the first screen. Browsers request it before they have parsed the page. */
  preload?: ShownPicture | undefined;
  /** The page also changes with the clock, so it gets no `Last-Modified`. */
  isUndated?: boolean;
  /** The page is not cached and not indexed, and the admin may show it in a frame. */
  isPrivate?: boolean;
}

export interface DocumentPage extends Validity {
  type: string;
  body: string | { view: string; data: Record<string, unknown> };
  isUndated?: boolean;
}

export interface MovedPage {
  movedTo: string;
  /** The page cache's tags, in addition to those of articles. */
  shows?: string[];
}

export type Page = ViewPage | DocumentPage | MovedPage;

/** Returns undefined if there is no such page. Never writes. */
export type PageFunction = (context: Context, request: PageRequest) => Promise<Page | undefined>;
