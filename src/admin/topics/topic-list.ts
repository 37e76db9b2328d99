import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { nameList } from '../named/name-list.ts';
import { nameNotices } from '../named/name-notices.ts';
import { noticeOf } from '../notice.ts';

export async function topicList(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { query, messages } = request;
  const deleted = readId(query['deleted']);
  return nameList(context, request, 'topic', deleted === undefined ? noticeOf(request, nameNotices) : messages.text('newsroomTopics.afterUnused', { count: deleted }));
}
