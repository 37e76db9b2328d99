import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { discardUnsaved } from '../../storage/revisions/revisions.ts';
import { admin, withQuery } from '../../urls.ts';
import type { Answer, ArticleRequest } from '../answer.ts';

/** `POST /admin/articles/ID/discard`: discards the editor's unsaved text, which stays in the revisions. */
export async function discard({ db }: Context, { article, editor, form, now }: ArticleRequest): Promise<Answer> {
  await discardUnsaved(db, article.id, editor.id, readId(form['revision']) ?? 0, now);
  return { seeOther: withQuery(admin.article(article.id), { done: 'discard' }) };
}
