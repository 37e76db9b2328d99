import type { Context } from '../../context.ts';
import { enableEditor } from '../../storage/newsroom/manage-editors.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { requireEditor } from './editor-page.ts';

export async function enable(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { id } = await requireEditor(context, request);
  await enableEditor(context.db, id, request.now, request.editor.id);
  return { seeOther: withQuery(admin.editor(id), { done: 'enable' }) };
}
