import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { movePage } from '../../storage/pages/edit-static-pages.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { requirePage } from './require-page.ts';

/** Moves a page one place up or down in the footer. */
export async function order(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, form, now } = request;
  const page = await requirePage(context, request);
  const direction = form['direction'] === 'up' ? 'up' : 'down';
  if (!(await movePage(context.db, page.id, direction, editor.id, now))) throw new RequestError(404, 'errors.noStaticPage');
  return { seeOther: withQuery(admin.pages, { done: 'order' }) };
}
