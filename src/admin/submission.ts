import { missingForReaders } from '../content/article.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../storage/save-article.ts';
import type { Answer, EditorRequest } from './answer.ts';
import { saveText } from './save-text.ts';

/** `POST /admin/articles/ID/submission`: hands a draft in for review. */
export async function submission(context: Context, request: EditorRequest): Promise<Answer> {
  return saveText(context, request, {
    kind: 'submission',
    faults: (article, stored) => (stored.publishedAt === null ? missingForReaders(article) : [{ field: '', message: 'It has been published or scheduled already' }]),
    store: (save) => saveDraft(context.db, save, request.now, request.now),
  });
}
