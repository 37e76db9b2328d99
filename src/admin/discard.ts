import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { discardUnsaved } from '../storage/revisions.ts';
import { admin, withQuery } from '../urls.ts';
import type { Answer, EditorRequest } from './answer.ts';

/** `POST /admin/articles/ID/discard`: what the editor typed and did not save is offered no more; it stays a revision. */
export async function discard({ db }: Context, { article, editor, form, now }: EditorRequest): Promise<Answer> {
  if (!article) throw new RequestError(404, 'There is no such article.');
  await discardUnsaved(db, article.id, editor.id, Number(form['revision']) || 0, now);
  return { seeOther: withQuery(admin.article(article.id), { done: 'discard' }) };
}
