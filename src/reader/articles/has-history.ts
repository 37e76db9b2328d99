import type { PublishedArticle } from '../../storage/articles/articles.ts';
import type { Site } from '../site.ts';

/** Only articles that show when they were updated have a public history. */
export function hasHistory({ settings }: Site, article: PublishedArticle): boolean {
  return settings.publicHistory && updatedLater(article) && article.publicVersions > 1;
}

export function updatedLater(article: PublishedArticle): article is PublishedArticle & { updatedAt: number } {
  return article.updatedAt !== null && article.updatedAt > article.publishedAt;
}
