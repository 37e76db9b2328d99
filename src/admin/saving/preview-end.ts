import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { endPreview } from '../../storage/articles/previews.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';

/** Ends a preview link. From then on its address answers 404, as after its time. */
export async function previewEnd({ db }: Context, { article, editor, form, now }: ArticleRequest): Promise<ActionResult> {
  if (!(await endPreview(db, { articleId: article.id, hash: form['link'] ?? '', editorId: editor.id }, now))) throw new RequestError(409, 'errors.previewEnded');
  return { seeOther: withQuery(admin.ofArticle(article.id, 'previews'), { done: 'preview-end' }) };
}
