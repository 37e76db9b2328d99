import type { Context } from '../../context.ts';
import { endPreview } from '../../storage/articles/previews.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';

/** Ends a preview link. From then on its address answers 404, as after seven days. The link may have ended since the list was shown. */
export async function previewEnd({ db }: Context, { article, editor, form, now }: ArticleRequest): Promise<ActionResult> {
  const isEnded = await endPreview(db, { articleId: article.id, hash: form['link'] ?? '', editorId: editor.id }, now);
  return { seeOther: withQuery(admin.ofArticle(article.id, 'previews'), { done: isEnded ? 'preview-end' : 'preview-gone' }) };
}
