import { readName } from '../../content/named/name.ts';
import type { Context } from '../../context.ts';
import { addTheme } from '../../storage/themes/edit-themes.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { takenName } from '../named/taken-name.ts';
import { showThemes } from './theme-list.ts';

/** Adds a theme. Readers see it once it has a published article. */
export async function addition(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, form, settings, now } = request;
  const { name, problem } = readName(form['name']);
  if (problem) return showThemes(context, request, { status: 422, field: 'new_theme', problem, name });
  const result = await addTheme(context.db, { name, language: settings.language }, editor.id, now);
  if ('takenBy' in result) return showThemes(context, request, { status: 422, field: 'new_theme', problem: takenName(name, result.takenBy, (values) => ({ key: 'newsroomThemes.nameTaken', values })), name });
  return { seeOther: withQuery(admin.theme(result.added), { done: 'addition' }) };
}
