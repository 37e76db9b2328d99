import { ifFuture, ifPast } from '../articles/articles.ts';
import type { ListedArticle } from '../articles/lists.ts';
import { opening } from '../articles/openings.ts';
import type { TextOverrides } from '../../content/pictures/picture.ts';
import type { Database } from '../database/database.ts';

export interface FeedDetails {
  id: number;
  uid: string;
  bodyHtml: string;
  opening: string;
  updatedAt: number | null;
  updatesAt: number | undefined;
  authors: { slug: string; name: string }[];
  topics: string[];
  /** Oldest first. */
  corrections: { at: number; text: string }[];
  /** The lead picture. */
  picture: ({ id: number } & TextOverrides) | undefined;
}

export async function findFeedDetails(db: Database, articles: ListedArticle[], now: number): Promise<Map<number, FeedDetails>> {
  const ids = articles.map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await db.reader.selectFrom('article').leftJoin('lead_picture', 'lead_picture.article_id', 'article.id').select(['article.id', 'uid', 'body_html', 'updated_at', 'lead_picture.picture_id', 'lead_picture.alt', 'lead_picture.caption']).select(opening.as('opening')).where('id', 'in', ids).execute();
  const authors = await db.reader.selectFrom('article_author').innerJoin('author', 'author.id', 'author_id').select(['article_id', 'slug', 'name']).where('article_id', 'in', ids).orderBy('position').execute();
  const topics = await db.reader.selectFrom('article_topic').innerJoin('topic', 'topic.id', 'topic_id').select(['article_id', 'name']).where('article_id', 'in', ids).orderBy('position').execute();
  const corrections = await db.reader.selectFrom('correction').select(['article_id', 'at', 'text']).where('article_id', 'in', ids).orderBy('id').execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        uid: row.uid,
        bodyHtml: row.body_html,
        opening: row.opening,
        updatedAt: ifPast(row.updated_at, now),
        updatesAt: ifFuture(row.updated_at, now),
        authors: authors.filter((author) => author.article_id === row.id).map(({ slug, name }) => ({ slug, name })),
        topics: topics.filter((topic) => topic.article_id === row.id).map(({ name }) => name),
        corrections: corrections.filter((correction) => correction.article_id === row.id).map(({ at, text }) => ({ at, text })),
        picture: row.picture_id === null ? undefined : { id: row.picture_id, alt: row.alt ?? '', caption: row.caption ?? '' },
      },
    ]),
  );
}
