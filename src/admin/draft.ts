import type { Context } from '../context.ts';
import { saveDraft } from '../storage/save-article.ts';
import type { Answer, EditorRequest } from './answer.ts';
import { saveText } from './save-text.ts';

/** `POST /admin/articles/ID/draft`: saves, without readers seeing anything of it. */
export async function draft(context: Context, request: EditorRequest): Promise<Answer> {
  return saveText(context, request, {
    kind: 'draft',
    faults: () => [],
    store: (save) => saveDraft(context.db, save, request.now),
  });
}
