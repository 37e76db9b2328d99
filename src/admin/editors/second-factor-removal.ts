import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { removeSecondFactorAsSeen } from '../../storage/newsroom/manage-editors.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { requireEditor, showEditor } from './editor-page.ts';

/** Removes a second factor that an editor has lost. */
export async function secondFactorRemoval(context: Context, request: EditorRequest): Promise<ActionResult> {
  const editor = await requireEditor(context, request);
  const refuse = (key: MessageKey) => showEditor(context, request, editor, { status: 409, problems: [{ field: 'second_factor', problem: { key } }] });
  // Only the account page asks for the password first.
  if (editor.id === request.editor.id) return refuse('newsroomEditors.ownSecondFactor');
  const outcome = await removeSecondFactorAsSeen(context.db, editor.id, request.form['seen'] ?? '', request.now, request.editor.id);
  // The editor may have set up a new one since the page was opened.
  if ('refused' in outcome) return refuse('newsroomEditors.stateChanged');
  return { seeOther: withQuery(admin.editor(editor.id), { done: 'second-factor-removal' }) };
}
