import { isSameForm, parseArticleForm, readArticleForm, type ArticleForm } from '../content/article-form.ts';
import type { ArticleInput, FieldError } from '../content/article.ts';
import { bodyRenderer } from '../content/body-renderer.ts';
import { mergeForms, type FormMerge } from '../content/merge.ts';
import type { Settings } from '../content/settings.ts';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { findEdited, loadSavedForm, type EditedArticle } from '../storage/editing.ts';
import { classifyRevision, findRevision, keepRevision } from '../storage/revisions.ts';
import type { Save, SaveResult } from '../storage/save-article.ts';
import { loadSettings } from '../storage/settings.ts';
import { admin, withQuery } from '../urls.ts';
import type { Answer, EditorRequest } from './answer.ts';
import { articleFormPage } from './article-form.ts';
import { conflictPage } from './conflict.ts';
import { keepText, type KeptText } from './keep-text.ts';

/** What one action makes of a text. */
export interface TextAction {
  kind: Save['kind'] | ((stored: EditedArticle) => Save['kind']);
  /** What stands against it, beside faults that no article may have. */
  faults(article: ArticleInput, stored: EditedArticle): FieldError[];
  store(save: Save, stored: EditedArticle): Promise<SaveResult>;
}

/**
 * A text's way from the form: kept, joined with what others saved meanwhile, checked, stored. Whatever stands in
 * its way, the answer is the form with all that was typed.
 */
export async function saveText(context: Context, request: EditorRequest, action: TextAction): Promise<Answer> {
  const typed = await keepText(context, request, 'autosave');
  let kept = typed;
  const settings = await loadSettings(context.db);
  for (;;) {
    const stored = await findEdited(context.db.reader, kept.articleId);
    if (!stored) throw new RequestError(404, 'This article has been deleted meanwhile.');
    const saved = await loadSavedForm(context.db.reader, stored, settings.zone);
    const kind = typeof action.kind === 'string' ? action.kind : action.kind(stored);
    const isSame = stored.headRevisionId !== kept.baseId && isSameForm(saved, kept.form);
    // Sent twice: the first has done it.
    if (isSame && isDone(stored, kind)) return goOn(stored.id, kind);
    if (!isSame && stored.headRevisionId !== null && stored.headRevisionId !== kept.baseId) {
      const joined = await joinTexts(context, request, kept, stored, saved);
      if ('conflicts' in joined) return conflictPage(context, request, stored, kept, joined);
      // Readers are to see nothing that its editor has not.
      if (kind !== 'draft') return { seeOther: withQuery(admin.article(stored.id), { revision: String(joined.revisionId), joined: String(typed.revisionId) }) };
      kept = joined;
    }
    const checked = check(kept.form, stored, settings, action);
    if (checked.errors.length > 0) return refuse(context, request, kept, checked.errors);

    const rendered = bodyRenderer(context.config.siteUrl, settings).render(checked.article.body);
    const save: Save = { articleId: stored.id, revisionId: kept.revisionId, headId: stored.headRevisionId, kind, editorId: request.editor.id, article: checked.article, language: checked.article.language ?? settings.language, rendered };
    const result = await action.store(save, stored);
    if (result === 'saved') return goOn(stored.id, kind, kept === typed ? undefined : typed.revisionId);
    if (result === 'slug taken') return refuse(context, request, kept, [{ field: 'slug', message: 'another article has it' }]);
    if (result === 'withdrawn') return refuse(context, request, kept, [{ field: '', message: 'This article is withdrawn: save the text as it is, or reinstate the article first' }]);
  }
}

/** Whether an article is already what an action would make of the text that was saved last. */
function isDone(stored: EditedArticle, kind: Save['kind']): boolean {
  if (kind === 'draft') return true;
  return kind === 'submission' ? stored.submittedAt !== null : stored.publicRevisionId === stored.headRevisionId;
}

function check(form: ArticleForm, stored: EditedArticle, { zone }: Settings, action: TextAction): { article: ArticleInput; errors: FieldError[] } {
  const { article, errors } = parseArticleForm(form, zone);
  return { article, errors: errors.length > 0 ? errors : action.faults(article, stored) };
}

async function refuse(context: Context, request: EditorRequest, { articleId, revisionId, baseId, form }: KeptText, errors: FieldError[]): Promise<Answer> {
  await classifyRevision(context.db, revisionId, 'faulty');
  return { ...(await articleFormPage(context, request, { articleId, form, baseId, errors })), status: 422 };
}

function goOn(articleId: number, kind: string, joined?: number): Answer {
  return { seeOther: withQuery(admin.article(articleId), { done: kind, joined: joined === undefined ? undefined : String(joined) }) };
}

/** Somebody saved since this text was begun: what does not touch is joined; where the two are at odds the editor chooses. */
async function joinTexts({ db }: Context, { editor, now }: EditorRequest, kept: KeptText, stored: EditedArticle, saved: ArticleForm): Promise<KeptText | FormMerge> {
  const base = kept.baseId === null ? undefined : await findRevision(db, stored.id, kept.baseId);
  const merge = mergeForms(base?.form ?? readArticleForm({}), kept.form, saved);
  if (merge.conflicts.length > 0) {
    await classifyRevision(db, kept.revisionId, 'conflict');
    return merge;
  }
  const text = { uid: stored.uid, form: merge.form, baseId: stored.headRevisionId, kind: 'joined' as const, editorId: editor.id };
  return { ...(await keepRevision(db, text, await loadSettings(db), now)), form: merge.form };
}
