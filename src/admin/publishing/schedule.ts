import { missingForReaders, type ArticleInput } from '../../content/articles/article.ts';
import { wasPublished } from '../../content/articles/publication.ts';
import type { Context } from '../../context.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { publishArticle } from '../../storage/articles/save-article.ts';
import type { ActionResult, TextRequest } from '../action.ts';
import type { FormProblem } from '../articles/article-fields.ts';
import { saveText } from '../saving/save-text.ts';

export async function schedule(context: Context, request: TextRequest): Promise<ActionResult> {
  const { now } = request;
  return saveText(context, request, {
    kind: () => 'schedule',
    isDone: (stored, article) => stored.publishedAt === article.publishedAt && timeProblems(article, stored, now).length === 0 && stored.publicRevisionId === stored.headRevisionId,
    problems: (article, stored) => [...missingForReaders(article), ...timeProblems(article, stored, now)],
    store: (save) => publishArticle(context.db, save, { publishedAt: save.article.publishedAt ?? Math.floor(now / 1000) * 1000, updatedAt: null }, now),
  });
}

function timeProblems({ publishedAt }: ArticleInput, stored: EditedArticle, now: number): FormProblem[] {
  if (wasPublished(stored, now)) return [{ field: '', problem: { key: 'problems.alreadyPublished' } }];
  if (publishedAt === null) return [{ field: 'publishedAt', problem: { key: 'problems.timeToSchedule' } }];
  return publishedAt > now ? [] : [{ field: 'publishedAt', problem: { key: 'problems.timeInPast' } }];
}
