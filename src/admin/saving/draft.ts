import type { Context } from '../../context.ts';
import { saveDraft } from '../../storage/articles/save-article.ts';
import type { ActionResult, TextRequest } from '../action.ts';
import { saveText } from './save-text.ts';

export async function draft(context: Context, request: TextRequest): Promise<ActionResult> {
  return saveText(context, request, {
    kind: () => 'draft',
    isDone: () => true,
    problems: () => [],
    store: (save) => saveDraft(context.db, save, request.now),
  });
}
