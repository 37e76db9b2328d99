import { isSameForm, isTextOf, parseArticleForm, readArticleForm } from '../../content/articles/article-form.ts';
import type { ArticleInput, FieldError } from '../../content/articles/article.ts';
import { mergeForms, type FormMerge } from '../../content/articles/merge.ts';
import { searchedWords } from '../../content/search/searched-words.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { markdownOptions } from '../../rendering/markdown-options.ts';
import { findEdited, type EditedArticle } from '../../storage/articles/edited-article.ts';
import type { Save, SaveResult } from '../../storage/articles/save-article.ts';
import { keepRevision } from '../../storage/revisions/keep-revision.ts';
import { classifyRevision, discardUnsaved, findRevision } from '../../storage/revisions/revisions.ts';
import { admin, withQuery } from '../../urls.ts';
import type { Answer, EditorRequest, TextRequest } from '../answer.ts';
import { articleFormPage } from '../articles/article-form.ts';
import { conflictPage } from './conflict.ts';
import { keepText, type KeptText } from './keep-text.ts';

/** What one action makes of a text. */
export interface TextPlan {
  kind(stored: EditedArticle): Save['kind'];
  /** Whether an article, whose text this is already, is as the action would make it: a form that was sent twice. */
  isDone(stored: EditedArticle, article: ArticleInput): boolean;
  /** What stands against it, beside faults that no article may have. */
  faults(article: ArticleInput, stored: EditedArticle): FieldError[];
  store(save: Save, stored: EditedArticle): Promise<SaveResult>;
}

/**
 * A text's way from the form: kept, joined with what others saved meanwhile, checked, stored. Whatever stands in
 * its way, the answer is the form with all that was typed.
 */
export async function saveText(context: Context, request: TextRequest, plan: TextPlan): Promise<Answer> {
  const typed = await keepText(context, request, 'autosave');
  let text = typed;
  for (;;) {
    const stored = await findEdited(context.db.reader, text.articleId);
    if (!stored) {
      // Deleted in this very moment: the text begins a new draft.
      text = await keepText(context, request, 'autosave');
      continue;
    }
    const joined = await join(context, request, text, stored);
    if ('conflicts' in joined) return conflictPage(context, request, stored, text, joined);
    const { unseenRevisionId } = joined;
    text = joined;
    // Nothing is published that the editor has not seen in this window.
    if (unseenRevisionId !== undefined && plan.kind(stored) !== 'draft') return { seeOther: withQuery(admin.article(stored.id), { revision: String(unseenRevisionId), joined: String(typed.revisionId) }) };
    const result = await store(context, request, text, stored, plan);
    if (result === 'saved') return { seeOther: withQuery(admin.article(stored.id), { done: plan.kind(stored), joined: text.revisionId === typed.revisionId ? undefined : String(typed.revisionId) }) };
    if (result === 'not allowed') throw new RequestError(403, 'errors.notAllowedAnyMore');
    if (result !== 'overtaken') return refuse(context, request, text, result);
  }
}

/** What was typed, with what was saved meanwhile. */
interface JoinedText extends KeptText {
  /** A revision with changes that the editor has not seen, or not in this window. Undefined: there are none. */
  unseenRevisionId?: number | undefined;
}

/**
 * The text as it is, if nobody saved since it was begun; otherwise joined with what was saved, as a revision of its own,
 * or what stands against that. Where it brings nothing that its editor has not saved, as when a form is sent twice, it
 * is what is saved.
 */
async function join({ db }: Context, { editor, settings, now }: EditorRequest, text: KeptText, stored: EditedArticle): Promise<JoinedText | FormMerge> {
  if (stored.headRevisionId === null || stored.headRevisionId === text.baseId) return text;
  const head = await findRevision(db.reader, stored.id, stored.headRevisionId, settings.zone);
  if (!head) throw new Error('What was saved last is not there');
  const base = text.baseId === null ? undefined : await findRevision(db.reader, stored.id, text.baseId, settings.zone);
  const merge = mergeForms(base?.form ?? readArticleForm({}), text.form, head.form);
  const isSent = isTextOf(head, text.form, settings.zone);
  if (head.editor?.id === editor.id && (isSent || isSameForm(merge.form, head.form))) {
    await discardUnsaved(db, stored.id, editor.id, text.revisionId, now);
    return { ...text, form: head.form, unseenRevisionId: isSent ? undefined : stored.headRevisionId };
  }
  if (merge.conflicts.length > 0) {
    await classifyRevision(db, text.revisionId, 'conflict');
    return merge;
  }
  const joined = { uid: stored.uid, form: merge.form, baseId: stored.headRevisionId, kind: 'joined' as const, editorId: editor.id, windowId: text.windowId };
  const kept = await keepRevision(db, joined, settings, now);
  return { ...kept, form: merge.form, windowId: text.windowId, unseenRevisionId: kept.revisionId };
}

async function store(context: Context, { editor, settings }: EditorRequest, text: KeptText, stored: EditedArticle, plan: TextPlan): Promise<Exclude<SaveResult, 'slug taken' | 'withdrawn'> | FieldError[]> {
  const { article, errors } = parseArticleForm(text.form, settings.zone);
  if (errors.length === 0 && stored.headRevisionId !== text.baseId && stored.headRevisionId !== null && plan.isDone(stored, article)) return 'saved';
  const faults = errors.length > 0 ? errors : plan.faults(article, stored);
  if (faults.length > 0) return faults;

  const save = await makeSave(context, { editor, settings }, text, stored, plan.kind(stored), article);
  const result = await plan.store(save, stored);
  if (result === 'slug taken') return [{ field: 'slug', message: 'another article has it' }];
  if (result === 'withdrawn') return [{ field: '', message: 'This article is withdrawn: save the text as it is, or reinstate the article first' }];
  return result;
}

/** Does what is slow, rendering and folding, before the transaction begins. */
export async function makeSave(context: Context, { editor, settings }: Pick<EditorRequest, 'editor' | 'settings'>, text: Pick<KeptText, 'revisionId' | 'form'>, stored: EditedArticle, kind: Save['kind'], article: ArticleInput): Promise<Save> {
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

async function refuse(context: Context, request: EditorRequest, { articleId, revisionId, baseId, windowId, form }: KeptText, errors: FieldError[]): Promise<Answer> {
  await classifyRevision(context.db, revisionId, 'faulty');
  return { ...(await articleFormPage(context, request, { articleId, form, baseId, windowId, errors })), status: 422 };
}
