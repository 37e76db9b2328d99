import { setTimeout as delay } from 'node:timers/promises';
import { isSameForm, readArticleForm } from '../../content/articles/article-form.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { recordPresence } from '../../storage/articles/presence.ts';
import { findUnsaved, isRecentRevision } from '../../storage/revisions/revisions.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, TextRequest } from '../action.ts';
import { listBodyPictures } from '../articles/body-pictures.ts';
import { noteProblems, storeNote } from './store-note.ts';
import { readWindow, storeText } from './store-text.ts';

const maxListingMs = 1000;

export async function autosave(context: Context, request: TextRequest): Promise<ActionResult> {
  const { article, editor, form, isFromScript, settings, times, now } = request;
  // Another editor has signed in to this browser since the form was opened. The browser stores the text until its author signs in.
  if (form['editor'] !== undefined && form['editor'] !== String(editor.id)) throw new RequestError(409, 'errors.otherEditor');
  if (form['recovered'] !== undefined && article) {
    // After a crash, the browser sends its local copy without knowing whether the server has already received it.
    const typed = readArticleForm(form);
    const unsaved = await findUnsaved(context.db.reader, article.id, editor.id, settings.zone);
    const isUnsaved = unsaved !== undefined && isSameForm(unsaved.form, typed);
    if (isUnsaved || (await isRecentRevision(context.db, article.id, editor.id, typed, settings.zone))) {
      await storeNote(context, request, { articleId: article.id, windowId: readWindow(form) });
      return { json: { path: admin.article(article.id), isKnown: true, isUnsaved } };
    }
  }

  const { articleId, revisionId, deletedId, form: text } = await storeText(context, request, 'autosave');
  // The browser then says that the note is not stored, and keeps it.
  const [problem] = noteProblems(form);
  if (problem) throw new RequestError(422, 'errors.noteTooLong', problem.problem.values);
  await recordPresence(context.db, { articleId, editorId: editor.id, windowId: '' }, { isHidden: false }, now);
  const isRecreated = deletedId !== undefined;
  if (!isFromScript) return { seeOther: withQuery(admin.article(articleId), { done: isRecreated ? 'recreation' : undefined }) };
  // A text that takes long to render must not delay the answer, so the form then keeps its list.
  const bodyPictures = await Promise.race([listBodyPictures(context, request, text.body), delay(maxListingMs, undefined, { ref: false })]);
  return { json: { article: articleId, path: admin.article(articleId), revision: revisionId, at: times.moment(now, now), isRecreated, bodyPictures } };
}
