import type { Context } from '../../context.ts';
import { inviteEditor } from '../../storage/newsroom/manage-editors.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { parseEditorForm, readEditorForm } from './editor-form.ts';
import { showEditors } from './editors-page.ts';
import { showLink } from './link-page.ts';

/** Adds an account without a password, and shows the link with which the editor chooses one. */
export async function invite(context: Context, request: EditorRequest): Promise<ActionResult> {
  const parsed = parseEditorForm(readEditorForm(request.form));
  if ('problems' in parsed) return showEditors(context, request, parsed.problems);
  const { details } = parsed;
  const outcome = await inviteEditor(context.db, details, request.now, request.editor.id);
  if ('refused' in outcome) return showEditors(context, request, [{ field: 'email', problem: { key: 'accounts.emailInUse' } }]);
  return showLink(context, request, { editor: { ...details, id: outcome.id }, token: outcome.token, reason: 'invitation' });
}
