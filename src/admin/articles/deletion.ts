import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { deleteDraft } from '../../storage/articles/article-states.ts';
import { findEdited } from '../../storage/articles/edited-article.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';

export async function deletionForm(_context: Context, { article, messages: { text } }: ArticleRequest): Promise<ActionResult> {
  return {
    view: 'articles/deletion',
    data: { title: text('articleForm.deletion'), section: 'articles', name: article.title || text('articleForm.untitled'), path: admin.ofArticle(article.id, 'deletion'), back: admin.article(article.id) },
  };
}

export async function deletion({ db }: Context, { article, editor, now }: ArticleRequest): Promise<ActionResult> {
  if (!(await deleteDraft(db, article.id, now, editor))) {
    if (!(await findEdited(db.reader, article.id))) throw new RequestError(404, 'errors.noArticle');
    throw new RequestError(409, 'errors.cannotDelete');
  }
  return { seeOther: withQuery(admin.articles, { done: 'deletion' }) };
}
