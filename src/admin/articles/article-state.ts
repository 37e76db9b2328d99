import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import type { AdminRequest } from '../action.ts';

export type StateParts = Pick<EditedArticle, 'publishedAt' | 'firstPublishedAt' | 'withdrawnAt' | 'submittedAt' | 'returnedAt' | 'editedAt' | 'headRevisionId' | 'publicRevisionId'>;

/** @param form the format of dates: `full`, with weekday and zone, or `short`, as in lists */
export function describeState(article: StateParts, { messages: { text }, times, now }: Pick<AdminRequest, 'messages' | 'times' | 'now'>, form: 'full' | 'short' = 'full'): { words: string; detail: string | undefined; name: string } {
  const on = (time: number) => ({ date: times.date(time)[form] });
  const saved = { time: times.moment(article.editedAt, now) };
  const hasChanges = article.headRevisionId !== article.publicRevisionId;
  if (article.withdrawnAt !== null) return { name: 'withdrawn', words: text('articleForm.withdrawn', on(article.withdrawnAt)), detail: undefined };
  if (article.publishedAt !== null && article.publishedAt > now) return { name: 'scheduled', words: text('articleForm.scheduled', on(article.publishedAt)), detail: hasChanges ? text('articleForm.scheduledWithChanges', saved) : undefined };
  if (article.publishedAt !== null) return { name: 'published', words: text('articleForm.published', on(article.publishedAt)), detail: hasChanges ? text('articleForm.publishedWithChanges', saved) : undefined };
  if (article.submittedAt !== null) return { name: 'review', words: text('articleForm.inReview', on(article.submittedAt)), detail: undefined };
  if (article.returnedAt !== null) return { name: 'returned', words: text('articleForm.returned', on(article.returnedAt)), detail: undefined };
  if (article.headRevisionId === null) return { name: 'draft', words: text('articleForm.draftNotSaved'), detail: undefined };
  return { name: 'draft', words: text('articleForm.draft'), detail: text('articleForm.lastSaved', saved) };
}
