import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { placeTheme, type ThemePlace } from '../../storage/themes/place-theme.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { showThemes } from './theme-list.ts';
import { requireTheme } from './theme-page.ts';

/** Gives a theme a place in the navigation, or hides it there. */
export async function place(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, form, now } = request;
  const { id } = await requireTheme(context, request);
  const chosen = readPlace(form['place']);
  if (!chosen) return showThemes(context, request, { status: 422, field: 'navigation', problem: { key: 'newsroomThemes.choosePlace' } });
  const result = await placeTheme(context.db, { id, place: chosen, order: form['order'] ?? '' }, editor.id, now);
  if (result === 'gone') throw new RequestError(404, 'errors.noTheme');
  if (result === 'conflict') return showThemes(context, request, { status: 409, field: 'navigation', problem: { key: 'newsroomThemes.orderChanged' } });
  // The Tab key continues at the theme.
  return { seeOther: `${withQuery(admin.themes, { done: 'place' })}#theme_${id}` };
}

function readPlace(typed = ''): ThemePlace | undefined {
  return typed === 'automatic' || typed === 'hidden' ? typed : readId(typed) || undefined;
}
