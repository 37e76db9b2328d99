import type { PublishedArticle } from '../../storage/articles/articles.ts';
import type { Database } from '../../storage/database/database.ts';
import { hasPublicHistory } from '../../storage/revisions/public-versions.ts';
import type { Site } from '../site.ts';

/** Only articles that show when they were updated have a public history. */
export async function hasHistory(db: Database, { settings }: Site, article: PublishedArticle, now: number): Promise<boolean> {
  return settings.publicHistory && updatedLater(article) && (await hasPublicHistory(db, article.id, now));
}

export function updatedLater(article: PublishedArticle): article is PublishedArticle & { updatedAt: number } {
  return article.updatedAt !== null && article.updatedAt > article.publishedAt;
}
