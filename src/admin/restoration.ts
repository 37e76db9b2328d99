import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { findRevision } from '../storage/revisions.ts';
import { restoreRevision } from '../storage/restore-revision.ts';
import { admin, withQuery } from '../urls.ts';
import type { Answer, EditorRequest } from './answer.ts';

/** `POST /admin/articles/ID/restoration`: what a revision holds becomes the article's text again, as a new revision. */
export async function restoration({ db }: Context, { article, editor, form, now }: EditorRequest): Promise<Answer> {
  const revision = article && (await findRevision(db, article.id, Number(form['revision']) || 0));
  if (!revision) throw new RequestError(404, 'There is no such revision.');
  await restoreRevision(db, article.id, revision, editor.id, now);
  return { seeOther: withQuery(admin.article(article.id), { done: 'restoration' }) };
}
