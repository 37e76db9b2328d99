import { missingForReaders, type ArticleInput, type FieldError } from '../../content/articles/article.ts';
import type { Context } from '../../context.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { publishArticle } from '../../storage/articles/save-article.ts';
import type { Answer, TextRequest } from '../answer.ts';
import { isOut } from '../articles/article-state.ts';
import { saveText } from '../saving/save-text.ts';

/** `POST /admin/articles/ID/schedule`: this text goes out at its time, which lies ahead. */
export async function schedule(context: Context, request: TextRequest): Promise<Answer> {
  const { now } = request;
  return saveText(context, request, {
    kind: () => 'schedule',
    isDone: (stored, article) => stored.publishedAt === article.publishedAt && wrongTime(article, stored, now).length === 0 && stored.publicRevisionId === stored.headRevisionId,
    faults: (article, stored) => [...missingForReaders(article), ...wrongTime(article, stored, now)],
    store: (save) => publishArticle(context.db, save, { publishedAt: save.article.publishedAt ?? Math.floor(now / 1000) * 1000, updatedAt: null }, now),
  });
}

function wrongTime({ publishedAt }: ArticleInput, stored: EditedArticle, now: number): FieldError[] {
  if (isOut(stored, now)) return [{ field: '', message: 'Readers have the article already: update it instead' }];
  if (publishedAt === null) return [{ field: 'publishedAt', message: 'missing: when is it to go out?' }];
  return publishedAt > now ? [] : [{ field: 'publishedAt', message: 'lies behind: choose a time that lies ahead, or publish now' }];
}
