import { cleanLine, isBlank } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { findByName } from '../../storage/named/named.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { themeField } from '../articles/theme-field.ts';
import { bulkForm } from './bulk-form.ts';
import { changeTheme, whyThemeStays } from './change-theme.ts';
import { outcome, type LeftOut } from './outcome.ts';
import { readSelection, refuseSelection } from './selection.ts';

/** Lists the selected articles and asks for their new theme. */
export async function bulkThemeForm(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { query } = request;
  return readSelection(query).length === 0 ? refuseSelection(context, request, query) : showForm(context, request, query);
}

/** Changes the theme of the selected articles. */
export async function bulkTheme(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { form } = request;
  const { reader } = context.db;
  const ids = readSelection(form);
  const name = cleanLine(form['theme'] ?? '');
  if (ids.length === 0) return refuseSelection(context, request, form);
  if (isBlank(name)) return showForm(context, request, form, { key: 'newsroomBulk.chooseTheme' });
  const theme = await findByName(reader, 'theme', name);
  if (!theme) return showForm(context, request, form, { key: 'newsroomBulk.noTheme', values: { name } });

  const leftOut: LeftOut[] = [];
  for (const id of ids) {
    const reason = await changeTheme(context, request, id, theme.name);
    if (reason) leftOut.push({ id, reason });
  }
  return outcome(reader, request, 'bulk-theme', ids.length - leftOut.length, leftOut);
}

async function showForm(context: Context, request: EditorRequest, fields: Record<string, string | undefined>, problem?: Message): Promise<ActionResult> {
  const typed = fields['theme'] ?? '';
  return bulkForm(context.db.reader, request, fields, {
    view: 'bulk/theme',
    title: 'newsroomBulk.themeChange',
    path: admin.bulkTheme,
    whyNot: whyThemeStays,
    problem,
    data: { typed, theme: await themeField(context, request, typed, { offersNew: false }) },
  });
}
