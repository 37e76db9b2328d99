import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { deleteDraft } from '../storage/article-states.ts';
import { findEdited } from '../storage/editing.ts';
import { admin, withQuery } from '../urls.ts';
import type { Answer, EditorRequest } from './answer.ts';

/** `GET /admin/articles/ID/deletion`: asks whether it is meant. */
export async function deletionForm({ db }: Context, { article }: EditorRequest): Promise<Answer> {
  const stored = article && (await findEdited(db.reader, article.id));
  if (!stored) throw new RequestError(404, 'There is no such article.');
  return { view: 'deletion', data: { title: 'Delete the draft', place: 'articles', name: stored.title || 'Untitled', path: admin.ofArticle(stored.id, 'deletion'), back: admin.article(stored.id) } };
}

/** `POST /admin/articles/ID/deletion`: removes a draft that was never published. */
export async function deletion({ db }: Context, { article, editor, now }: EditorRequest): Promise<Answer> {
  if (!article) throw new RequestError(404, 'There is no such article.');
  if (!(await deleteDraft(db, article.id, now, editor.id))) throw new RequestError(409, 'Only a draft that was never published can be deleted. Take a scheduled one back first; withdraw what is out.');
  return { seeOther: withQuery(admin.articles, { done: 'deletion' }) };
}
