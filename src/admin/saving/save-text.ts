import { isForReaders, isSameForm, isSourceOfRevision, parseArticleForm, readArticleForm } from '../../content/articles/article-form.ts';
import type { ArticleInput } from '../../content/articles/article.ts';
import { hasLastCheck, type Finding } from '../../content/articles/last-check.ts';
import { mergeForms, type FormMerge } from '../../content/articles/merge.ts';
import { searchedWords } from '../../content/search/searched-words.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { markdownOptions } from '../../rendering/markdown-options.ts';
import { findEdited, type EditedArticle } from '../../storage/articles/edited-article.ts';
import type { Save, SaveResult } from '../../storage/articles/save-article.ts';
import { withCurrentNames } from '../../storage/named/current-names.ts';
import { findUndescribed } from '../../storage/pictures/descriptions.ts';
import { classifyRevision, discardUnsaved, findRevision, findRevisionHead } from '../../storage/revisions/revisions.ts';
import { storeRevision } from '../../storage/revisions/store-revision.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest, TextRequest } from '../action.ts';
import type { FormProblem } from '../articles/article-fields.ts';
import { articleFormPage } from '../articles/article-form.ts';
import { findForLastCheck, lastCheckPage } from '../publishing/last-check.ts';
import { conflictPage } from './conflict.ts';
import { noteProblems } from './store-note.ts';
import { storeText, type StoredText } from './store-text.ts';

/** The parts in which the actions that save a text differ. */
export interface TextPlan {
  kind(stored: EditedArticle): Save['kind'];
  /** Whether the action has already been done with this text, because the form was submitted twice. */
  isDone(stored: EditedArticle, article: ArticleInput): boolean;
  /** Called only with a valid article. */
  problems(article: ArticleInput, stored: EditedArticle): FormProblem[];
  store(save: Save, stored: EditedArticle): Promise<SaveResult>;
}

/**
 * Stores the submitted text as a revision, merges it with what others have saved in the meantime, validates the result,
 * and saves it. If a step fails, the form is shown again with everything that was typed.
 */
export async function saveText(context: Context, request: TextRequest, plan: TextPlan): Promise<ActionResult> {
  const typed = await storeText(context, request, 'autosave');
  let text = typed;
  for (;;) {
    const stored = await findEdited(context.db.reader, text.articleId);
    if (!stored) {
      // The article has just been deleted. Storing the text again creates a new draft.
      text = await storeText(context, request, 'autosave');
      continue;
    }
    // Before anything is published, the editor has to learn that a colleague deleted the article.
    const deletedId = stored.headRevisionId === null ? text.deletedId : undefined;
    if (deletedId !== undefined && plan.kind(stored) !== 'draft') return { seeOther: withQuery(admin.article(stored.id), { done: 'recreation' }) };
    text = await withSharedBase(context, request, text, stored);
    const merged = await mergeWithSaved(context, request, text, stored);
    if ('conflicts' in merged) return conflictPage(context, request, stored, text, merged);
    const { unseenRevisionId } = merged;
    text = merged;
    // Never publish text that the editor has not seen in this window.
    if (unseenRevisionId !== undefined && plan.kind(stored) !== 'draft') return { seeOther: withQuery(admin.article(stored.id), { revision: String(unseenRevisionId), joined: String(typed.revisionId) }) };
    const result = await store(context, request, text, stored, plan);
    const done = deletedId === undefined ? plan.kind(stored) : 'recreation';
    if (result === 'saved') return { seeOther: withQuery(admin.article(stored.id), { done, joined: text.revisionId === typed.revisionId ? undefined : String(typed.revisionId) }) };
    if (result === 'unchanged') return { seeOther: withQuery(admin.article(stored.id), { done: 'unchanged' }) };
    if (result === 'not allowed') throw new RequestError(403, 'errors.notAllowedAnyMore');
    if (result === 'conflict') continue;
    return 'findings' in result ? lastCheckPage(request, text, { uid: stored.uid, kind: plan.kind(stored) }, result.findings) : refuse(context, request, text, result);
  }
}

interface MergedText extends StoredText {
  /** A revision with changes that the editor has not seen in this window. */
  unseenRevisionId?: number | undefined;
}

/**
 * The form of an article that was never saved has no base revision. If a colleague has started from the text of this
 * window and saved first, that text is the base of both.
 */
async function withSharedBase({ db }: Context, { editor }: EditorRequest, text: StoredText, stored: EditedArticle): Promise<StoredText> {
  const head = text.baseId === null && stored.headRevisionId !== null ? await findRevisionHead(db.reader, stored.id, stored.headRevisionId) : undefined;
  const base = head && head.baseId !== null ? await findRevisionHead(db.reader, stored.id, head.baseId) : undefined;
  return base && base.editor?.id === editor.id && base.windowId === text.windowId ? { ...text, baseId: base.id } : text;
}

/**
 * Merges the text with the saved version into a new revision, or returns their conflicts. Returns the text unchanged if
 * nobody has saved since the editor began, and the saved version if the same editor submitted the form twice.
 */
