import { canKeepText } from '../../content/accounts/permissions.ts';
import { articleFields, readArticleForm, type ArticleForm, type RevisionKind } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import { isUid } from '../../content/articles/uid.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findEdited } from '../../storage/articles/edited-article.ts';
import { storeRevision } from '../../storage/revisions/store-revision.ts';
import { admin, articleOfResource } from '../../urls.ts';
import type { Answer, EditorRequest, TextRequest } from '../answer.ts';

/** A text that reached the server and is safe, whatever becomes of it. */
export interface KeptText {
  articleId: number;
  revisionId: number;
  /** The revision that it began from; null: it is the article's first. */
  baseId: number | null;
  form: ArticleForm;
  /** The window of the browser that it was typed in; null: not known. */
  windowId: string | null;
}

/** Keeps the text of a form, before anything else is decided about it. */
export async function keepText({ db }: Context, { editor, article, params, form: posted, settings, now }: TextRequest, kind: RevisionKind): Promise<KeptText> {
  const uid = article?.uid ?? [posted['uid'], params['id']].find((text) => text !== undefined && isUid(text));
  if (uid === undefined) throw new RequestError(404, 'errors.noArticle');
  const form = readArticleForm(posted);
  const base = readId(posted['base']) ?? null;
  const windowId = readWindow(posted);
  const kept = await storeRevision(db, { uid, form, baseId: base, kind, editorId: editor.id, windowId }, settings, now);
  return { ...kept, form, windowId };
}

/** The window that a form was posted from. */
export function readWindow({ window: id }: Record<string, string | undefined>): string | null {
  return id !== undefined && isUid(id) ? id : null;
}

/** Shows a text that its editor may not write, or no longer, so that it can be copied. */
export function notTaken(form: Record<string, string>, isKept: boolean): Answer {
  return { status: 403, view: 'articles/not-taken', data: { title: 'Not taken', place: 'articles', form: readArticleForm(form), isKept } };
}

/**
 * Keeps a text that came along with a sign-in, and goes on at its article. One that its editor may not write, or whose
 * article nobody can tell, is shown again: it can be copied.
 *
 * @param next where the text was sent to
 */
export async function takeCarried(context: Context, request: EditorRequest, next: string): Promise<Answer> {
  const id = articleOfResource(next);
  if (id === undefined || !articleFields.some((field) => request.form[field] !== undefined)) return { seeOther: id === undefined ? next : admin.article(id) };
  const uid = request.form['uid'] ?? '';
  const article = await findEdited(context.db.reader, isUid(uid) ? uid : id);
  const isKeepable = article !== undefined || isUid(uid) || isUid(id);
  if (!isKeepable || !canKeepText(request.editor, article)) return notTaken(request.form, false);
  const { articleId } = await keepText(context, { ...request, params: { id }, article }, 'signed out');
  return { seeOther: admin.article(articleId) };
}
