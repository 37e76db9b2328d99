import type { Context } from '../../context.ts';
import { endPresence, isInOtherWindow, listOthersAt, recordPresence } from '../../storage/articles/presence.ts';
import { findRevisionHead, type RevisionHead } from '../../storage/revisions/revisions.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';

/** Records that the editor has the article open in a window, or has closed it. Returns who else has it open, whether the editor has it open in another window, and who saved it last. */
export async function presence({ db }: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, editor, form, messages, now } = request;
  const [windowId = ''] = /^\w{1,40}$/.exec(form['window'] ?? '') ?? [];
  const opened = { articleId: article.id, editorId: editor.id, windowId };
  if (form['closed'] !== undefined) {
    await endPresence(db, opened);
    return { json: {} };
  }
  await recordPresence(db, opened, { isHidden: form['hidden'] !== undefined }, now);
  const head = article.headRevisionId === null ? undefined : await findRevisionHead(db.reader, article.id, article.headRevisionId);
  const others = await listOthersAt(db, article.id, editor.id, now);
  return {
    json: {
      others: others.length === 0 ? '' : messages.text('articleForm.othersHere', { names: new Intl.ListFormat(messages.language).format(others), count: others.length }),
      otherWindow: windowId !== '' && (await isInOtherWindow(db, opened, now)) ? messages.text('articleForm.otherWindowHere') : '',
      // If the latest revision has no editor, it is the imported text, which the form already contains.
      head: head?.editor ? { revision: head.id, saved: describeSave(head.editor, head.at, request) } : undefined,
    },
  };
}

function describeSave(by: NonNullable<RevisionHead['editor']>, at: number, { editor, messages, times, now }: ArticleRequest): string {
  const time = times.moment(at, now);
  return by.id === editor.id ? messages.text('articleForm.savedByYou', { time }) : messages.text('articleForm.savedByOther', { name: by.name, time });
}
