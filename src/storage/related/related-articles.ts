import type { Database } from '../database/database.ts';
import { preparedQuery } from '../database/prepared-query.ts';

export interface RelatedArticle {
  id: number;
  slug: string;
  /** Inline Markdown. */
  title: string;
  language: string;
  /** May be in the future, UTC milliseconds. */
  publishedAt: number;
  storylineId: number | null;
  /** The name of its theme. */
  theme: string;
}

const related = preparedQuery((db, ...ids: number[]) =>
  db
    .selectFrom('storyline_article as place')
    .innerJoin('article', 'article.id', 'place.article_id')
    .innerJoin('theme', 'theme.id', 'place.theme_id')
    .select(['place.article_id as id', 'article.slug', 'title', 'language', 'place.public_at', 'place.storyline_id', 'theme.name as theme'])
    .where('place.article_id', 'in', ids)
    .where('place.public_at', 'is not', null),
);

/** How many articles {@link loadRelatedArticles} finds at most. A page shows five, and most of its first six can be shown. */
export const maxFound = 6;

/** The published and scheduled articles among the first `maxFound` ids. */
export async function loadRelatedArticles(db: Database, ids: number[]): Promise<RelatedArticle[]> {
  const [first] = ids;
  if (first === undefined) return [];
  // The prepared query always has the same number of parameters.
  const rows = await related(db, ...Array.from({ length: maxFound }, (_, index) => ids[index] ?? first));
  return rows.map(({ slug, public_at: publishedAt, storyline_id: storylineId, ...row }) => ({ ...row, slug: slug ?? '', publishedAt: publishedAt ?? 0, storylineId }));
}
