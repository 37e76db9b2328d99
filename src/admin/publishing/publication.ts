import { missingForReaders } from '../../content/articles/article.ts';
import type { Context } from '../../context.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { publishArticle } from '../../storage/articles/save-article.ts';
import type { Answer, TextRequest } from '../answer.ts';
import { isOut } from '../articles/article-state.ts';
import { saveText } from '../saving/save-text.ts';

/** `POST /admin/articles/ID/publication`: readers see the text now; of an article that is out already, this is an update. */
export async function publication(context: Context, request: TextRequest): Promise<Answer> {
  const { now, form } = request;
  const isMinor = form['minor'] !== undefined;
  return saveText(context, request, {
    kind: (stored) => (!isOut(stored, now) ? 'publication' : isMinor ? 'minor update' : 'update'),
    isDone: (stored) => isOut(stored, now) && stored.withdrawnAt === null && stored.publicRevisionId === stored.headRevisionId,
    faults(article, stored) {
      const isLater = isOut(stored, now) && article.publishedAt !== null && article.publishedAt > now;
      // Of one that is scheduled it is the time that it goes out before.
      const isUnclear = stored.publishedAt === null && article.publishedAt !== null && article.publishedAt > now;
      return [
        ...missingForReaders(article),
        ...(isLater ? [{ field: 'publishedAt', message: 'lies ahead, and readers have the article already' }] : []),
        ...(isUnclear ? [{ field: 'publishedAt', message: 'lies ahead: schedule the article for it, or empty this field to publish now' }] : []),
      ];
    },
    store(save, stored) {
      const publishedAt = timeOf(save.article.publishedAt, stored, now);
      const updatedAt = isOut(stored, now) && !isMinor ? now : stored.updatedAt;
      // A publication that is moved on past the last update leaves none behind it.
      return publishArticle(context.db, save, { publishedAt, updatedAt: updatedAt !== null && updatedAt < publishedAt ? null : updatedAt }, now);
    },
  });
}

/** A time that was typed and lies behind is kept; otherwise the article goes out now, or stays where it was. */
function timeOf(typed: number | null, stored: EditedArticle, now: number): number {
  if (typed !== null && typed <= now) return typed;
  return isOut(stored, now) && stored.publishedAt !== null ? stored.publishedAt : Math.floor(now / 1000) * 1000;
}
