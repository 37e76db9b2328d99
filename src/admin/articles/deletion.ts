import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { deleteDraft } from '../../storage/articles/article-states.ts';
import { findEdited } from '../../storage/articles/edited-article.ts';
import { admin, withQuery } from '../../urls.ts';
import type { Answer, ArticleRequest } from '../answer.ts';

/** `GET /admin/articles/ID/deletion`: asks for confirmation. */
export async function deletionForm(_context: Context, { article, messages: { text } }: ArticleRequest): Promise<Answer> {
  return {
    view: 'articles/deletion',
    data: { title: text('articleForm.deletion'), place: 'articles', name: article.title || text('articleForm.untitled'), path: admin.ofArticle(article.id, 'deletion'), back: admin.article(article.id) },
  };
}

/** `POST /admin/articles/ID/deletion`: deletes a draft that was never published. */
export async function deletion({ db }: Context, { article, editor, now }: ArticleRequest): Promise<Answer> {
  if (!(await deleteDraft(db, article.id, now, editor))) {
    if (!(await findEdited(db.reader, article.id))) throw new RequestError(404, 'errors.noArticle');
    throw new RequestError(409, 'errors.cannotDelete');
  }
  return { seeOther: withQuery(admin.articles, { done: 'deletion' }) };
}
