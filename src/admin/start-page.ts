import type { Context } from '../context.ts';
import { hasAccount } from '../storage/newsroom/editors.ts';
import { admin, adminPath } from '../urls.ts';
import type { ActionResult, OpenRequest } from './action.ts';
import { dashboard } from './dashboard.ts';
import { isSecondFactorMissing, secondFactorSetUp } from './second-factor/required.ts';

/** `/admin` shows the dashboard to editors, and redirects others to the sign-in form. On a new site it explains where to find the set-up link. */
export async function startPage(context: Context, request: OpenRequest): Promise<ActionResult> {
  const { editor, messages } = request;
  if (editor && (await isSecondFactorMissing(context, { ...request, editor }))) return { seeOther: secondFactorSetUp(context, adminPath) };
  if (editor) return dashboard(context, { ...request, editor });
  if (await hasAccount(context.db.reader)) return { seeOther: admin.signIn };
  return { view: 'start-page', data: { title: messages.text('accounts.noAccount') } };
}
