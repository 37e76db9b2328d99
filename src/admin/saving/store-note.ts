import { cleanText } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { saveNote } from '../../storage/articles/notes.ts';
import type { EditorRequest } from '../action.ts';
import type { FormProblem } from '../articles/article-fields.ts';

/** In characters. */
export const maxNoteLength = 2000;

/** Stores the note that was posted with a text. A note that is too long is left to {@link noteProblems}. */
export async function storeNote({ db }: Context, { editor, form, now }: Pick<EditorRequest, 'editor' | 'form' | 'now'>, { articleId, windowId }: { articleId: number; windowId: string | null }): Promise<void> {
  if (form['note'] === undefined || noteProblems(form).length > 0) return;
  await saveNote(db, { articleId, editorId: editor.id, text: readNote(form['note']), before: readNote(form['noteBefore']), windowId }, now);
}

export function noteProblems({ note }: Record<string, string>): FormProblem[] {
  return readNote(note).length > maxNoteLength ? [{ field: 'note', problem: { key: 'problems.tooLong', values: { limit: maxNoteLength } } }] : [];
}

function readNote(posted = ''): string {
  return cleanText(posted).trim();
}
