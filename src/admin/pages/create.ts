import { readPageForm } from '../../content/pages/static-page.ts';
import type { Context } from '../../context.ts';
import { createPage } from '../../storage/pages/edit-static-pages.ts';
import { findPageAt } from '../../storage/pages/page-revisions.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import type { FormProblem } from '../articles/article-fields.ts';
import { pageFormView } from './page-form.ts';
import { readPage } from './read-page.ts';

/** Adds a page, which readers can see at once. */
export async function create(context: Context, request: EditorRequest): Promise<ActionResult> {
  const form = readPageForm(request.form);
  const refuse = async (problems: FormProblem[]) => ({ ...(await pageFormView(context, request, { form, page: undefined, problems })), status: 422 });
  const read = await readPage(context, request, form);
  if ('problems' in read) return refuse(read.problems);
  const { save } = read;
  const created = await createPage(context.db, save, request.editor.id, request.now);
  if (created !== 'path taken') return { seeOther: withQuery(admin.page(created.id), { done: 'creation' }) };
  // The form may have been sent twice.
  const other = await findPageAt(context.db.reader, save.path);
  if (other && other.title === save.title && other.body === save.body) return { seeOther: admin.page(other.id) };
  return refuse([{ field: 'path', problem: { key: 'problems.pathTaken' } }]);
}
