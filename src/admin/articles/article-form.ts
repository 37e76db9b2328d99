import { randomUUID } from 'node:crypto';
import { isAllowed } from '../../content/accounts/permissions.ts';
import type { ArticleForm } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import { isPublic } from '../../content/articles/publication.ts';
import { instantsOf } from '../../content/dates/local-time.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findEdited, type EditedArticle } from '../../storage/articles/edited-article.ts';
import { countPreviewLinks } from '../../storage/articles/previews.ts';
import { listOthersAt } from '../../storage/articles/presence.ts';
import { findBodyNotes, findRevision, findUnsaved } from '../../storage/revisions/revisions.ts';
import { loadSavedForm } from '../../storage/revisions/stored-form.ts';
import { admin, articlePath, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest, ViewResult } from '../action.ts';
import { noticeOf } from '../notice.ts';
import { relatedPanel } from '../related/related-panel.ts';
import { storylinePanel } from '../storylines/storyline-panel.ts';
import { actionNotices } from './action-notices.ts';
import { makeActions } from './article-actions.ts';
import { makeFields, type FormProblem } from './article-fields.ts';
import { describeState } from './article-state.ts';
import { describeNotes } from './body-notes.ts';
import { describeUnknown, listBodyPictures } from './body-pictures.ts';
import { showDifferences, type Difference } from './differences.ts';
import { loadLeadPicture } from './lead-picture.ts';
import { noteField } from './note-field.ts';
import { shownTitle } from './shown-title.ts';
import { themeField } from './theme-field.ts';

export interface FormParts {
  articleId: number;
  /** The article that the form showed before somebody deleted it. The form keeps its id, so that the next save tells the editor about the deletion. */
  deletedId?: number | undefined;
  form: ArticleForm;
  baseId: number | null;
  revisionId?: number | null;
  /** The browser window in which the text was typed. By default, the form gets a new id. */
  windowId?: string | null;
  errors?: FormProblem[];
}

export async function articleFormPage(context: Context, request: EditorRequest, { articleId, deletedId, form, baseId, revisionId, windowId, errors = [] }: FormParts): Promise<ViewResult> {
  const { db } = context;
  const { editor, messages, query, now } = request;
  const stored = await findEdited(db.reader, articleId);
  if (!stored) throw new RequestError(404, 'errors.noArticle');
  const others = await listOthersAt(db, articleId, editor.id, now);
  const bodyNotes = describeNotes(messages, revisionId ? await findBodyNotes(db.reader, revisionId) : undefined);
  return formView(context, request, stored, form, errors, bodyNotes, {
    title: shownTitle(stored.title, messages),
    section: 'articles',
    notice: noticeOf(request, actionNotices),
    state: describeState(stored, request),
    publicPath: stored.slug !== null && isPublic(stored, now) ? articlePath(stored.slug) : undefined,
    article: { id: articleId, shown: deletedId ?? articleId, uid: stored.uid, base: baseId ?? '', window: windowId ?? randomUUID() },
    others: others.length > 0 ? messages.text('articleForm.othersHere', { count: others.length, names: new Intl.ListFormat(messages.language).format(others) }) : '',
    unsaved: errors.length > 0 || query['revision'] !== undefined ? undefined : await findUnsavedChanges(context, request, stored),
    merged: await findMerged(context, request, stored, form),
    storyline: await storylinePanel(context, request, stored),
    related: await relatedPanel(context, request, stored),
    links: { revisions: admin.ofArticle(articleId, 'revisions'), previews: admin.ofArticle(articleId, 'previews') },
    previewCount: await countPreviewLinks(db.reader, articleId, now),
  });
}

export async function newArticlePage(context: Context, request: EditorRequest, uid: string, form: ArticleForm): Promise<ActionResult> {
  const { text } = request.messages;
  return formView(context, request, uid, form, [], [], {
    title: text('articleForm.newArticle'),
    section: 'new',
    state: { words: text('articleForm.newNotSaved') },
    article: { shown: '', uid, base: '', window: randomUUID() },
    others: '',
    links: {},
  });
}

async function formView(context: Context, request: EditorRequest, article: EditedArticle | string, form: ArticleForm, errors: FormProblem[], markupNotes: string[], parts: ViewResult['data']): Promise<ViewResult> {
  const { db } = context;
  const { editor, messages, settings } = request;
  const stored = typeof article === 'string' ? undefined : article;
  const theme = await themeField(context, request, form.theme, { offersNew: !errors.some(({ field }) => field === 'theme') });
  const [publishAt] = instantsOf(form.publishedAt, settings.zone);
  const picture = await loadLeadPicture(db.reader, messages, form);
  const bodyPictures = await listBodyPictures(context, request, form.body);
  const bodyNotes = [...markupNotes, ...describeUnknown(messages, bodyPictures)];
  const actions = makeActions(stored, request, { id: typeof article === 'string' ? article : article.id, canPublish: isAllowed(editor, 'publish', stored), isOwn: stored?.ownerId === editor.id, publishAt });
  return {
    view: 'articles/article-form',
    data: { ...parts, ...makeFields(request, form, errors, { slug: stored?.slug ?? null, hasThemeChoices: theme.choices !== undefined, bodyNotes, isPublished: actions.isPublished, picture }), theme, picture, bodyPictures, actions, note: await noteField(context, request, stored?.id, errors) },
  };
}

interface UnsavedChanges {
  id: number;
  when: string;
  differences: Difference[];
  continuePath: string;
  discardPath: string;
}

async function findUnsavedChanges(context: Context, request: EditorRequest, stored: EditedArticle): Promise<UnsavedChanges | undefined> {
  const { db } = context;
  const { editor, settings, times, now } = request;
  const unsaved = stored.headRevisionId === null ? undefined : await findUnsaved(db.reader, stored.id, editor.id, settings.zone);
  const differences = unsaved ? await showDifferences(context, request, await loadSavedForm(db.reader, stored, settings.zone), unsaved.form) : [];
  if (!unsaved || differences.length === 0) return undefined;
  return {
    id: unsaved.id,
    when: times.moment(unsaved.at, now),
    differences,
    continuePath: withQuery(admin.article(stored.id), { revision: String(unsaved.id) }),
    discardPath: admin.ofArticle(stored.id, 'discard'),
  };
}

/** The changes that merging made. `?joined=` is the id of the revision with the text as the editor typed it. */
async function findMerged(context: Context, request: EditorRequest, stored: EditedArticle, form: ArticleForm): Promise<{ text: string; differences: Difference[] } | undefined> {
  const { messages, query, settings } = request;
  const typed = query['joined'] === undefined ? undefined : await findRevision(context.db.reader, stored.id, readId(query['joined']) ?? 0, settings.zone);
  if (!typed) return undefined;
  const isSaved = query['revision'] === undefined;
  const differences = await showDifferences(context, request, typed.form, form);
  const key = differences.length === 0 ? 'articleForm.mergedAsTyped' : isSaved ? 'articleForm.mergedAndSaved' : 'articleForm.mergedNotSaved';
  return { text: messages.text(key), differences };
}
