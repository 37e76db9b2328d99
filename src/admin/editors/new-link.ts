import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { ListedEditor } from '../../storage/newsroom/editors.ts';
import { resetPassword } from '../../storage/newsroom/manage-editors.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { requireEditor, showEditor } from './editor-page.ts';
import { showLink } from './link-page.ts';

/** Makes a new link for choosing a password. Removes the old password, and ends all sessions. */
export async function newLink(context: Context, request: EditorRequest): Promise<ActionResult> {
  const editor = await requireEditor(context, request);
  const refuse = (current: ListedEditor, field: string, key: MessageKey) => showEditor(context, request, current, { status: 409, problems: [{ field, problem: { key } }] });
  if (editor.id === request.editor.id) return refuse(editor, 'link', 'newsroomEditors.ownPassword');
  // The editor may have chosen a password since the page was opened. It is not removed by a button that doesn't mention it.
  if (request.form['state'] !== editor.state) return refuse(editor, 'link', 'newsroomEditors.stateChanged');
  const outcome = await resetPassword(context.db, editor.id, request.now, request.editor.id);
  if (!('refused' in outcome)) return showLink(context, request, { editor, token: outcome.token, reason: editor.state === 'invited' ? 'link' : 'reset' });
  if (outcome.refused !== 'disabled') throw new RequestError(404, 'errors.noEditor');
  return refuse(await requireEditor(context, request), 'link', 'newsroomEditors.stateChanged');
}
