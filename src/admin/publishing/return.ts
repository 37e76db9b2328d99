import type { Context } from '../../context.ts';
import { saveDraft } from '../../storage/articles/save-article.ts';
import type { ActionResult, TextRequest } from '../action.ts';
import { saveText } from '../saving/save-text.ts';

/** Sends a submitted draft back to its author, with the note in the form and the changes that were made to the text. */
export async function sendBack(context: Context, request: TextRequest): Promise<ActionResult> {
  return saveText(context, request, {
    kind: () => 'return',
    isDone: (stored) => stored.returnedAt !== null,
    problems: (_article, stored) => (stored.submittedAt === null || stored.publishedAt !== null ? [{ field: '', problem: { key: 'problems.notInReview' } }] : []),
    store: (save) => saveDraft(context.db, save, request.now, 'send back'),
  });
}
