import { missingForReaders, type ArticleInput } from '../../content/articles/article.ts';
import { wasPublished } from '../../content/articles/publication.ts';
import type { Context } from '../../context.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { publishArticle } from '../../storage/articles/save-article.ts';
import type { ActionResult, TextRequest } from '../action.ts';
import type { FormProblem } from '../articles/article-fields.ts';
import { saveText } from '../saving/save-text.ts';

/** Publishes the article, or updates it if it is already published. */
export async function publication(context: Context, request: TextRequest): Promise<ActionResult> {
  const { now, form } = request;
  const isMinor = form['minor'] !== undefined;
  return saveText(context, request, {
    kind: (stored) => (!wasPublished(stored, now) ? 'publication' : isMinor ? 'minor update' : 'update'),
    isDone: (stored) => wasPublished(stored, now) && stored.withdrawnAt === null && stored.publicRevisionId === stored.headRevisionId,
    problems(article, stored) {
      return [...missingForReaders(article), ...timeProblems(article, stored, now)];
    },
    store(save, stored) {
      const publishedAt = publicationTime(save.article.publishedAt, stored, now);
      return publishArticle(context.db, save, { publishedAt, ...(wasPublished(stored, now) && !isMinor ? { updatedAt: now } : {}) }, now);
    },
  });
}

function timeProblems({ publishedAt }: ArticleInput, stored: EditedArticle, now: number): FormProblem[] {
  if (publishedAt === null || publishedAt <= now) return [];
  if (wasPublished(stored, now)) return [{ field: 'publishedAt', problem: { key: 'problems.publishedInFuture' } }];
  // A scheduled article has a future time, which publishing now replaces.
  return stored.publishedAt === null ? [{ field: 'publishedAt', problem: { key: 'problems.timeInFuture' } }] : [];
}

/** A past time that the editor typed, or else the existing publication time, or else now. */
function publicationTime(typed: number | null, stored: EditedArticle, now: number): number {
  if (typed !== null && typed <= now) return typed;
  return wasPublished(stored, now) && stored.publishedAt !== null ? stored.publishedAt : Math.floor(now / 1000) * 1000;
}
