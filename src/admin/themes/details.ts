import { formOfTheme, parseThemeForm, readThemeForm, type ThemeDetails, type ThemeForm } from '../../content/named/theme-form.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { Message } from '../../messages/catalogue.ts';
import { saveTheme, themeVersion } from '../../storage/named/edit-themes.ts';
import { findEditedTheme } from '../../storage/named/edited-themes.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { differingValues } from '../named/differing-values.ts';
import { takenName } from '../named/taken-name.ts';
import { fieldLabels, requireTheme, showTheme } from './theme-page.ts';

/** Saves the name, the description and the picture of a theme. If somebody else has changed them since the page was opened, the form comes back with both versions. */
export async function themeDetails(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, settings, now } = request;
  const theme = await requireTheme(context, request);
  const form = readThemeForm(request.form);
  const version = request.form['version'] ?? '';
  const refuse = async (problems: { field: keyof ThemeForm; problem: Message }[]) => showTheme(context, request, theme, { status: 422, form, version, problems });
  const parsed = parseThemeForm(form);
  if ('problems' in parsed) return refuse(parsed.problems);
  const { details } = parsed;
  const result = await saveTheme(context.db, { id: theme.id, version, details, language: settings.language }, editor.id, now);
  if (result === 'gone') throw new RequestError(404, 'errors.noTheme');
  if (result === 'conflict') return showConflict(context, request, theme.id, details);
  if (result === 'no picture') return refuse([{ field: 'picture', problem: { key: 'problems.noPicture', values: { id: details.pictureId ?? 0 } } }]);
  if (result === 'undescribed picture') return refuse([{ field: 'picture', problem: { key: 'problems.noPictureAlt' } }]);
  if (typeof result === 'object') return refuse([{ field: 'name', problem: takenName(details.name, result.takenBy, (values) => ({ key: 'newsroomThemes.nameTaken', values })) }]);
  return { seeOther: withQuery(admin.theme(theme.id), { done: 'details' }) };
}

/** Sending the form again replaces the other version, which its editor has now seen. */
async function showConflict(context: Context, request: EditorRequest, id: number, details: ThemeDetails): Promise<ActionResult> {
  const saved = await findEditedTheme(context.db.reader, id, request.now);
  if (!saved) throw new RequestError(404, 'errors.noTheme');
  const form = formOfTheme(details);
  return showTheme(context, request, saved, { status: 409, form, version: themeVersion(saved), problems: [], conflict: differingValues(request, fieldLabels, form, formOfTheme(saved)) });
}
