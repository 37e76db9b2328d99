import { unsavedKinds } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { withCurrentNames } from '../../storage/named/current-names.ts';
import { findLastText, findRevision, findUnsaved, type Revision } from '../../storage/revisions/revisions.ts';
import { loadSavedForm } from '../../storage/revisions/stored-form.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { articleFormPage } from './article-form.ts';

/** The form with the latest saved text, or with the text of `?revision=`. */
export async function editArticle(context: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, params, query, settings } = request;
  if (params['id'] !== String(article.id)) return { seeOther: withQuery(admin.article(article.id), { done: query['done'] }) };

  const revision = await findRequestedRevision(context, request);
  const { reader } = context.db;
  if (!revision) return articleFormPage(context, request, { articleId: article.id, form: await withCurrentNames(reader, await loadSavedForm(reader, article, settings.zone)), baseId: article.headRevisionId, revisionId: article.headRevisionId });
  // Another editor's unsaved text is itself the base of what is typed here. An editor's own is merged with the revision on which it is based. A saved revision replaces the latest text without merging.
  const isOwn = revision.editor?.id === request.editor.id;
  const unsavedBaseId = article.headRevisionId === null && !isOwn ? revision.id : revision.baseId;
  const baseId = unsavedKinds.includes(revision.kind) ? unsavedBaseId : article.headRevisionId;
  return articleFormPage(context, request, { articleId: article.id, form: await withCurrentNames(reader, revision.form), baseId, revisionId: revision.id, windowId: isOwn ? revision.windowId : null });
}

/** Falls back to the editor's own unsaved text, or else to another editor's, if the article was never saved. */
async function findRequestedRevision({ db }: Context, { article, editor, query, settings: { zone } }: ArticleRequest): Promise<Revision | undefined> {
  const requested = query['revision'] === undefined ? undefined : await findRevision(db.reader, article.id, readId(query['revision']) ?? 0, zone);
  if (requested || article.headRevisionId !== null) return requested;
  return (await findUnsaved(db.reader, article.id, editor.id, zone)) ?? findLastText(db.reader, article.id, zone);
}
