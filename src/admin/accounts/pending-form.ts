import { isAllowed } from '../../content/accounts/permissions.ts';
import type { Context } from '../../context.ts';
import { admin, pageOfText } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { pendingPage } from '../pages/pending-page.ts';
import { pendingSettings } from '../settings/pending-settings.ts';
import { pageOf } from './next-path.ts';

/** Whether a form that is posted to a path without a session comes back, filled in, after signing in. */
export function comesBack(path: string): boolean {
  return path === admin.pages || path === admin.settings || pageOfText(path) !== undefined;
}

/** Shows the form again, now that its editor has signed in. Nothing is saved until it is sent again. Undefined for other forms. */
export async function showPendingForm(context: Context, request: EditorRequest, path: string): Promise<ActionResult | undefined> {
  if (!comesBack(path)) return undefined;
  const isOfSettings = path === admin.settings;
  if (!isAllowed(request.editor, isOfSettings ? 'administer' : 'publish')) return { seeOther: pageOf(path) };
  return isOfSettings ? pendingSettings(context, request) : pendingPage(context, { ...request, params: { page: pageOfText(path) ?? '' } });
}
