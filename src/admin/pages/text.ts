import { readRowId } from '../../content/articles/id.ts';
import { mergePages } from '../../content/pages/merge-pages.ts';
import { isSamePage, readPageForm, type PageText } from '../../content/pages/static-page.ts';
import type { Context } from '../../context.ts';
import { changePage } from '../../storage/pages/edit-static-pages.ts';
import { findPageRevision, type EditedPage } from '../../storage/pages/page-revisions.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import type { FormProblem } from '../articles/article-fields.ts';
import { pageDifferences } from './page-differences.ts';
import { pageFormView } from './page-form.ts';
import { readPage } from './read-page.ts';
import { findRequestedPage } from './require-page.ts';

/** Saves the text of a page, which readers see at once. If somebody else has saved it since the form was opened, the form comes back with both texts merged. */
export async function text(context: Context, request: EditorRequest): Promise<ActionResult> {
  const form = readPageForm(request.form);
  const baseId = readRowId(request.form['base']);
  const page = await findRequestedPage(context, request);
  if (!page || !(await isSamePageAsOpened(context, page, baseId, request.form['since'] ?? ''))) return showDeleted(context, request, form);
  if (page.revision.id !== baseId) return showMerged(context, request, { page, form, baseId });
  const refuse = async (problems: FormProblem[]) => ({ ...(await pageFormView(context, request, { form, page, baseId, problems })), status: 422 });
  const read = await readPage(context, request, form);
  if ('problems' in read) return refuse(read.problems);
  const result = await changePage(context.db, { id: page.id, save: read.save, baseId, kind: 'saved' }, request.editor.id, request.now);
  if (result === 'path taken') return refuse([{ field: 'path', problem: { key: 'problems.pathTaken' } }]);
  // Somebody else saved the page a moment earlier.
  if (result !== 'saved') return text(context, request);
  return { seeOther: withQuery(admin.page(page.id), { done: 'text' }) };
}

/** SQLite may give the id of a deleted page to a later one, so the form also has the time of the revision on which it is based. */
async function isSamePageAsOpened({ db }: Context, page: EditedPage, baseId: number, since: string): Promise<boolean> {
  if (since === '') return true;
  const base = page.revision.id === baseId ? page.revision : await findPageRevision(db.reader, page.id, baseId);
  return base !== undefined && String(base.at) === since;
}

async function showDeleted(context: Context, request: EditorRequest, form: PageText): Promise<ActionResult> {
  const { messages } = request;
  const meanwhile = { title: messages.text('newsroomPages.deletedTitle'), text: messages.text('newsroomPages.deletedMeanwhile'), differences: [] };
  return { ...(await pageFormView(context, request, { form, page: undefined, meanwhile })), status: 409 };
}

/** Nothing is saved, because readers would at once see a merged text that nobody has checked. */
async function showMerged(context: Context, request: EditorRequest, { page, form, baseId }: { page: EditedPage; form: PageText; baseId: number }): Promise<ActionResult> {
  const { messages, times, now } = request;
  const base = await findPageRevision(context.db.reader, page.id, baseId);
  const merge = mergePages(base ?? { path: page.path, title: '', body: '' }, form, page);
  // The form may have been sent twice.
  if (isSamePage(merge.page, page)) return { seeOther: withQuery(admin.page(page.id), { done: 'text' }) };
  const values = { name: page.revision.editor ?? messages.text('newsroomPages.commandLine'), time: times.moment(page.revision.at, now) };
  const meanwhile = {
    title: messages.text('newsroomPages.conflict'),
    text: messages.text(merge.hasConflict ? 'newsroomPages.conflicting' : 'newsroomPages.merged', values),
    differences: pageDifferences(messages, page, merge.page),
  };
  return { ...(await pageFormView(context, request, { form: merge.page, page, meanwhile })), status: 409 };
}
