import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { recallArticle } from '../storage/article-states.ts';
import { admin, withQuery } from '../urls.ts';
import type { Answer, EditorRequest } from './answer.ts';

/** `POST /admin/articles/ID/recall`: takes back what was handed in or scheduled. */
export async function recall({ db }: Context, { article, editor, now }: EditorRequest): Promise<Answer> {
  if (!article) throw new RequestError(404, 'There is no such article.');
  if (!(await recallArticle(db, article.id, now, editor.id))) throw new RequestError(409, ' a draft again:It is out already, or a draft as it is.');
  return { seeOther: withQuery(admin.article(article.id), { done: 'recall' }) };
}
