import type { Context } from '../../context.ts';
import { listOthersAt, recordPresence } from '../../storage/articles/presence.ts';
import { findRevisionHead, type RevisionHead } from '../../storage/revisions/revisions.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';

/** Records that the editor has the article open. Returns who else has it open and who saved it last. */
export async function presence({ db }: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, editor, messages, now } = request;
  await recordPresence(db, article.id, editor.id, now);
  const head = article.headRevisionId === null ? undefined : await findRevisionHead(db.reader, article.id, article.headRevisionId);
  const others = await listOthersAt(db, article.id, editor.id, now);
  return {
    json: {
      others: others.length === 0 ? '' : messages.text('articleForm.othersHere', { names: new Intl.ListFormat(messages.language).format(others), count: others.length }),
      head: head && { revision: head.id, saved: describeSave(head, request) },
    },
  };
}

function describeSave(head: RevisionHead, { editor, messages, times, now }: ArticleRequest): string {
  const time = times.moment(head.at, now);
  if (!head.editor) return messages.text('articleForm.savedByImport', { time });
  return head.editor.id === editor.id ? messages.text('articleForm.savedByYou', { time }) : messages.text('articleForm.savedByOther', { name: head.editor.name, time });
}
