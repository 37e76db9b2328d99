import type { Context } from '../context.ts';
import type { Head } from './head.ts';
import type { Masthead } from './masthead.ts';
import type { Site } from './site.ts';

/** What a page function is given. */
export interface PageRequest {
  /** The route's parameters. */
  params: Record<string, string>;
  /** The query parameters that the route declares. */
  query: Record<string, string | undefined>;
  site: Site;
  /** UTC milliseconds */
  now: number;
}

/** What a page depends on, besides what the site shows around every page. */
export interface Validity {
  /** What it shows, by its tags in the change feed (see `storage/articles/touched.ts`). */
  shows: string[];
  /** When the page changes without a write, UTC milliseconds; undefined: never. */
  changesAt?: number | undefined;
}

/** A page that a view prints. */
export interface ViewPage extends Validity {
  status: number;
  view: string;
  /** `masthead` is the plain one where it is not given. */
  data: { head: Head; masthead?: Masthead | undefined } & Record<string, unknown>;
  /** The page changes with the clock alone, so there is no date of its last change. */
  isUndated?: boolean;
  /** The page is only for people who have its address: it is not cached, not indexed, and the admin may frame it. */
  isPrivate?: boolean;
}

/** A page for machines. Its body is a text, or a view and its data. */
export interface DocumentPage extends Validity {
  type: string;
  body: string | { view: string; data: Record<string, unknown> };
  isUndated?: boolean;
}

/** The page has moved to another path. */
export interface MovedPage {
  movedTo: string;
}

export type Page = ViewPage | DocumentPage | MovedPage;

/** Finds what to show; undefined if there is no such page. Never writes. */
export type PageFunction = (context: Context, request: PageRequest) => Promise<Page | undefined>;
