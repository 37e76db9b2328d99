import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { removeSecondFactor } from '../../storage/newsroom/manage-editors.ts';
import { findSecondFactor } from '../../storage/second-factor/second-factor.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { requireEditor, showEditor } from './editor-page.ts';
import { versionOf } from './shown-second-factor.ts';

/** Removes a second factor that an editor has lost. */
export async function secondFactorRemoval(context: Context, request: EditorRequest): Promise<ActionResult> {
  const editor = await requireEditor(context, request);
  const refuse = async (key: MessageKey) => showEditor(context, request, editor, { status: 409, problems: [{ field: 'second_factor', problem: { key } }] });
  // Only the account page asks for the password first.
  if (editor.id === request.editor.id) return refuse('newsroomEditors.ownSecondFactor');
  // The editor may have set up a new one since the page was opened.
  if (request.form['seen'] !== versionOf(await findSecondFactor(context.db.reader, editor.id))) return refuse('newsroomEditors.stateChanged');
  await removeSecondFactor(context.db, editor.id, request.now, request.editor.id);
  return { seeOther: withQuery(admin.editor(editor.id), { done: 'second-factor-removal' }) };
}
