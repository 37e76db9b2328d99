import { missingForReaders } from '../../content/articles/article.ts';
import type { Context } from '../../context.ts';
import { saveDraft } from '../../storage/articles/save-article.ts';
import type { ActionResult, TextRequest } from '../action.ts';
import { saveText } from '../saving/save-text.ts';

/** Submits a draft for review. */
export async function submission(context: Context, request: TextRequest): Promise<ActionResult> {
  return saveText(context, request, {
    kind: () => 'submission',
    isDone: (stored) => stored.submittedAt !== null,
    problems: (article, stored) => (stored.publishedAt === null ? missingForReaders(article) : [{ field: '', problem: { key: 'problems.alreadySubmitted' } }]),
    store: (save) => saveDraft(context.db, save, request.now, 'submit'),
  });
}
