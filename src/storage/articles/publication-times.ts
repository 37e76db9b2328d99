import type { Database } from '../database/database.ts';
import type { NamedKind } from '../database/schema.ts';

export interface PublicationTimes {
  latest: number | undefined;
  next: number | undefined;
}

export async function findPublicationTimes(db: Database, now: number): Promise<PublicationTimes> {
  const latest = await db.reader.selectFrom('article').select('public_at').where('public_at', '<=', now).orderBy('public_at', 'desc').limit(1).executeTakeFirst();
  const next = await db.reader.selectFrom('article').select('public_at').where('public_at', '>', now).orderBy('public_at').limit(1).executeTakeFirst();
  return { latest: latest?.public_at ?? undefined, next: next?.public_at ?? undefined };
}

/** Counts withdrawn articles too. */
export async function wasEverPublished(db: Database, kind: NamedKind, id: number, now: number): Promise<boolean> {
  const published = db.reader.selectFrom('article').select('article.id').where('first_published_at', '<=', now).limit(1);
  const queries = {
    theme: () => published.where('theme_id', '=', id),
    author: () => published.innerJoin('article_author', 'article_author.article_id', 'article.id').where('author_id', '=', id),
    topic: () => published.innerJoin('article_topic', 'article_topic.article_id', 'article.id').where('topic_id', '=', id),
  };
  return (await queries[kind]().executeTakeFirst()) !== undefined;
}

export async function findNextScheduled(db: Database, kind: NamedKind, id: number, now: number): Promise<number | undefined> {
  const named = { theme: ['article', 'theme_id'], author: ['article_author', 'author_id'], topic: ['article_topic', 'topic_id'] } as const;
  const [table, column] = named[kind];
  const row = await db.reader.selectFrom(table).select('public_at').where(column, '=', id).where('public_at', '>', now).orderBy('public_at').limit(1).executeTakeFirst();
  return row?.public_at ?? undefined;
}
