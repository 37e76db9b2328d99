import { formTime, readArticleForm, unsavedKinds, type ArticleForm } from '../content/article-form.ts';
import type { FieldError } from '../content/article.ts';
import { instantsOf } from '../content/dates.ts';
import { isAllowed } from '../content/permissions.ts';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { findEdited, loadSavedForm, type EditedArticle } from '../storage/editing.ts';
import { listAllNamed } from '../storage/editorial-list.ts';
import { listOthersAt } from '../storage/presence.ts';
import { findLastText, findRevision, findUnsaved, type Revision } from '../storage/revisions.ts';
import { loadSettings } from '../storage/settings.ts';
import { admin, articlePath, withQuery } from '../urls.ts';
import type { Answer, EditorRequest } from './answer.ts';
import { makeActions } from './article-actions.ts';
import { makeFields } from './article-fields.ts';
import { describeState } from './article-state.ts';
import { shownTimes, type ShownTimes } from './shown-times.ts';
import { showDifferences } from './differences.ts';
import { doneText } from './done.ts';

/** What the form holds, and how it came to. */
export interface FormParts {
  articleId: number;
  form: ArticleForm;
  baseId: number | null;
  errors?: FieldError[];
}

/** `GET /admin/articles/ID`: the form with what was saved last, or with the revision that `?revision=` names. */
export async function editArticle(context: Context, request: EditorRequest): Promise<Answer> {
  const { db } = context;
  const { article: guarded, params, query, editor } = request;
  if (!guarded) throw new RequestError(404, 'There is no such article.');
  if (params['id'] !== String(guarded.id)) return { seeOther: admin.article(guarded.id) };

  const { zone } = await loadSettings(db);
  const stored = await editedArticle(context, guarded.id);
  const wanted = /^\d{1,15}$/.test(query['revision'] ?? '') ? await findRevision(db, stored.id, Number(query['revision'])) : undefined;
  // Of an article that nobody has saved yet, one's own text, or what another has begun.
  const begun = stored.headRevisionId === null ? ((await findUnsaved(db.reader, stored.id, editor.id)) ?? (await findLastText(db.reader, stored.id))) : undefined;
  const shown = wanted ?? begun;
  if (shown) return articleFormPage(context, request, { articleId: stored.id, form: shown.form, baseId: baseOf(shown, stored) });
  const saved = await loadSavedForm(db.reader, stored, zone);
  const form = stored.headRevisionId === stored.publicRevisionId ? { ...saved, ...formTime(stored.publishedAt, zone), slug: stored.slug ?? saved.slug } : saved;
  return articleFormPage(context, request, { articleId: stored.id, form, baseId: stored.headRevisionId });
}

/** What was not saved still begins from what it began from; what was saved once is taken up as it is. */
function baseOf(revision: Revision, stored: EditedArticle): number | null {
  return unsavedKinds.includes(revision.kind) ? revision.baseId : stored.headRevisionId;
}

async function editedArticle({ db }: Context, id: number): Promise<EditedArticle> {
  const stored = await findEdited(db.reader, id);
  if (!stored) throw new RequestError(404, 'There is no such article.');
  return stored;
}

/** The form of an article that is stored, with these texts. */
export async function articleFormPage(context: Context, request: EditorRequest, { articleId, form, baseId, errors = [] }: FormParts): Promise<Answer> {
  const { db } = context;
  const { editor, query, now } = request;
  const settings = await loadSettings(db);
  const times = shownTimes(settings);
  const stored = await editedArticle(context, articleId);
  const saved = await loadSavedForm(db.reader, stored, settings.zone);
  const unsaved = errors.length > 0 || query['revision'] !== undefined || stored.headRevisionId === null ? undefined : await findUnsaved(db.reader, articleId, editor.id);
  const joined = query['joined'] === undefined ? undefined : await findRevision(db, articleId, Number(query['joined']) || 0);
  const mayPublish = isAllowed(editor, 'publish', stored);
  return {
    view: 'article-form',
    data: {
      title: stored.title || 'Untitled',
      place: 'articles',
      done: doneText(query['done']),
      isSaved: query['revision'] === undefined,
      state: describeState(stored, times, now),
      publicPath: stored.slug !== null && stored.publishedAt !== null && stored.publishedAt <= now && stored.withdrawnAt === null ? articlePath(stored.slug) : undefined,
      article: { id: articleId, uid: stored.uid, base: baseId ?? '' },
      ...makeFields(form, errors, settings, now, { slug: stored.slug, names: { themes: await listAllNamed(db, 'theme'), authors: await listAllNamed(db, 'author') } }),
      actions: makeActions(stored, { id: articleId, mayPublish, wanted: instantsOf(form.publishedAt, settings.zone)[0], times, now }),
      others: await listOthersAt(db, articleId, editor.id, now),
      unsaved: unsaved && showUnsaved(articleId, unsaved, saved, { times, now }),
      joined: joined && showDifferences(joined.form, form),
      links: { revisions: admin.ofArticle(articleId, 'revisions') },
    },
  };
}

/** What the editor typed and did not save, set beside what is saved. */
function showUnsaved(articleId: number, unsaved: Revision, saved: ArticleForm, { times, now }: { times: ShownTimes; now: number }) {
  const differences = showDifferences(saved, unsaved.form);
  if (differences.length === 0) return undefined;
  return {
    id: unsaved.id,
    when: times.moment(unsaved.at, now),
    differences,
    takePath: withQuery(admin.article(articleId), { revision: String(unsaved.id) }),
    discardPath: admin.ofArticle(articleId, 'discard'),
  };
}

/** `GET /admin/articles/new`: an empty form, with the id by which the article is known once its text arrives. */
export async function newArticle(context: Context, { editor, now }: EditorRequest): Promise<Answer> {
  const { db } = context;
  const settings = await loadSettings(db);
  const times = shownTimes(settings);
  const uid = crypto.randomUUID();
  const form = { ...readArticleForm({}), authors: editor.name, language: settings.language };
  return {
    view: 'article-form',
    data: {
      title: 'New article',
      place: 'new',
      done: undefined,
      state: { words: 'New, nothing saved yet', detail: undefined },
      publicPath: undefined,
      article: { id: undefined, uid, base: '' },
      ...makeFields(form, [], settings, now, { slug: null, names: { themes: await listAllNamed(db, 'theme'), authors: await listAllNamed(db, 'author') } }),
      actions: makeActions(undefined, { id: uid, mayPublish: isAllowed(editor, 'publish'), wanted: undefined, times, now }),
      others: [],
      unsaved: undefined,
      joined: undefined,
      links: {},
    },
  };
}
