import { hasAdministrator } from '../storage/editors.ts';
import { admin } from '../urls.ts';
import type { OpenAction } from './answer.ts';

/** `/admin`: on to the articles, to signing in, or, on a new site, to the set-up link. */
export const home: OpenAction = async ({ db }, { editor }) => {
  if (editor) return { seeOther: admin.articles };
  if (await hasAdministrator(db.reader)) return { seeOther: admin.signIn };
  return { view: 'home', data: { title: 'No account yet' } };
};
