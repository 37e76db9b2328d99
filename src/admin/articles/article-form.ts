import { randomUUID } from 'node:crypto';
import { isAllowed } from '../../content/accounts/permissions.ts';
import type { ArticleForm } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import { instantsOf } from '../../content/dates/dates.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findEdited, type EditedArticle } from '../../storage/articles/edited-article.ts';
import { listNameOptions } from '../../storage/articles/editorial-list.ts';
import { listOthersAt } from '../../storage/articles/presence.ts';
import { findBodyNotes, findRevision, findUnsaved } from '../../storage/revisions/revisions.ts';
import { loadSavedForm } from '../../storage/revisions/stored-form.ts';
import { admin, articlePath, withQuery } from '../../urls.ts';
import type { Answer, EditorRequest, ViewAnswer } from '../answer.ts';
import { makeActions } from './article-actions.ts';
import { makeFields, type FormProblem } from './article-fields.ts';
import { describeState, isOut } from './article-state.ts';
import { describeNotes } from './body-notes.ts';
import { showDifferences, type Difference } from './differences.ts';
import { doneText } from './done.ts';

/** What the form shows, and where that text came from. */
export interface FormParts {
  articleId: number;
  form: ArticleForm;
  baseId: number | null;
  /** The revision that holds this text; null or undefined: none. */
  revisionId?: number | null;
  /** The window that the text was typed in; null or undefined: this one. */
  windowId?: string | null;
  errors?: FormProblem[];
}

/** The form of a stored article, filled with this text. */
export async function articleFormPage(context: Context, request: EditorRequest, { articleId, form, baseId, revisionId, windowId, errors = [] }: FormParts): Promise<ViewAnswer> {
  const { db } = context;
  const { editor, messages, query, now } = request;
  const stored = await findEdited(db.reader, articleId);
  if (!stored) throw new RequestError(404, 'errors.noArticle');
  const isPublic = isOut(stored, now) && stored.withdrawnAt === null && stored.slug !== null;
  const others = await listOthersAt(db, articleId, editor.id, now);
  const bodyNotes = describeNotes(messages, revisionId ? await findBodyNotes(db.reader, revisionId) : undefined);
  return formView(context, request, stored, form, errors, bodyNotes, {
    title: stored.title || messages.text('articleForm.untitled'),
    place: 'articles',
    done: doneText(messages, query['done']),
    state: describeState(stored, request),
    publicPath: isPublic ? articlePath(stored.slug ?? '') : undefined,
    article: { id: articleId, uid: stored.uid, base: baseId ?? '', window: windowId ?? randomUUID() },
    others: others.length > 0 ? messages.text('articleForm.othersHere', { count: others.length, names: new Intl.ListFormat(messages.language).format(others) }) : '',
    unsaved: errors.length > 0 || query['revision'] !== undefined ? undefined : await findUnsavedChanges(context, request, stored),
    merged: await findMerged(context, request, stored, form),
    links: { revisions: admin.ofArticle(articleId, 'revisions') },
  });
}

/** The form of an article that is not stored yet. */
export async function newArticlePage(context: Context, request: EditorRequest, uid: string, form: ArticleForm): Promise<Answer> {
  const { text } = request.messages;
  return formView(context, request, uid, form, [], [], {
    title: text('articleForm.newArticle'),
    place: 'new',
    state: { words: text('articleForm.newNotSaved') },
    article: { uid, base: '', window: randomUUID() },
    others: '',
    links: {},
  });
}

async function formView({ db }: Context, request: EditorRequest, article: EditedArticle | string, form: ArticleForm, errors: FormProblem[], bodyNotes: string[], parts: ViewAnswer['data']): Promise<ViewAnswer> {
  const { editor, settings } = request;
  const stored = typeof article === 'string' ? undefined : article;
  const themes = await listNameOptions(db, 'theme');
  const [wanted] = instantsOf(form.publishedAt, settings.zone);
  const actions = makeActions(stored, request, { id: typeof article === 'string' ? article : article.id, mayPublish: isAllowed(editor, 'publish', stored), wanted });
  return {
    view: 'articles/article-form',
    data: { ...parts, ...makeFields(request, form, errors, { slug: stored?.slug ?? null, themes, bodyNotes, isOut: actions.isOut }), actions },
  };
}

interface UnsavedChanges {
  id: number;
  when: string;
  differences: Difference[];
  continuePath: string;
  discardPath: string;
}

/** What the editor typed and did not save, compared with the saved text. */
async function findUnsavedChanges({ db }: Context, { editor, messages, settings, times, now }: EditorRequest, stored: EditedArticle): Promise<UnsavedChanges | undefined> {
  const unsaved = stored.headRevisionId === null ? undefined : await findUnsaved(db.reader, stored.id, editor.id, settings.zone);
  const differences = unsaved ? showDifferences(messages, await loadSavedForm(db.reader, stored, settings.zone), unsaved.form) : [];
  if (!unsaved || differences.length === 0) return undefined;
  return {
    id: unsaved.id,
    when: times.moment(unsaved.at, now),
    differences,
    continuePath: withQuery(admin.article(stored.id), { revision: String(unsaved.id) }),
    discardPath: admin.ofArticle(stored.id, 'discard'),
  };
}

/** What merging added to the editor's text. `?joined=` names the revision with the text as the editor typed it. */
async function findMerged({ db }: Context, { messages, query, settings }: EditorRequest, stored: EditedArticle, form: ArticleForm): Promise<{ text: string; differences: Difference[] } | undefined> {
  const typed = query['joined'] === undefined ? undefined : await findRevision(db.reader, stored.id, readId(query['joined']) ?? 0, settings.zone);
  const isSaved = query['revision'] === undefined;
  return typed && { text: messages.text(isSaved ? 'articleForm.mergedAndSaved' : 'articleForm.mergedNotSaved'), differences: showDifferences(messages, typed.form, form) };
}
