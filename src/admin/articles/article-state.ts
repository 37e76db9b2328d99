import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import type { ShownTimes } from '../shown-times.ts';

/** Of an article, what its state is told from. */
export type StateParts = Pick<EditedArticle, 'publishedAt' | 'firstPublishedAt' | 'withdrawnAt' | 'submittedAt' | 'editedAt' | 'headRevisionId' | 'publicRevisionId'>;

/**
 * An article's state in words.
 *
 * @param form how dates are shown: `full`, with weekday and zone, or `short`, as in lists
 */
export function describeState(article: StateParts, times: ShownTimes, now: number, form: 'full' | 'short' = 'full'): { words: string; detail: string | undefined; name: string } {
  const since = (time: number) => times.date(time)[form];
  const pending = article.headRevisionId !== article.publicRevisionId ? `Changes saved ${times.moment(article.editedAt, now)} are not yet published` : undefined;
  if (article.withdrawnAt !== null) return { name: 'withdrawn', words: `Withdrawn ${since(article.withdrawnAt)}`, detail: undefined };
  if (article.publishedAt !== null && article.publishedAt > now) return { name: 'scheduled', words: `Scheduled for ${since(article.publishedAt)}`, detail: pending && `Changes saved ${times.moment(article.editedAt, now)} are not in what goes out` };
  if (article.publishedAt !== null) return { name: 'published', words: `Published ${since(article.publishedAt)}`, detail: pending };
  if (article.submittedAt !== null) return { name: 'review', words: `Handed in for review ${since(article.submittedAt)}`, detail: undefined };
  if (article.headRevisionId === null) return { name: 'draft', words: 'Draft, not saved yet', detail: undefined };
  return { name: 'draft', words: 'Draft', detail: `Saved ${times.moment(article.editedAt, now)}` };
}

/** Whether readers have, or had, the article. */
export function isOut({ firstPublishedAt }: Pick<StateParts, 'firstPublishedAt'>, now: number): boolean {
  return firstPublishedAt !== null && firstPublishedAt <= now;
}
