import { isSourceOfRevision, unsavedKinds, type ArticleForm, type RevisionKind } from '../../content/articles/article-form.ts';
import type { BodyNotes } from '../../content/markdown/body-renderer.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { readStoredForm } from './stored-form.ts';

/** A revision without its text, which may be long. */
export interface RevisionHead {
  id: number;
  at: number;
  editor: { id: number; name: string } | null;
  kind: RevisionKind;
  baseId: number | null;
  /** The browser window in which the text was typed; null if unknown. */
  windowId: string | null;
}

export interface Revision extends RevisionHead {
  form: ArticleForm;
}

// `zone` is the site's time zone. The functions convert the publication times in forms to this zone.

export async function findRevision(db: Handle, articleId: number, id: number, zone: string): Promise<Revision | undefined> {
  const row = await revisions(db, articleId).select('form').where('revision.id', '=', id).executeTakeFirst();
  return row && toRevision(row, zone);
}

export async function findRevisionHead(db: Handle, articleId: number, id: number): Promise<RevisionHead | undefined> {
  const row = await revisions(db, articleId).where('revision.id', '=', id).executeTakeFirst();
  return row && toHead(row);
}

/** The last text that an editor typed into an article and has neither saved nor discarded. */
export async function findUnsaved(db: Handle, articleId: number, editorId: number, zone: string): Promise<Revision | undefined> {
  const row = await revisions(db, articleId)
    .select('form')
    .where('revision.editor_id', '=', editorId)
    .where('kind', 'in', unsavedKinds)
    .where('settled_at', 'is', null)
    .orderBy('revision.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toRevision(row, zone);
}

export async function findLastText(db: Handle, articleId: number, zone: string): Promise<Revision | undefined> {
  const row = await revisions(db, articleId).select('form').orderBy('revision.id', 'desc').limit(1).executeTakeFirst();
  return row && toRevision(row, zone);
}

export async function isRecentRevision(db: Database, articleId: number, editorId: number, form: ArticleForm, zone: string): Promise<boolean> {
  const rows = await revisions(db.reader, articleId).select('form').where('revision.editor_id', '=', editorId).orderBy('revision.id', 'desc').limit(5).execute();
  return rows.some((row) => isSourceOfRevision(toRevision(row, zone), form, zone));
}

export async function listRevisions(db: Database, articleId: number, { before, limit }: { before?: number | undefined; limit: number }): Promise<RevisionHead[]> {
  let query = revisions(db.reader, articleId).orderBy('revision.id', 'desc').limit(limit);
  if (before !== undefined) query = query.where('revision.id', '<', before);
  return (await query.execute()).map(toHead);
}

export async function classifyRevision(db: Database, id: number, kind: RevisionKind): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction.updateTable('revision').set({ kind }).where('id', '=', id).execute();
  });
}

export async function saveBodyNotes(transaction: Handle, revisionId: number, notes: BodyNotes): Promise<void> {
  await transaction.updateTable('revision').set({ body_notes: storedNotes(notes) }).where('id', '=', revisionId).execute();
}

export function storedNotes({ isPlain, shownAsText, hasComment }: BodyNotes): string | null {
  return isPlain || hasComment || shownAsText.length > 0 ? JSON.stringify({ isPlain, shownAsText: shownAsText.slice(0, 20), hasComment }) : null;
}

export async function findBodyNotes(db: Handle, revisionId: number): Promise<BodyNotes | undefined> {
  const row = await db.selectFrom('revision').select('body_notes').where('id', '=', revisionId).executeTakeFirst();
  return typeof row?.body_notes === 'string' ? JSON.parse(row.body_notes) : undefined;
}

/** Marks the editor's texts up to a revision as saved or discarded. Texts from other browser windows stay unsaved. */
export async function settleUnsaved(transaction: Handle, articleId: number, editorId: number, upTo: number, now: number): Promise<void> {
  const last = await transaction.selectFrom('revision').select('window_id').where('id', '=', upTo).executeTakeFirst();
  const settled = transaction
    .updateTable('revision')
    .set({ settled_at: now })
    .where('article_id', '=', articleId)
    .where('id', '<=', upTo)
    .where('editor_id', '=', editorId)
    .where('settled_at', 'is', null);
  const windowId = last?.window_id ?? null;
  await (windowId === null ? settled : settled.where((eb) => eb.or([eb('window_id', 'is', null), eb('window_id', '=', windowId)]))).execute();
}

export async function discardUnsaved(db: Database, articleId: number, editorId: number, upTo: number, now: number): Promise<void> {
  await inTransaction(db, (transaction) => settleUnsaved(transaction, articleId, editorId, upTo, now));
}

/** Marks one text as discarded. */
export async function discardRevision(db: Database, revisionId: number, now: number): Promise<void> {
  await inTransaction(db, (transaction) => transaction.updateTable('revision').set({ settled_at: now }).where('id', '=', revisionId).where('settled_at', 'is', null).execute());
}

function revisions(db: Handle, articleId: number) {
  return db
    .selectFrom('revision')
    .leftJoin('editor', 'editor.id', 'revision.editor_id')
    .select(['revision.id', 'at', 'kind', 'base_id', 'window_id', 'revision.editor_id', 'editor.name'])
    .where('article_id', '=', articleId);
}

interface RevisionRow {
  id: number;
  at: number;
  kind: RevisionKind;
  base_id: number | null;
  window_id: string | null;
  editor_id: number | null;
  name: string | null;
}

function toHead({ id, at, kind, base_id: baseId, window_id: windowId, editor_id: editorId, name }: RevisionRow): RevisionHead {
  return { id, at, kind, baseId, windowId, editor: editorId === null ? null : { id: editorId, name: name ?? '' } };
}

function toRevision(row: RevisionRow & { form: string }, zone: string): Revision {
  return { ...toHead(row), form: readStoredForm(row.form, zone) };
}
