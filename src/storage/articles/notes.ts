import { sql } from 'kysely';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';

/** A note for colleagues about an article, which readers never see. */
export interface Note {
  articleId: number;
  at: number;
  editor: string;
  /** Empty: the note was removed. */
  text: string;
}

export interface TypedNote {
  articleId: number;
  editorId: number;
  text: string;
  /** The note that the form showed before the editor typed. */
  before: string;
  windowId: string | null;
}

/**
 * Stores a note as the article's newest, unless the editor left it as it was. While an editor types in one window, the
 * note is replaced; a note of anybody else, or of another window, stays in the list of earlier notes.
 */
export async function saveNote(db: Database, { articleId, editorId, text, before, windowId }: TypedNote, now: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const notes = transaction.selectFrom('article_note').select(['id', 'text']).where('article_id', '=', articleId).orderBy('id', 'desc').limit(1);
    const newest = await notes.executeTakeFirst();
    const own = windowId === null ? undefined : await notes.where('editor_id', '=', editorId).where('window_id', '=', windowId).executeTakeFirst();
    if (text === (own?.text ?? before) || text === (newest?.text ?? '')) return;
    if (own && own.id === newest?.id) {
      if (text === before) await transaction.deleteFrom('article_note').where('id', '=', own.id).execute();
      else await transaction.updateTable('article_note').set({ text, at: now }).where('id', '=', own.id).execute();
      return;
    }
    const id = sql<number>`(select coalesce(max(id), 0) + 1 from article_note)`;
    await transaction.insertInto('article_note').values({ id, article_id: articleId, editor_id: editorId, at: now, text, window_id: windowId }).execute();
    await recordAction(transaction, { editorId, action: 'note', articleId }, now);
  });
}

/** Newest first: the first is the current note. */
export async function listNotes(db: Handle, articleId: number, limit: number): Promise<Note[]> {
  return notesWithEditors(db).where('article_id', '=', articleId).orderBy('article_note.id', 'desc').limit(limit).execute();
}

/** The current notes of articles, by the article's id. Leaves out removed ones. */
export async function findCurrentNotes(db: Handle, articleIds: number[]): Promise<Map<number, Note>> {
  if (articleIds.length === 0) return new Map();
  const rows = await notesWithEditors(db)
    .where('article_note.id', 'in', (eb) => eb.selectFrom('article_note as newest').select(({ fn }) => fn.max('newest.id').as('id')).where('newest.article_id', 'in', articleIds).groupBy('newest.article_id'))
    .where('text', '<>', '')
    .execute();
  return new Map(rows.map((note) => [note.articleId, note]));
}

function notesWithEditors(db: Handle) {
  return db.selectFrom('article_note').innerJoin('editor', 'editor.id', 'article_note.editor_id').select(['article_id as articleId', 'at', 'editor.name as editor', 'text']);
}
