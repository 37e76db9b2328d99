import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { discardUnsaved } from '../../storage/revisions/revisions.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';

/** The discarded text stays in the revisions. */
export async function discard({ db }: Context, { article, editor, form, now }: ArticleRequest): Promise<ActionResult> {
  await discardUnsaved(db, article.id, editor.id, readId(form['revision']) ?? 0, now);
  return { seeOther: withQuery(admin.article(article.id), { done: 'discard' }) };
}
