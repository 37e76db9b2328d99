import type { Context } from '../../context.ts';
import { saveDraft } from '../../storage/articles/save-article.ts';
import type { Answer, TextRequest } from '../answer.ts';
import { saveText } from './save-text.ts';

/** `POST /admin/articles/ID/draft`: saves the text without publishing it. */
export async function draft(context: Context, request: TextRequest): Promise<Answer> {
  return saveText(context, request, {
    kind: () => 'draft',
    isDone: () => true,
    problems: () => [],
    store: (save) => saveDraft(context.db, save, request.now),
  });
}
