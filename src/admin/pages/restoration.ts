import { readRowId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { changePage } from '../../storage/pages/edit-static-pages.ts';
import { findPageRevision } from '../../storage/pages/page-revisions.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { pageFormView } from './page-form.ts';
import { readPage } from './read-page.ts';
import { requirePage } from './require-page.ts';

/** Saves the title and the body of an old revision again. The page keeps its address. */
export async function restoration(context: Context, request: EditorRequest): Promise<ActionResult> {
  const page = await requirePage(context, request);
  const revision = await findPageRevision(context.db.reader, page.id, readRowId(request.form['revision']));
  if (!revision) throw new RequestError(404, 'errors.noRevision');
  const form = { path: page.path, title: revision.title, body: revision.body };
  const read = await readPage(context, request, form);
  // A picture of the revision may have been deleted.
  if ('problems' in read) return { ...(await pageFormView(context, request, { form, page, problems: read.problems })), status: 422 };
  const result = await changePage(context.db, { id: page.id, save: read.save, baseId: page.revision.id, kind: 'restored' }, request.editor.id, request.now);
  if (result !== 'saved') throw new RequestError(409, 'errors.pageSavedMeanwhile');
  return { seeOther: withQuery(admin.page(page.id), { done: 'restoration' }) };
}
