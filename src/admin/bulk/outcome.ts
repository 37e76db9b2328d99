import type { MessageKey } from '../../messages/catalogue.ts';
import { findEdited } from '../../storage/articles/edited-article.ts';
import type { Handle } from '../../storage/database/schema.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { shownTitle } from '../articles/shown-title.ts';
import { listPath } from './selection.ts';

/** An article that was not changed, and why. */
export interface LeftOut {
  id: number;
  reason: MessageKey;
}

/** Each article is changed in a transaction of its own. If some could not be changed, the answer names them. */
export async function outcome(db: Handle, { form, messages }: EditorRequest, done: 'bulk-theme' | 'bulk-withdrawal', count: number, leftOut: LeftOut[]): Promise<ActionResult> {
  if (leftOut.length === 0) return { seeOther: listPath(form, { done, count: String(count) }) };
  return {
    status: 409,
    view: 'bulk/outcome',
    data: {
      title: messages.text('newsroomBulk.notChanged', { count: leftOut.length }),
      section: 'articles',
      changed: messages.text('newsroomBulk.changedOthers', { count }),
      leftOut: await showLeftOut(db, { messages }, leftOut),
      back: listPath(form),
    },
  };
}

export async function showLeftOut(db: Handle, { messages }: Pick<EditorRequest, 'messages'>, leftOut: LeftOut[]) {
  return Promise.all(
    leftOut.map(async ({ id, reason }) => {
      const article = await findEdited(db, id);
      return { title: article ? shownTitle(article.title, messages) : messages.text('auditLog.deletedArticle', { id }), href: article && admin.article(id), reason: messages.of({ key: reason }) };
    }),
  );
}
