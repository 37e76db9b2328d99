import type { Context } from '../../context.ts';
import { deleteTopic } from '../../storage/named/edit-topics.ts';
import type { EditedName } from '../../storage/named/edited-names.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { findName, requireName } from '../named/name-pages.ts';

/** Asks for confirmation, or says that the topic has articles. */
export async function deletionForm(context: Context, request: EditorRequest): Promise<ActionResult> {
  return showDeletion(request, await requireName(context, request, 'topic'), 200);
}

export async function deletion(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, now, params } = request;
  const topic = await findName(context, request, 'topic', params['topic']);
  // The form may have been sent twice.
  if (!topic || (await deleteTopic(context.db, topic.id, editor.id, now))) return { seeOther: withQuery(admin.topics, { done: 'deletion' }) };
  return showDeletion(request, await requireName(context, request, 'topic'), 409);
}

function showDeletion({ messages }: EditorRequest, { id, name, articles }: EditedName, status: number): ActionResult {
  return {
    status,
    view: 'topics/deletion',
    data: {
      title: messages.text('newsroomTopics.deletionTitle', { name }),
      section: 'topics',
      text: messages.text(articles > 0 ? 'newsroomTopics.inUse' : 'newsroomTopics.deletionNotice'),
      button: articles > 0 ? undefined : messages.text('newsroomTopics.confirmDeletion'),
      path: admin.ofTopic(id, 'deletion'),
      back: { href: admin.topic(id), label: messages.text('newsroomTopics.backToTopic') },
    },
  };
}
