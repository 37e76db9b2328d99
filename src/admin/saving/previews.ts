import { parseArticleForm } from '../../content/articles/article-form.ts';
import type { Context } from '../../context.ts';
import { markdownOptions } from '../../rendering/markdown-options.ts';
import { addPreview } from '../../storage/articles/previews.ts';
import { absolute, previewPath } from '../../urls.ts';
import type { Answer, TextRequest } from '../answer.ts';
import { keepText } from './keep-text.ts';

const minute = 60_000;
/** Of previews to send to somebody, and of those in the preview pane. */
const lifetimes = { shared: 7 * 24 * 60 * minute, beside: 60 * minute };

/** `POST /admin/articles/ID/previews`: stores the text and creates a link to a preview of its page. */
export async function previews(context: Context, request: TextRequest): Promise<Answer> {
  const { editor, now, isScripted, settings } = request;
  const { articleId, revisionId, form } = await keepText(context, request, 'autosave');
  const { article } = parseArticleForm(form, settings.zone);
  const body = await context.renderer.render(article.body, markdownOptions(context, settings), `preview:${editor.id}`);
  const isShared = request.form['beside'] === undefined;
  const token = await addPreview(context.db, { articleId, revisionId, body, editorId: editor.id, expiresAt: now + (isShared ? lifetimes.shared : lifetimes.beside), isShared }, now);
  const path = previewPath(token);
  return isScripted ? { json: { path, url: absolute(context.config.siteUrl, path) } } : { seeOther: path };
}
