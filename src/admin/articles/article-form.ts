import { randomUUID } from 'node:crypto';
import { isAllowed } from '../../content/accounts/permissions.ts';
import type { ArticleForm } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import { instantsOf } from '../../content/dates/dates.ts';
import type { BodyNotes } from '../../content/markdown/body-renderer.ts';
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
import { makeFields } from './article-fields.ts';
import { describeState, isOut } from './article-state.ts';
import { showDifferences, type Difference } from './differences.ts';
import { doneText } from './done.ts';
import type { PrintedProblem } from './form-problems.ts';

/** What the form holds, and how it came to. */
export interface FormParts {
  articleId: number;
  form: ArticleForm;
  baseId: number | null;
  /** The revision that holds it; null or undefined: none does. */
  revisionId?: number | null;
  /** The window that its text was typed in; null or undefined: this one. */
  windowId?: string | null;
  errors?: PrintedProblem[];
}

/** The form of an article that is stored, with these texts. */
export async function articleFormPage(context: Context, request: EditorRequest, { articleId, form, baseId, revisionId, windowId, errors = [] }: FormParts): Promise<ViewAnswer> {
  const { db } = context;
  const { editor, query, times, now } = request;
  const stored = await findEdited(db.reader, articleId);
  if (!stored) throw new RequestError(404, 'errors.noArticle');
  const isPublic = isOut(stored, now) && stored.withdrawnAt === null && stored.slug !== null;
  return formView(context, request, stored, form, errors, {
    title: stored.title || 'Untitled',
    place: 'articles',
    done: doneText(query['done']),
    isSaved: query['revision'] === undefined,
    state: describeState(stored, times, now),
    publicPath: isPublic ? articlePath(stored.slug ?? '') : undefined,
    article: { id: articleId, uid: stored.uid, base: baseId ?? '', window: windowId ?? randomUUID() },
    others: await listOthersAt(db, articleId, editor.id, now),
    unsaved: errors.length > 0 || query['revision'] !== undefined ? undefined : await findOffered(context, request, stored),
    bodyNotes: describeNotes(revisionId ? await findBodyNotes(db.reader, revisionId) : undefined),
    joined: await findJoined(context, request, stored, form),
    links: { revisions: admin.ofArticle(articleId, 'revisions') },
  });
}

/** The form of an article that there is not yet. */
export async function newArticlePage(context: Context, request: EditorRequest, uid: string, form: ArticleForm): Promise<Answer> {
  return formView(context, request, uid, form, [], {
    title: 'New article',
    place: 'new',
    state: { words: 'New, nothing saved yet' },
    article: { uid, base: '', window: randomUUID() },
    bodyNotes: [],
    others: [],
    links: {},
  });
}

async function formView({ db }: Context, { editor, settings, times, now }: EditorRequest, article: EditedArticle | string, form: ArticleForm, errors: PrintedProblem[], parts: ViewAnswer['data']): Promise<ViewAnswer> {
  const stored = typeof article === 'string' ? undefined : article;
  const themes = await listNameOptions(db, 'theme');
  const [wanted] = instantsOf(form.publishedAt, settings.zone);
  return {
    view: 'articles/article-form',
    data: {
      ...parts,
      ...makeFields(form, errors, settings, times, now, { slug: stored?.slug ?? null, themes }),
      actions: makeActions(stored, { id: typeof article === 'string' ? article : article.id, mayPublish: isAllowed(editor, 'publish', stored), wanted, times, now }),
    },
  };
}

/** What the form says beside the body about its markup. */
function describeNotes(notes: BodyNotes | undefined): string[] {
  if (!notes) return [];
  const { isPlain, shownAsText, hasComment } = notes;
  return [
    isPlain ? 'The formatting of this text takes too long to process, so the page shows it as you typed it, in plain paragraphs. Look for long runs of the same characters, such as asterisks, brackets or quotation marks, and remove them.' : '',
    shownAsText.length > 0 ? `Readers see ${new Intl.ListFormat('en').format(shownAsText)} as text, because ${shownAsText.length === 1 ? 'this tag is' : 'these tags are'} not allowed in an article or not closed.` : '',
    hasComment ? 'This text contains a comment (<!-- … -->), which readers do not see.' : '',
  ].filter((text) => text !== '');
}

interface Offered {
  id: number;
  when: string;
  differences: Difference[];
  takePath: string;
  discardPath: string;
}

/** What the editor typed and did not save, set beside what is saved. */
async function findOffered({ db }: Context, { editor, settings, times, now }: EditorRequest, stored: EditedArticle): Promise<Offered | undefined> {
  const unsaved = stored.headRevisionId === null ? undefined : await findUnsaved(db.reader, stored.id, editor.id, settings.zone);
  const differences = unsaved ? showDifferences(await loadSavedForm(db.reader, stored, settings.zone), unsaved.form) : [];
  if (!unsaved || differences.length === 0) return undefined;
  return {
    id: unsaved.id,
    when: times.moment(unsaved.at, now),
    differences,
    takePath: withQuery(admin.article(stored.id), { revision: String(unsaved.id) }),
    discardPath: admin.ofArticle(stored.id, 'discard'),
  };
}

/** What came to the editor's text from another's: `?joined=` names the text as the editor had typed it. */
async function findJoined({ db }: Context, { query, settings }: EditorRequest, stored: EditedArticle, form: ArticleForm): Promise<Difference[] | undefined> {
  const typed = query['joined'] === undefined ? undefined : await findRevision(db.reader, stored.id, readId(query['joined']) ?? 0, settings.zone);
  return typed && showDifferences(typed.form, form);
}
