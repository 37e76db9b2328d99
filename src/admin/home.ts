import type { Context } from '../context.ts';
import { hasAccount } from '../storage/newsroom/editors.ts';
import { admin } from '../urls.ts';
import type { Answer, OpenRequest } from './answer.ts';

/** `/admin`: on to the articles, to signing in, or, on a new site, to the set-up link. */
export async function home({ db }: Context, { editor }: OpenRequest): Promise<Answer> {
  if (editor) return { seeOther: admin.articles };
  if (await hasAccount(db.reader)) return { seeOther: admin.signIn };
  return { view: 'home', data: { title: 'No account yet' } };
}
