import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { reinstateArticle } from '../../storage/articles/article-states.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';

/** Publishes a withdrawn article again. */
export async function reinstatement({ db }: Context, { article, editor, now }: ArticleRequest): Promise<ActionResult> {
  if (!(await reinstateArticle(db, article.id, now, editor))) throw new RequestError(409, 'errors.cannotReinstate');
  return { seeOther: withQuery(admin.article(article.id), { done: 'reinstatement' }) };
}
