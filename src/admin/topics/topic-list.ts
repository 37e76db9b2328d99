import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { nameList } from '../named/name-list.ts';
import { nameNotice } from '../named/name-notice.ts';

export async function topicList(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { query, messages } = request;
  const deleted = readId(query['deleted']);
  return nameList(context, request, 'topic', deleted === undefined ? nameNotice(request) : messages.text('newsroomTopics.afterUnused', { count: deleted }));
}
