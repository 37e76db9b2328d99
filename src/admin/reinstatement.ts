import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { reinstateArticle } from '../storage/article-states.ts';
import { admin, withQuery } from '../urls.ts';
import type { Answer, EditorRequest } from './answer.ts';

/** `POST /admin/articles/ID/reinstatement`: puts a withdrawn article back where it was. */
export async function reinstatement({ db }: Context, { article, editor, now }: EditorRequest): Promise<Answer> {
  if (!article) throw new RequestError(404, 'There is no such article.');
  if (!(await reinstateArticle(db, article.id, now, editor.id))) throw new RequestError(409, 'It is not withdrawn.');
  return { seeOther: withQuery(admin.article(article.id), { done: 'reinstatement' }) };
}
