import { readRowId } from '../../content/articles/id.ts';
import { readPageForm } from '../../content/pages/static-page.ts';
import type { Context } from '../../context.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { pageFormView } from './page-form.ts';
import { findRequestedPage } from './require-page.ts';

/** The form with a text that was sent without a session. */
export async function pendingPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { form, messages } = request;
  const page = await findRequestedPage(context, request);
  const meanwhile = { title: messages.text('newsroomPages.pendingTitle'), text: messages.text('newsroomPages.pending'), differences: [] };
  return pageFormView(context, request, { form: readPageForm(form), page, baseId: page && readRowId(form['base']), meanwhile });
}
