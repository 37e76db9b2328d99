import type { Context } from '../../context.ts';
import { countUnusedTopics, deleteUnusedTopics } from '../../storage/named/edit-topics.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';

/** Asks before all topics without articles are deleted. */
export async function unusedForm({ db }: Context, { messages }: EditorRequest): Promise<ActionResult> {
  const count = await countUnusedTopics(db);
  return {
    view: 'topics/deletion',
    data: {
      title: messages.text('newsroomTopics.unusedTitle'),
      section: 'topics',
      text: messages.text('newsroomTopics.unusedNotice', { count }),
      button: count === 0 ? undefined : messages.text('newsroomTopics.confirmUnused', { count }),
      path: admin.unusedTopics,
      back: { href: admin.topics, label: messages.text('newsroomTopics.backToTopics') },
    },
  };
}

export async function deleteUnused({ db }: Context, { editor, now }: EditorRequest): Promise<ActionResult> {
  return { seeOther: withQuery(admin.topics, { deleted: String(await deleteUnusedTopics(db, editor.id, now)) }) };
}
