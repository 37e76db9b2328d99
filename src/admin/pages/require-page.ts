import { readRowId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findEditedPage, type EditedPage } from '../../storage/pages/page-revisions.ts';
import type { EditorRequest } from '../action.ts';

export async function findRequestedPage({ db }: Context, { params }: EditorRequest): Promise<EditedPage | undefined> {
  return findEditedPage(db.reader, readRowId(params['page']));
}

/** @throws RequestError (404) if there is no such page */
export async function requirePage(context: Context, request: EditorRequest): Promise<EditedPage> {
  const page = await findRequestedPage(context, request);
  if (!page) throw new RequestError(404, 'errors.noStaticPage');
  return page;
}
