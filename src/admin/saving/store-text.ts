import { canStoreText } from '../../content/accounts/permissions.ts';
import { articleFields, readArticleForm, type ArticleForm, type RevisionKind } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import { isUid } from '../../content/articles/uid.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findEdited } from '../../storage/articles/edited-article.ts';
import { storeRevision } from '../../storage/revisions/store-revision.ts';
import { admin, articleOfResource, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest, TextRequest } from '../action.ts';
import { fieldLabels } from '../articles/field-texts.ts';
import { storeNote } from './store-note.ts';

export interface StoredText {
  articleId: number;
  revisionId: number;
  /** The revision on which the editor's text is based. */
  baseId: number | null;
  /** The article that the form showed, if somebody deleted it, so that the text became a new draft. */
  deletedId: number | undefined;
  form: ArticleForm;
  /** The browser window in which the text was typed. */
  windowId: string | null;
}

/** Stores a posted text as a revision, whether it is valid or not, and the note that came with it. */
export async function storeText(context: Context, { editor, article, params, form: posted, settings, now }: TextRequest, kind: RevisionKind): Promise<StoredText> {
  const uid = article?.uid ?? [posted['uid'], params['id']].find((text) => text !== undefined && isUid(text));
  if (uid === undefined) throw new RequestError(404, 'errors.noArticle');
  const form = readArticleForm(posted);
  const shownId = readId(posted['article']);
  const windowId = readWindow(posted);
  const { articleId, revisionId, baseId, isSaved } = await storeRevision(context.db, { uid, form, baseId: readId(posted['base']) ?? null, kind, editorId: editor.id, windowId }, settings, now);
  await storeNote(context, { editor, form: posted, now }, { articleId, windowId });
  return { articleId, revisionId, baseId, deletedId: shownId === articleId || isSaved ? undefined : shownId, form, windowId };
}

export function readWindow({ window: id }: Record<string, string | undefined>): string | null {
  return id !== undefined && isUid(id) ? id : null;
}

/** Shows text that the editor is not allowed to save, so that the editor can copy it. */
export function refusedTextPage({ form, messages }: EditorRequest, { isStored }: { isStored: boolean }): ActionResult {
  const text = readArticleForm(form);
  const labels = fieldLabels(messages);
  const fields = (['title', 'standfirst', 'summary', 'body'] as const).map((name) => ({ id: `refused_${name}`, label: labels[name], value: text[name], rows: refusedTextRows[name] }));
  const note = form['note'] ? [{ id: 'refused_note', label: messages.text('newsroomNotes.note'), value: form['note'], rows: 3 }] : [];
  return { status: 403, view: 'saving/refused-text', data: { title: messages.text('articleActions.refused'), section: 'articles', fields: [...fields, ...note], isStored } };
}

/** The heights of the text areas, in lines. The title is an input. */
const refusedTextRows = { title: undefined, standfirst: 3, summary: 3, body: 20 };

/** Stores a text that was posted to `path` without a session, now that its editor has signed in. */
export async function storePendingText(context: Context, request: EditorRequest, path: string): Promise<ActionResult> {
  const id = articleOfResource(path);
  if (id === undefined || !articleFields.some((field) => request.form[field] !== undefined)) return { seeOther: id === undefined ? path : admin.article(id) };
  const uid = request.form['uid'] ?? '';
  const article = await findEdited(context.db.reader, isUid(uid) ? uid : id);
  const isStorable = article !== undefined || isUid(uid) || isUid(id);
  if (!isStorable || !canStoreText(request.editor, article)) return refusedTextPage(request, { isStored: false });
  const { articleId, deletedId } = await storeText(context, { ...request, params: { id }, article }, 'signed out');
  return { seeOther: withQuery(admin.article(articleId), { done: deletedId === undefined ? 'sign-in' : 'recreation' }) };
}
