import type { Context } from '../context.ts';
import type { Head } from './head.ts';
import type { Site } from './site.ts';

/** What a page function is asked: the route's parameters, the query parameters that the route declares, and when. */
export interface PageRequest {
  params: Record<string, string>;
  query: Record<string, string | undefined>;
  site: Site;
  /** UTC milliseconds */
  now: number;
}

/** What makes a page another one, beside what the site shows around every page. */
export interface Validity {
  /** What it shows, as the change feed names it (see `storage/articles/touched.ts`). */
  shows: string[];
  /** From when it is another page though nothing is written, UTC milliseconds; undefined: never. */
  changesAt?: number | undefined;
}

/** A page that a view prints. */
export interface ViewPage extends Validity {
  status: number;
  view: string;
  data: { head: Head } & Record<string, unknown>;
  /** It changes with the clock alone, and so has no date of its last change. */
  isUndated?: boolean;
  /** It is for those alone who have its address: kept nowhere, indexed nowhere, and the admin may frame it. */
  isPrivate?: boolean;
}

/** A page for machines. One whose text a view prints has the view's data in place of a body. */
export interface DocumentPage extends Validity {
  type: string;
  body: string | { view: string; data: Record<string, unknown> };
  isUndated?: boolean;
}

/** The page is at another path now. */
export interface MovedPage {
  movedTo: string;
}

export type Page = ViewPage | DocumentPage | MovedPage;

/** Finds out what to show. Undefined: there is no such page. Reads and never writes. */
export type PageFunction = (context: Context, request: PageRequest) => Promise<Page | undefined>;
