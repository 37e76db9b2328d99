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
import { fieldLabels } from '../articles/field-texts.ts';

/** A text that is stored as a revision. */
export interface KeptText {
  articleId: number;
  revisionId: number;
  /** The revision that the editor started from; null: there was none. */
  baseId: number | null;
  form: ArticleForm;
  /** The browser window that it was typed in; null: unknown. */
  windowId: string | null;
}

/** Stores the text of a form as a revision, before it is validated. */
export async function keepText({ db }: Context, { editor, article, params, form: posted, settings, now }: TextRequest, kind: RevisionKind): Promise<KeptText> {
  const uid = article?.uid ?? [posted['uid'], params['id']].find((text) => text !== undefined && isUid(text));
  if (uid === undefined) throw new RequestError(404, 'errors.noArticle');
  const form = readArticleForm(posted);
  const base = readId(posted['base']) ?? null;
  const windowId = readWindow(posted);
  const kept = await storeRevision(db, { uid, form, baseId: base, kind, editorId: editor.id, windowId }, settings, now);
  return { ...kept, form, windowId };
}

export function readWindow({ window: id }: Record<string, string | undefined>): string | null {
  return id !== undefined && isUid(id) ? id : null;
}

/** Shows a text that the editor's role doesn't allow to save, so that the editor can copy it. */
export function refusedTextPage({ form, messages }: EditorRequest, isKept: boolean): Answer {
  const text = readArticleForm(form);
  const labels = fieldLabels(messages);
  const fields = (['title', 'standfirst', 'summary', 'body'] as const).map((name) => ({ id: `refused_${name}`, label: labels[name], value: text[name], rows: refusedTextRows[name] }));
  return { status: 403, view: 'articles/refused-text', data: { title: messages.text('articleActions.refused'), place: 'articles', fields, isKept } };
}

/** The heights of the text areas. The title has an input. */
const refusedTextRows = { title: undefined, standfirst: 3, summary: 3, body: 20 };

/**
 * Stores the text that a sign-in form carried, and redirects to its article. Shows the text if the editor's role doesn't
 * allow it or its article is unknown.
 *
 * @param next the path that the text was sent to before the sign-in
 */
export async function takeCarried(context: Context, request: EditorRequest, next: string): Promise<Answer> {
  const id = articleOfResource(next);
  if (id === undefined || !articleFields.some((field) => request.form[field] !== undefined)) return { seeOther: id === undefined ? next : admin.article(id) };
  const uid = request.form['uid'] ?? '';
  const article = await findEdited(context.db.reader, isUid(uid) ? uid : id);
  const isKeepable = article !== undefined || isUid(uid) || isUid(id);
  if (!isKeepable || !canKeepText(request.editor, article)) return refusedTextPage(request, false);
  const { articleId } = await keepText(context, { ...request, params: { id }, article }, 'signed out');
  return { seeOther: admin.article(articleId) };
}
