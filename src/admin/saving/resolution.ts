import { readArticleForm, type ArticleForm } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import { mergeForms, resolveMerge } from '../../content/articles/merge.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findRevision } from '../../storage/revisions/revisions.ts';
import { storeRevision } from '../../storage/revisions/store-revision.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { readWindow } from './store-text.ts';

/** Merges two versions as the editor chose, and shows the result before it is saved. */
export async function resolution({ db }: Context, { article, editor, form, settings, now }: ArticleRequest): Promise<ActionResult> {
  const formOf = async (name: string): Promise<ArticleForm | undefined> => (await findRevision(db.reader, article.id, readId(form[name]) ?? 0, settings.zone))?.form;
  const [base, mine, theirs] = [await formOf('base'), await formOf('mine'), await formOf('theirs')];
  if (!mine || !theirs) throw new RequestError(400, 'errors.versionGone');

  const resolved = resolveMerge(mergeForms(base ?? readArticleForm({}), mine, theirs), form);
  const text = { uid: article.uid, form: resolved, baseId: readId(form['theirs']) ?? null, kind: 'joined' as const, editorId: editor.id, windowId: readWindow(form) };
  const { revisionId } = await storeRevision(db, text, settings, now);
  return { seeOther: withQuery(admin.article(article.id), { revision: String(revisionId), joined: form['mine'] }) };
}
