import { unsavedKinds } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { findLastText, findRevision, findUnsaved, type Revision } from '../../storage/revisions/revisions.ts';
import { loadSavedForm } from '../../storage/revisions/stored-form.ts';
import { admin } from '../../urls.ts';
import type { Answer, ArticleRequest } from '../answer.ts';
import { articleFormPage } from './article-form.ts';

/** `GET /admin/articles/ID`: the form with the latest saved text, or with the revision that `?revision=` names. */
export async function editArticle(context: Context, request: ArticleRequest): Promise<Answer> {
  const { article, params, settings } = request;
  if (params['id'] !== String(article.id)) return { seeOther: admin.article(article.id) };

  const wanted = await findWanted(context, request);
  if (!wanted) return articleFormPage(context, request, { articleId: article.id, form: await loadSavedForm(context.db.reader, article, settings.zone), baseId: article.headRevisionId, revisionId: article.headRevisionId });
  // An unsaved text keeps its own base revision. A saved one replaces the latest text without merging.
  const baseId = unsavedKinds.includes(wanted.kind) ? wanted.baseId : article.headRevisionId;
  return articleFormPage(context, request, { articleId: article.id, form: wanted.form, baseId, revisionId: wanted.id, windowId: wanted.editor?.id === request.editor.id ? wanted.windowId : null });
}

/** For an article that was never saved: the editor's own unsaved text, or else another editor's. */
async function findWanted({ db }: Context, { article, editor, query, settings: { zone } }: ArticleRequest): Promise<Revision | undefined> {
  const named = query['revision'] === undefined ? undefined : await findRevision(db.reader, article.id, readId(query['revision']) ?? 0, zone);
  if (named || article.headRevisionId !== null) return named;
  return (await findUnsaved(db.reader, article.id, editor.id, zone)) ?? findLastText(db.reader, article.id, zone);
}
