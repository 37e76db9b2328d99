import type { Context } from '../context.ts';
import { hasAccount } from '../storage/newsroom/editors.ts';
import { admin } from '../urls.ts';
import type { Answer, OpenRequest } from './answer.ts';

/** `/admin`: redirects to the articles or to the sign-in form; on a new site it explains where to find the set-up link. */
export async function home({ db }: Context, { editor, messages }: OpenRequest): Promise<Answer> {
  if (editor) return { seeOther: admin.articles };
  if (await hasAccount(db.reader)) return { seeOther: admin.signIn };
  return { view: 'home', data: { title: messages.text('accounts.noAccount') } };
}
