import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { deletePage } from '../../storage/pages/edit-static-pages.ts';
import { admin, staticPagePath, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { requirePage } from './require-page.ts';

export async function deletionForm(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { id, title, path } = await requirePage(context, request);
  return {
    view: 'pages/deletion',
    data: {
      title: request.messages.text('newsroomPages.deletion'),
      section: 'pages',
      name: title,
      notice: request.messages.text('newsroomPages.deletionNotice', { address: staticPagePath(path) }),
      path: admin.ofPage(id, 'deletion'),
      back: admin.page(id),
    },
  };
}

export async function deletion(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { id } = await requirePage(context, request);
  if (!(await deletePage(context.db, id, request.editor.id, request.now))) throw new RequestError(404, 'errors.noStaticPage');
  return { seeOther: withQuery(admin.pages, { done: 'deletion' }) };
}
