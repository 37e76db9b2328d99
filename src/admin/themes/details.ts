import { readSeenDetails } from '../../content/merge-details.ts';
import { formOfTheme, parseThemeForm, readThemeForm, type ThemeForm } from '../../content/named/theme-form.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { saveTheme, type ThemeConflict } from '../../storage/themes/edit-themes.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { gone } from '../named/gone.ts';
import { shownValues } from '../named/shown-values.ts';
import { takenName } from '../named/taken-name.ts';
import { fieldLabels, findTheme, showTheme, themeFormFields } from './theme-page.ts';

/** Saves what has changed in the form of a theme. If somebody else has changed the same differently, the form comes back with both versions. */
export async function themeDetails(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, settings, now } = request;
  const form = readThemeForm(request.form);
  const goneTheme = () => gone(request, 'theme', shownValues(request, fieldLabels, form, themeFormFields.filter((field) => form[field] !== '')));
  const theme = await findTheme(context, request);
  if (!theme) return goneTheme();
  const seen = request.form['seen'] ?? '';
  const refuse = async (problems: { field: keyof ThemeForm; problem: Message }[]) => showTheme(context, request, theme, { status: 422, form, seen, problems });
  const parsed = parseThemeForm(form);
  if ('problems' in parsed) return refuse(parsed.problems);
  const { details } = parsed;
  const result = await saveTheme(context.db, { id: theme.id, seen: readSeenDetails(seen), details, language: settings.language }, editor.id, now);
  if (result === 'gone') return goneTheme();
  if (result === 'no picture') return refuse([{ field: 'picture', problem: { key: 'problems.noPicture', values: { id: details.pictureId ?? 0 } } }]);
  if (result === 'undescribed picture') return refuse([{ field: 'picture', problem: { key: 'problems.noPictureAlt' } }]);
  if (typeof result === 'string') return { seeOther: withQuery(admin.theme(theme.id), { done: 'details' }) };
  if ('conflicts' in result) return showConflict(context, request, result);
  return refuse([{ field: 'name', problem: takenName(details.name, result.takenBy, (values) => ({ key: 'newsroomThemes.nameTaken', values })) }]);
}

/** Sending the form again replaces the other version, which its editor has now seen. */
async function showConflict(context: Context, request: EditorRequest, { conflicts, merged, saved }: ThemeConflict): Promise<ActionResult> {
  const fields = conflicts.map((field) => (field === 'pictureId' ? 'picture' : field));
  return showTheme(context, request, saved, { status: 409, form: formOfTheme(merged), problems: [], conflict: shownValues(request, fieldLabels, formOfTheme(saved), fields) });
}
