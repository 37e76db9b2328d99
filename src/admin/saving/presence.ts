import type { Context } from '../../context.ts';
import { listOthersAt, notePresence } from '../../storage/articles/presence.ts';
import { findRevisionHead } from '../../storage/revisions/revisions.ts';
import type { Answer, ArticleRequest } from '../answer.ts';

/** `POST /admin/articles/ID/presence`: records that the editor has the article open, and answers who else has, and who saved last. */
export async function presence({ db }: Context, { article, editor, messages, times, now }: ArticleRequest): Promise<Answer> {
  await notePresence(db, article.id, editor.id, now);
  const head = article.headRevisionId === null ? undefined : await findRevisionHead(db.reader, article.id, article.headRevisionId);
  return {
    json: {
      others: await listOthersAt(db, article.id, editor.id, now),
      head: head && { revision: head.id, who: head.editor?.id === editor.id ? 'you' : (head.editor?.name ?? messages.text('articleActions.import')), at: times.moment(head.at, now) },
    },
  };
}
