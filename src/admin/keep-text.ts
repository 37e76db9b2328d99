import { articleFields, readArticleForm, type ArticleForm, type RevisionKind } from '../content/article-form.ts';
import { isAllowed } from '../content/permissions.ts';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { findGuarded, isUid, type GuardedArticle } from '../storage/editing.ts';
import type { Editor } from '../storage/editors.ts';
import { keepRevision } from '../storage/revisions.ts';
import { loadSettings } from '../storage/settings.ts';
import { admin, articleOfResource } from '../urls.ts';
import type { AdminRequest } from './answer.ts';

/** A text that reached the server and is safe, whatever becomes of it. */
export interface KeptText {
  articleId: number;
  revisionId: number;
  /** The revision that it began from; null: it is the article's first. */
  baseId: number | null;
  form: ArticleForm;
}

type TextRequest = AdminRequest & { editor: Editor; article: GuardedArticle | undefined };

/** Keeps the text of a form, before anything else is decided about it. */
export async function keepText({ db }: Context, { editor, article, params, form: posted, now }: TextRequest, kind: RevisionKind): Promise<KeptText> {
  const uid = article?.uid ?? [posted['uid'], params['id']].find((text) => text !== undefined && isUid(text));
  if (uid === undefined) throw new RequestError(404, 'There is no such article.');
  const form = readArticleForm(posted);
  const base = /^\d{1,15}$/.test(posted['base'] ?? '') ? Number(posted['base']) : null;
  const kept = await keepRevision(db, { uid, form, baseId: base, kind, editorId: editor.id }, await loadSettings(db), now);
  return { ...kept, form };
}

/**
 * Keeps a text that came along with a sign-in, if its editor may write it.
 *
 * @param next where the text was sent to
 * @returns where to go on
 */
export async function takeCarried(context: Context, request: AdminRequest & { editor: Editor }, next: string): Promise<string> {
  const id = articleOfResource(next);
  if (id === undefined) return next;
  if (!articleFields.some((field) => request.form[field] !== undefined)) return admin.article(id);
  const article = await findGuarded(context.db, isUid(request.form['uid'] ?? '') ? (request.form['uid'] ?? id) : id);
  if (!isAllowed(request.editor, 'write', article)) return admin.articles;
  const { articleId } = await keepText(context, { ...request, params: { id }, article }, 'signed out');
  return admin.article(articleId);
}
