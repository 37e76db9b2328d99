import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { ListedEditor } from '../../storage/newsroom/editors.ts';
import { resetPasswordAsSeen } from '../../storage/newsroom/manage-editors.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { requireEditor, showEditor } from './editor-page.ts';
import { showLink } from './link-page.ts';

/** Makes a new link for choosing a password. Removes the old password, and ends all sessions. */
export async function newLink(context: Context, request: EditorRequest): Promise<ActionResult> {
  const editor = await requireEditor(context, request);
  const { state = '' } = request.form;
  const refuse = (current: ListedEditor, key: MessageKey) => showEditor(context, request, current, { status: 409, problems: [{ field: 'link', problem: { key } }] });
  if (editor.id === request.editor.id) return refuse(editor, 'newsroomEditors.ownPassword');
  const outcome = await resetPasswordAsSeen(context.db, editor.id, state, request.now, request.editor.id);
  if (!('refused' in outcome)) return showLink(context, request, { editor, token: outcome.token, reason: state === 'invited' ? 'link' : 'reset' });
  // The editor may have chosen a password since the page was opened. It is not removed by a button that doesn't mention it.
  return refuse(await requireEditor(context, request), 'newsroomEditors.stateChanged');
}
