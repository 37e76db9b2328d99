import { sql } from 'kysely';
import type { BodyNotes } from '../../content/markdown/body-renderer.ts';
import { isSamePage } from '../../content/pages/static-page.ts';
import { pictureIdsIn } from '../../content/pictures/body-pictures.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import { nextId, retireIds } from '../database/ids.ts';
import type { PageRevisionKind } from '../database/page-tables.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction, type AuditAction } from '../newsroom/audit-log.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';
import { storedNotes } from '../revisions/revisions.ts';
import { findEditedPage, findPageAt } from './page-revisions.ts';
import type { StaticPage } from './static-pages.ts';

/** A page with a valid path and text, and what was rendered from it. */
export interface PageSave extends StaticPage {
  markupVersion: number;
  notes?: BodyNotes;
}

/** Null: the command line. */
type Author = number | null;

/** For the command line: creates the page at a path, or replaces its text. */
export async function saveStaticPage(db: Database, save: PageSave, now: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const page = await findPageAt(transaction, save.path);
    if (!page) await insertPage(transaction, save, null, now);
    else if (!isSamePage(page, save)) await replaceText(transaction, page.id, save, { author: null, kind: 'saved' }, now);
    else await replaceMarkup(transaction, page.id, save, now);
  });
}

export async function createPage(db: Database, save: PageSave, editorId: number, now: number): Promise<{ id: number } | 'path taken'> {
  return inTransaction(db, async (transaction) => {
    if (await findPageAt(transaction, save.path)) return 'path taken';
    return { id: await insertPage(transaction, save, editorId, now) };
  });
}

export interface PageChange {
  id: number;
  save: PageSave;
  /** The revision on which the text is based. */
  baseId: number;
  kind: PageRevisionKind;
}

/** A former path redirects. `conflict`: there is a newer revision than the base. */
export async function changePage(db: Database, { id, save, baseId, kind }: PageChange, editorId: number, now: number): Promise<'saved' | 'path taken' | 'conflict' | 'gone'> {
  return inTransaction(db, async (transaction) => {
    const page = await findEditedPage(transaction, id);
    if (!page) return 'gone';
    if (page.revision.id !== baseId) return 'conflict';
    if (isSamePage(page, save)) return 'saved';
    const other = await findPageAt(transaction, save.path);
    if (other && other.id !== id) return 'path taken';
    await replaceText(transaction, id, save, { author: editorId, kind }, now);
    if (page.path !== save.path) await redirect(transaction, id, { from: page.path, to: save.path });
    return 'saved';
  });
}

/** For the command line. Returns false if there is no page at the path. */
export async function deleteStaticPage(db: Database, path: string, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const page = await findPageAt(transaction, path);
    return page !== undefined && removePage(transaction, page.id, null, now);
  });
}

/** Deletes a page with its revisions and redirects. Returns false if there is no such page. */
export async function deletePage(db: Database, id: number, editorId: number, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => removePage(transaction, id, editorId, now));
}

/** Swaps a page with the one before or after it in the footer. Returns false if there is no such page. */
export async function movePage(db: Database, id: number, direction: 'up' | 'down', editorId: number, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const pages = await transaction.selectFrom('static_page').select(['id', 'path']).orderBy('position').orderBy('id').execute();
    const from = pages.findIndex((page) => page.id === id);
    const [page, other] = [pages[from], pages[direction === 'up' ? from - 1 : from + 1]];
    if (!page) return false;
    if (!other) return true;
    const ordered = pages.map((one) => (one === page ? other : one === other ? page : one));
    for (const [index, one] of ordered.entries()) await transaction.updateTable('static_page').set({ position: index + 1 }).where('id', '=', one.id).execute();
    await record(transaction, 'page-order', page.path, editorId, now);
    return true;
  });
}

async function insertPage(transaction: Handle, save: PageSave, author: Author, now: number): Promise<number> {
  const next = sql<number>`(select coalesce(max(position), 0) + 1 from static_page)`;
  const id = await nextId(transaction, 'static_page');
  await transaction.insertInto('static_page').values({ id, ...columnsOf(save, now), position: next }).execute();
  await redirect(transaction, id, { from: null, to: save.path });
  await addRevision(transaction, id, save, { author, kind: 'saved' }, now);
  await record(transaction, 'page-creation', save.path, author, now);
  return id;
}

async function replaceText(transaction: Handle, id: number, save: PageSave, { author, kind }: { author: Author; kind: PageRevisionKind }, now: number): Promise<void> {
  await transaction.updateTable('static_page').set(columnsOf(save, now)).where('id', '=', id).execute();
  await addRevision(transaction, id, save, { author, kind }, now);
  await record(transaction, kind === 'restored' ? 'page-restoration' : 'page-change', save.path, author, now);
}

/** The same text may have been rendered to other HTML. */
async function replaceMarkup(transaction: Handle, id: number, save: PageSave, now: number): Promise<void> {
  await transaction.updateTable('static_page').set(columnsOf(save, now)).where('id', '=', id).execute();
  await recordChange(transaction, ['static-pages'], now);
}

async function removePage(transaction: Handle, id: number, author: Author, now: number): Promise<boolean> {
  const deleted = await transaction.deleteFrom('static_page').where('id', '=', id).returning('path').executeTakeFirst();
  if (!deleted) return false;
  await retireIds(transaction, 'static_page', [id]);
  await setPictureUses(transaction, 'page', id, []);
  await record(transaction, 'page-deletion', deleted.path, author, now);
  return true;
}

function columnsOf({ path, title, body, bodyHtml, markupVersion }: PageSave, now: number) {
  return { path, title, body, body_html: bodyHtml, markup_version: markupVersion, changed_at: now };
}

async function addRevision(transaction: Handle, pageId: number, { path, title, body, notes }: PageSave, { author, kind }: { author: Author; kind: PageRevisionKind }, now: number): Promise<void> {
  const next = sql<number>`(select coalesce(max(id), 0) + 1 from page_revision)`;
  const row = { id: next, page_id: pageId, at: now, editor_id: author, kind, path, title, body, body_notes: notes ? storedNotes(notes) : null };
  await transaction.insertInto('page_revision').values(row).execute();
  await setPictureUses(transaction, 'page', pageId, pictureIdsIn(body));
}

async function redirect(transaction: Handle, pageId: number, { from, to }: { from: string | null; to: string }): Promise<void> {
  await transaction.deleteFrom('old_page_path').where('path', '=', to).execute();
  if (from !== null) await transaction.insertInto('old_page_path').values({ path: from, page_id: pageId }).execute();
}

/** Every page of the site lists the static pages. */
async function record(transaction: Handle, action: AuditAction, path: string, author: Author, now: number): Promise<void> {
  await recordAction(transaction, { editorId: author, action, detail: `/${path}` }, now);
  await recordChange(transaction, ['static-pages'], now);
}
