import type { BodyNotes } from '../../content/markdown/body-renderer.ts';
import type { PageText } from '../../content/pages/static-page.ts';
import type { PageRevisionKind } from '../database/page-tables.ts';
import type { Handle } from '../database/schema.ts';

/** A revision without its text. */
export interface PageRevisionHead {
  id: number;
  at: number;
  kind: PageRevisionKind;
  /** Null: the command line. */
  editor: string | null;
}

export interface PageRevision extends PageRevisionHead, PageText {}

/** A page and its newest revision. */
export interface EditedPage extends PageText {
  id: number;
  revision: PageRevisionHead;
  notes: BodyNotes | undefined;
}

export async function findEditedPage(db: Handle, id: number): Promise<EditedPage | undefined> {
  const row = await revisions(db, id).select(['path', 'title', 'body', 'body_notes']).orderBy('page_revision.id', 'desc').limit(1).executeTakeFirst();
  if (!row) return undefined;
  const { path, title, body, body_notes: notes, ...revision } = row;
  return { id, path, title, body, revision, notes: notes === null ? undefined : JSON.parse(notes) };
}

export interface ListedPage {
  id: number;
  path: string;
  title: string;
  /** The newest revision. */
  at: number;
  editor: string | null;
}

/** In the order of the footer. */
export async function listEditedPages(db: Handle): Promise<ListedPage[]> {
  return db
    .selectFrom('static_page')
    .innerJoin('page_revision', 'page_id', 'static_page.id')
    .leftJoin('editor', 'editor.id', 'editor_id')
    .select(['static_page.id', 'static_page.path', 'static_page.title', 'at', 'editor.name as editor'])
    .where('page_revision.id', '=', (eb) => eb.selectFrom('page_revision as newer').select((newest) => newest.fn.max('newer.id').as('id')).whereRef('newer.page_id', '=', 'static_page.id'))
    .orderBy('position')
    .orderBy('static_page.id')
    .execute();
}

export async function findPageAt(db: Handle, path: string): Promise<EditedPage | undefined> {
  const page = await db.selectFrom('static_page').select('id').where('path', '=', path).executeTakeFirst();
  return page && findEditedPage(db, page.id);
}

export async function findPageRevision(db: Handle, pageId: number, id: number): Promise<PageRevision | undefined> {
  return revisions(db, pageId).select(['path', 'title', 'body']).where('page_revision.id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function listPageRevisions(db: Handle, pageId: number, { before, limit }: { before?: number | undefined; limit: number }): Promise<PageRevisionHead[]> {
  let query = revisions(db, pageId).orderBy('page_revision.id', 'desc').limit(limit);
  if (before !== undefined) query = query.where('page_revision.id', '<', before);
  return query.execute();
}

function revisions(db: Handle, pageId: number) {
  return db
    .selectFrom('page_revision')
    .leftJoin('editor', 'editor.id', 'editor_id')
    .select(['page_revision.id', 'at', 'kind', 'editor.name as editor'])
    .where('page_id', '=', pageId);
}
