import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { deleteTheme } from '../../storage/themes/edit-themes.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { isDeletable, requireTheme } from './theme-page.ts';

/** Asks for confirmation, if the theme has no articles and no other theme was merged into it. */
export async function deletionForm(context: Context, request: EditorRequest): Promise<ActionResult> {
  const theme = await requireTheme(context, request);
  if (!isDeletable(theme)) throw new RequestError(409, 'newsroomThemes.used');
  return {
    view: 'themes/deletion',
    data: { title: request.messages.text('newsroomThemes.deletionTitle', { name: theme.name }), section: 'themes', path: admin.ofTheme(theme.id, 'deletion'), back: admin.theme(theme.id) },
  };
}

export async function deletion(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { id } = await requireTheme(context, request);
  if ((await deleteTheme(context.db, id, request.editor.id, request.now)) === 'used') throw new RequestError(409, 'newsroomThemes.used');
  return { seeOther: withQuery(admin.themes, { done: 'deletion' }) };
}
