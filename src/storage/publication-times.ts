import type { Database } from './database.ts';
import type { NamedKind } from './named.ts';

/** When something of the site came out last, and when something will next. UTC milliseconds. */
export interface PublicationTimes {
  latest: number | undefined;
  next: number | undefined;
  /** When a theme without a published article gets its first. */
  nextTheme: number | undefined;
}

export async function findPublicationTimes(db: Database, now: number): Promise<PublicationTimes> {
  const latest = await db.reader.selectFrom('article').select('public_at').where('public_at', '<=', now).orderBy('public_at', 'desc').limit(1).executeTakeFirst();
  const next = await db.reader.selectFrom('article').select('public_at').where('public_at', '>', now).orderBy('public_at').limit(1).executeTakeFirst();
  return { latest: latest?.public_at ?? undefined, next: next?.public_at ?? undefined, nextTheme: next && (await findNextTheme(db, now)) };
}

async function findNextTheme(db: Database, now: number): Promise<number | undefined> {
  const row = await db.reader
    .selectFrom('theme')
    .innerJoin('article', 'article.theme_id', 'theme.id')
    .select(({ fn }) => fn.min('article.public_at').as('next'))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('article as out').select('out.id').whereRef('out.theme_id', '=', 'theme.id').where('out.public_at', '<=', now))))
    .where('article.public_at', '>', now)
    .executeTakeFirst();
  return row?.next ?? undefined;
}

/** When the next article of a theme, an author or a topic comes out. */
export async function findNextOf(db: Database, kind: NamedKind, id: number, now: number): Promise<number | undefined> {
  const named = { theme: ['article', 'theme_id'], author: ['article_author', 'author_id'], topic: ['article_topic', 'topic_id'] } as const;
  const [table, column] = named[kind];
  const row = await db.reader.selectFrom(table).select('public_at').where(column, '=', id).where('public_at', '>', now).orderBy('public_at').limit(1).executeTakeFirst();
  return row?.public_at ?? undefined;
}
