import type { Context } from '../../context.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { nameList } from '../named/name-list.ts';
import { nameNotice } from '../named/name-notice.ts';

export async function authorList(context: Context, request: EditorRequest): Promise<ActionResult> {
  return nameList(context, request, 'author', nameNotice(request));
}
