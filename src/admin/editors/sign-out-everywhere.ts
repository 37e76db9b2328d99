import type { Context } from '../../context.ts';
import { signOutEditor } from '../../storage/newsroom/manage-editors.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { requireEditor } from './editor-page.ts';

export async function signOutEverywhere(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { id } = await requireEditor(context, request);
  await signOutEditor(context.db, id, request.now, request.editor.id);
  return { seeOther: withQuery(admin.editor(id), { done: 'sign-out' }) };
}
