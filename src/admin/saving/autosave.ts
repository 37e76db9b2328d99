import { isSameForm, readArticleForm } from '../../content/articles/article-form.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { recordPresence } from '../../storage/articles/presence.ts';
import { findUnsaved, isRecentRevision } from '../../storage/revisions/revisions.ts';
import { admin } from '../../urls.ts';
import type { Answer, TextRequest } from '../answer.ts';
import { keepText } from './keep-text.ts';

/** `POST /admin/articles/ID/autosave`: stores the text that an editor is typing, for the script autosave.js. */
export async function autosave(context: Context, request: TextRequest): Promise<Answer> {
  const { article, editor, form, isScripted, settings, times, now } = request;
  // Another editor has signed in to this browser since the form was opened. The browser keeps the text for its author.
  if (form['editor'] !== undefined && form['editor'] !== String(editor.id)) throw new RequestError(409, 'errors.otherEditor');
  if (form['recovered'] !== undefined && article) {
    // After a crash the browser sends its local copy, without knowing whether it had already arrived.
    const typed = readArticleForm(form);
    const unsaved = await findUnsaved(context.db.reader, article.id, editor.id, settings.zone);
    const isUnsaved = unsaved !== undefined && isSameForm(unsaved.form, typed);
    if (isUnsaved || (await isRecentRevision(context.db, article.id, editor.id, typed, settings.zone))) return { json: { path: admin.article(article.id), isKnown: true, isUnsaved } };
  }

  const { articleId, revisionId } = await keepText(context, request, 'autosave');
  await recordPresence(context.db, articleId, editor.id, now);
  if (!isScripted) return { seeOther: admin.article(articleId) };
  return { json: { article: articleId, path: admin.article(articleId), revision: revisionId, at: times.moment(now, now) } };
}
