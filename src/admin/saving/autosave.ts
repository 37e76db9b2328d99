import { isSameForm, readArticleForm } from '../../content/articles/article-form.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { recordPresence } from '../../storage/articles/presence.ts';
import { findUnsaved, isRecentRevision } from '../../storage/revisions/revisions.ts';
import { admin } from '../../urls.ts';
import type { Answer, TextRequest } from '../answer.ts';
import { keepText } from './keep-text.ts';

/** `POST /admin/articles/ID/autosave`: keeps what is being typed. A script sends it, and is told that it is safe. */
export async function autosave(context: Context, request: TextRequest): Promise<Answer> {
  const { article, editor, form, isScripted, settings, times, now } = request;
  // The form is of somebody whose place another has taken in this browser, which keeps the text for them.
  if (form['editor'] !== undefined && form['editor'] !== String(editor.id)) throw new RequestError(409, 'errors.otherEditor');
  if (form['recovered'] !== undefined && article) {
    // After a crash a browser sends what it kept, and cannot know what had arrived.
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
