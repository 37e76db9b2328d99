import type { Context } from '../context.ts';
import { hasAccount } from '../storage/newsroom/editors.ts';
import { admin } from '../urls.ts';
import type { ActionResult, OpenRequest } from './action.ts';

/** `/admin` redirects to the articles or to the sign-in form. On a new site it explains where to find the set-up link. */
export async function startPage({ db }: Context, { editor, messages }: OpenRequest): Promise<ActionResult> {
  if (editor) return { seeOther: admin.articles };
  if (await hasAccount(db.reader)) return { seeOther: admin.signIn };
  return { view: 'start-page', data: { title: messages.text('accounts.noAccount') } };
}
