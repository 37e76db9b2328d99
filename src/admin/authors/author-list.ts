import type { Context } from '../../context.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { nameList } from '../named/name-list.ts';
import { nameNotices } from '../named/name-notices.ts';
import { noticeOf } from '../notice.ts';

export async function authorList(context: Context, request: EditorRequest): Promise<ActionResult> {
  return nameList(context, request, 'author', noticeOf(request, nameNotices));
}
