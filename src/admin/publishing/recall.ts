import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { recallArticle } from '../../storage/articles/article-states.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';

/** Turns a submitted or scheduled article back into a draft. */
export async function recall({ db }: Context, { article, editor, now }: ArticleRequest): Promise<ActionResult> {
  if (!(await recallArticle(db, article.id, now, editor))) throw new RequestError(409, 'errors.cannotRecall');
  return { seeOther: withQuery(admin.article(article.id), { done: 'recall' }) };
}
