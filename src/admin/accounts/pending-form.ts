import { isAllowed } from '../../content/accounts/permissions.ts';
import type { Context } from '../../context.ts';
import { admin, pageOfText } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { pendingPage } from '../pages/pending-page.ts';
import { pendingSettings } from '../settings/pending-settings.ts';
import { pageOf } from './next-path.ts';

/** Whether what is posted to a path without a session comes back after signing in. */
export function comesBack(path: string): boolean {
  return hasForm(path) || resent.some((pattern) => pattern.test(path));
}

function hasForm(path: string): boolean {
  return path === admin.pages || path === admin.settings || pageOfText(path) !== undefined;
}

const id = '[^/]+';
/** Other forms in which people type. */
const resent = [
  admin.ofArticle(id, 'corrections'), admin.ofPicture(id, 'details'), admin.ofStoryline(id, 'name'), admin.themes, admin.ofTheme(id, 'details'), admin.ofTopic(id, 'name'), admin.ofAuthor(id, 'details'), admin.editors, admin.ofEditor(id, 'details'),
].map((path) => new RegExp(`^${path}$`));

/** Shows the form again, or asks whether to send it, now that its editor has signed in. Nothing is saved until it is sent again. Undefined for other forms. */
export async function showPendingForm(context: Context, request: EditorRequest, path: string): Promise<ActionResult | undefined> {
  if (!comesBack(path)) return undefined;
  if (!hasForm(path)) return showUnsent(request, path);
  const isOfSettings = path === admin.settings;
  if (!isAllowed(request.editor, isOfSettings ? 'administer' : 'publish')) return { seeOther: pageOf(path) };
  return isOfSettings ? pendingSettings(context, request) : pendingPage(context, { ...request, params: { page: pageOfText(path) ?? '' } });
}

function showUnsent({ form, messages }: EditorRequest, path: string): ActionResult {
  const pendingFields = Object.entries(form).map(([name, value]) => ({ name, value }));
  return { view: 'accounts/unsent', data: { title: messages.text('accounts.unsentTitle'), action: path, pendingFields, back: pageOf(path) } };
}
