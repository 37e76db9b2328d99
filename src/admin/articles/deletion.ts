import { isDeletable } from '../../content/articles/publication.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { deleteDraft } from '../../storage/articles/article-states.ts';
import { findEdited } from '../../storage/articles/edited-article.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { shownTitle } from './shown-title.ts';

export async function deletionForm(_context: Context, { article, messages }: ArticleRequest): Promise<ActionResult> {
  if (!isDeletable(article)) throw new RequestError(409, 'errors.cannotDelete');
  return {
    view: 'articles/deletion',
    data: { title: messages.text('articleForm.deletion'), section: 'articles', name: shownTitle(article.title, messages), path: admin.ofArticle(article.id, 'deletion'), back: admin.article(article.id) },
  };
}

export async function deletion({ db }: Context, { article, editor, now }: ArticleRequest): Promise<ActionResult> {
  if (!(await deleteDraft(db, article.id, now, editor))) {
    if (!(await findEdited(db.reader, article.id))) throw new RequestError(404, 'errors.noArticle');
    throw new RequestError(409, 'errors.cannotDelete');
  }
  return { seeOther: withQuery(admin.articles, { done: 'deletion' }) };
}
