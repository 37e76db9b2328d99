import type { Context } from '../../context.ts';
import { listOthersAt, recordPresence } from '../../storage/articles/presence.ts';
import { findRevisionHead } from '../../storage/revisions/revisions.ts';
import type { Answer, ArticleRequest } from '../answer.ts';

/** `POST /admin/articles/ID/presence`: notes that the editor is here, and tells who else is and who saved last. */
export async function presence({ db }: Context, { article, editor, times, now }: ArticleRequest): Promise<Answer> {
  await recordPresence(db, article.id, editor.id, now);
  const head = article.headRevisionId === null ? undefined : await findRevisionHead(db.reader, article.id, article.headRevisionId);
  return {
    json: {
      others: await listOthersAt(db, article.id, editor.id, now),
      head: head && { revision: head.id, who: head.editor?.id === editor.id ? 'you' : (head.editor?.name ?? 'an import'), at: times.moment(head.at, now) },
    },
  };
}
