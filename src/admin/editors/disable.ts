import type { Context } from '../../context.ts';
import { disableEditor } from '../../storage/newsroom/manage-editors.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { requireEditor, showEditor } from './editor-page.ts';

export async function disable(context: Context, request: EditorRequest): Promise<ActionResult> {
  const editor = await requireEditor(context, request);
  const outcome = await disableEditor(context.db, editor.id, request.now, request.editor.id);
  if ('refused' in outcome) return showEditor(context, request, editor, { status: 409, problems: [{ field: 'disable', problem: { key: 'newsroomEditors.lastAdministrator' } }] });
  return { seeOther: withQuery(admin.editor(editor.id), { done: 'disable' }) };
}
