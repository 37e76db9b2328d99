import type { Context } from '../../context.ts';
import { isInOtherWindow, listOthersAt, recordPresence } from '../../storage/articles/presence.ts';
import { findRevisionHead, type RevisionHead } from '../../storage/revisions/revisions.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';

/** Records that the editor has the article open. Returns who else has it open, also the editor in another window, and who saved it last. */
export async function presence({ db }: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, editor, form, messages, now } = request;
  const [windowId = ''] = /^\w{1,40}$/.exec(form['window'] ?? '') ?? [];
  await recordPresence(db, article.id, editor.id, windowId, now);
  const head = article.headRevisionId === null ? undefined : await findRevisionHead(db.reader, article.id, article.headRevisionId);
  const others = await listOthersAt(db, article.id, editor.id, now);
  return {
    json: {
      others: others.length === 0 ? '' : messages.text('articleForm.othersHere', { names: new Intl.ListFormat(messages.language).format(others), count: others.length }),
      otherWindow: windowId !== '' && (await isInOtherWindow(db, article.id, editor.id, windowId, now)) ? messages.text('articleForm.otherWindowHere') : '',
      // If the latest revision has no editor, it is the imported text, which the form already contains.
      head: head?.editor ? { revision: head.id, saved: describeSave(head.editor, head.at, request) } : undefined,
    },
  };
}

function describeSave(by: NonNullable<RevisionHead['editor']>, at: number, { editor, messages, times, now }: ArticleRequest): string {
  const time = times.moment(at, now);
  return by.id === editor.id ? messages.text('articleForm.savedByYou', { time }) : messages.text('articleForm.savedByOther', { name: by.name, time });
}
