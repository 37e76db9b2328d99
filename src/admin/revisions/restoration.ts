import { parseArticleForm } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { saveDraft } from '../../storage/articles/save-article.ts';
import { findRevision } from '../../storage/revisions/revisions.ts';
import { storeRevision } from '../../storage/revisions/store-revision.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { makeSave } from '../saving/save-text.ts';

/** Saves the text of an old revision as the latest revision, without publishing it. */
export async function restoration(context: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, editor, form: posted, settings, now } = request;
  const revision = await findRevision(context.db.reader, article.id, readId(posted['revision']) ?? 0, settings.zone);
  if (!revision) throw new RequestError(404, 'errors.noRevision');

  const { form } = revision;
  const { revisionId } = await storeRevision(context.db, { uid: article.uid, form, baseId: article.headRevisionId, kind: 'joined', editorId: editor.id, windowId: null }, settings, now);
  // Leaves out invalid fields. The form reports them when the editor next saves it.
  const save = await makeSave(context, request, { revisionId, form }, article, 'restoration', parseArticleForm(form, settings.zone).article);
  const result = await saveDraft(context.db, save, now);
  if (result === 'slug taken') await saveDraft(context.db, { ...save, article: { ...save.article, slug: null } }, now);
  if (result === 'conflict' || result === 'not allowed') throw new RequestError(409, 'errors.savedMeanwhile');
  return { seeOther: withQuery(admin.article(article.id), { done: 'restoration' }) };
}