async function mergeWithSaved({ db }: Context, { editor, settings, now }: EditorRequest, text: StoredText, stored: EditedArticle): Promise<MergedText | FormMerge> {
  if (stored.headRevisionId === null || stored.headRevisionId === text.baseId) return text;
  const head = await findRevision(db.reader, stored.id, stored.headRevisionId, settings.zone);
  if (!head) throw new Error('The latest revision is missing');
  const base = text.baseId === null ? undefined : await findRevision(db.reader, stored.id, text.baseId, settings.zone);
  const merge = mergeForms(base?.form ?? readArticleForm({}), text.form, head.form);
  const isSent = isSourceOfRevision(head, text.form, settings.zone);
  if (head.editor?.id === editor.id && (isSent || isSameForm(merge.form, head.form))) {
    await discardUnsaved(db, stored.id, editor.id, text.revisionId, now);
    return { ...text, form: head.form, unseenRevisionId: isSent ? undefined : stored.headRevisionId };
  }
  if (merge.conflicts.length > 0) {
    await classifyRevision(db, text.revisionId, 'conflict');
    return merge;
  }
  const merged = { uid: stored.uid, form: merge.form, baseId: stored.headRevisionId, kind: 'joined' as const, editorId: editor.id, windowId: text.windowId };
  const { articleId, revisionId, baseId } = await storeRevision(db, merged, settings, now);
  return { articleId, revisionId, baseId, deletedId: undefined, form: merge.form, windowId: text.windowId, unseenRevisionId: revisionId };
}

/** Anything but `saved` means that nothing was changed. `findings` are those of the last check. */
type Outcome = Exclude<SaveResult, 'slug taken' | 'withdrawn' | 'undescribed'> | 'unchanged' | FormProblem[] | { findings: Finding[] };

async function store(context: Context, { editor, settings, form: posted, now }: EditorRequest, text: StoredText, stored: EditedArticle, plan: TextPlan): Promise<Outcome> {
  const parsed = parseArticleForm(text.form, settings.zone);
  const { article, errors } = { ...parsed, errors: [...parsed.errors, ...noteProblems(posted)] };
  if (errors.length === 0 && stored.headRevisionId !== text.baseId && stored.headRevisionId !== null && plan.isDone(stored, article)) return 'saved';
  if (errors.length > 0) return errors;
  if (updatingKinds.has(plan.kind(stored)) && (await isUnchanged(context, { zone: settings.zone, now }, text, stored))) {
    await discardUnsaved(context.db, stored.id, editor.id, text.revisionId, now);
    return 'unchanged';
  }

  const save = await makeSave(context, { editor, settings }, text, stored, plan.kind(stored), article);
  const undescribed = isForReaders(save.kind) ? await findUndescribed(context.db.reader, article, save.rendered.html) : [];
  const problems = [...plan.problems(article, stored), ...undescribed];
  if (problems.length > 0) return problems;
  // "Publish anyway" posts the text again, as checked.
  const findings = hasLastCheck(save.kind) && posted['checked'] === undefined ? await findForLastCheck(context, save, stored, now) : [];
  if (findings.length > 0) return { findings };

  const result = await plan.store(save, stored);
  if (result === 'slug taken') return [{ field: 'slug', problem: { key: 'problems.slugTaken' } }];
  // A picture has just lost its description or been deleted.
  if (result === 'undescribed') return findUndescribed(context.db.reader, article, save.rendered.html);
  if (result === 'withdrawn') return [{ field: '', problem: { key: 'problems.withdrawn' } }];
  return result;
}

/** On a published article, these actions save a text. */
const updatingKinds: ReadonlySet<Save['kind']> = new Set(['draft', 'update', 'minor update']);

/** Whether readers see this text already. A note alone, which is stored by now, must not change what they see, nor when it was updated. */
async function isUnchanged({ db }: Context, { zone, now }: { zone: string; now: number }, { form }: StoredText, { id, publishedAt, withdrawnAt, headRevisionId, publicRevisionId }: EditedArticle): Promise<boolean> {
  if (publishedAt === null || publishedAt > now || withdrawnAt !== null || headRevisionId === null || headRevisionId !== publicRevisionId) return false;
  const head = await findRevision(db.reader, id, headRevisionId, zone);
  return head !== undefined && (isSameForm(form, head.form) || isSameForm(form, await withCurrentNames(db.reader, head.form)));
}

/** Renders the text and splits it into words before the transaction begins, because both are slow. */
export async function makeSave(context: Context, { editor, settings }: Pick<EditorRequest, 'editor' | 'settings'>, text: Pick<StoredText, 'revisionId' | 'form'>, stored: EditedArticle, kind: Save['kind'], article: ArticleInput): Promise<Save> {
  const rendered = await context.renderer.render(article.body, markdownOptions(context, settings), `editor:${editor.id}`);
  return {
    articleId: stored.id,
    revisionId: text.revisionId,
    headId: stored.headRevisionId,
    kind,
    editor,
    form: text.form,
    zone: settings.zone,
    article,
    language: article.language ?? settings.language,
    rendered,
    words: searchedWords(article, rendered.text),
  };
}

async function refuse(context: Context, request: EditorRequest, { articleId, revisionId, baseId, deletedId, windowId, form }: StoredText, errors: FormProblem[]): Promise<ActionResult> {
  await classifyRevision(context.db, revisionId, 'faulty');
  return { ...(await articleFormPage(context, request, { articleId, deletedId, form, baseId, windowId, errors })), status: 422 };
}
