import type { Context } from '../../context.ts';
import { readPageForm } from '../../content/pages/static-page.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { pageFormView } from './page-form.ts';

export async function newPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  return pageFormView(context, request, { form: readPageForm({}), page: undefined });
}
