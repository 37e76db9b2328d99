import { parseArticleForm } from '../../content/articles/article-form.ts';
import type { Context } from '../../context.ts';
import { markdownOptions } from '../../rendering/markdown-options.ts';
import { addPreview } from '../../storage/articles/previews.ts';
import { absolute, previewPath } from '../../urls.ts';
import type { ActionResult, TextRequest } from '../action.ts';
import { storeText } from './store-text.ts';

const minute = 60_000;
const lifetimes = { shared: 7 * 24 * 60 * minute, inPane: 60 * minute };

/** Stores the text and creates a link to a preview of its page. */
export async function previews(context: Context, request: TextRequest): Promise<ActionResult> {
  const { editor, now, isFromScript, settings } = request;
  const { articleId, revisionId, form } = await storeText(context, request, 'autosave');
  const { article } = parseArticleForm(form, settings.zone);
  const body = await context.renderer.render(article.body, markdownOptions(context, settings), `preview:${editor.id}`);
  const isShared = request.form['beside'] === undefined;
  const token = await addPreview(context.db, { articleId, revisionId, body, editorId: editor.id, expiresAt: now + (isShared ? lifetimes.shared : lifetimes.inPane), isShared }, now);
  const path = previewPath(token);
  return isFromScript ? { json: { path, url: absolute(context.config.siteUrl, path) } } : { seeOther: path };
}
