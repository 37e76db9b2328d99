import type { Context } from '../../context.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { pageFormView } from './page-form.ts';
import { requirePage } from './require-page.ts';

export async function editPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  const page = await requirePage(context, request);
  return pageFormView(context, request, { form: page, page });
}
