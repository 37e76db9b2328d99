import { inOrder, listed, toListed, toPage, type Cursor, type ListedArticle, type ListPage, type PageOfList } from '../articles/lists.ts';
import type { Database } from '../database/database.ts';

export interface Storyline {
  id: number;
  /** Given by an editor; otherwise empty. */
  name: string;
  joinedInto: number | null;
}

export async function findStoryline(db: Database, id: number): Promise<Storyline | undefined> {
  const row = await db.reader.selectFrom('storyline').select(['id', 'name', 'joined_into']).where('id', '=', id).executeTakeFirst();
  return row && { id: row.id, name: row.name, joinedInto: row.joined_into };
}

/** The articles of a storyline, newest first. */
export async function listOfStoryline(db: Database, id: number, page: PageOfList): Promise<ListPage> {
  const order = { time: 'place.public_at', id: 'place.article_id' };
  return toPage((await inOrder(inStoryline(db, id), page, order).execute()).map(toListed), page.limit);
}

/** The articles up to a place in the storyline and at this place, oldest first. */
export async function listUpTo(db: Database, id: number, { publishedAt, id: articleId }: Cursor, page: Omit<PageOfList, 'before'>): Promise<ListedArticle[]> {
  const { articles } = await listOfStoryline(db, id, { ...page, before: { publishedAt, id: articleId + 1 } });
  return articles.toReversed();
}

/** The first articles of a storyline, oldest first. */
export async function listFirst(db: Database, id: number, { now, limit }: Omit<PageOfList, 'before'>): Promise<ListedArticle[]> {
  const rows = await inStoryline(db, id).where('place.public_at', '<=', now).orderBy('place.public_at').orderBy('place.article_id').limit(limit).execute();
  return rows.map(toListed);
}

/** Counts the published articles of a storyline, up to a limit. */
export async function countStoryline(db: Database, id: number, { now, limit }: Omit<PageOfList, 'before'>): Promise<number> {
  const published = db.reader.selectFrom('storyline_article').select('article_id').where('storyline_id', '=', id).where('public_at', '<=', now).limit(limit);
  const row = await db.reader.selectFrom(published.as('counted')).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return row.count;
}

/** When the next scheduled article of a storyline will be published, UTC milliseconds. */
export async function findNextOfStoryline(db: Database, id: number, now: number): Promise<number | undefined> {
  const row = await db.reader.selectFrom('storyline_article').select('public_at').where('storyline_id', '=', id).where('public_at', '>', now).orderBy('public_at').limit(1).executeTakeFirst();
  return row?.public_at ?? undefined;
}

/** The first storylines with at least `size` published articles, by id, among those with ids from `from` and below `until`. */
export async function listLargeStorylines(db: Database, { from, until }: { from: number; until: number }, size: number, { now, limit }: Omit<PageOfList, 'before'>): Promise<number[]> {
  const rows = await db.reader
    .selectFrom('storyline')
    .select('storyline.id')
    .where('storyline.id', '>=', from)
    .where('storyline.id', '<', until)
    .where((eb) => eb.exists(eb.selectFrom('storyline_article').select('article_id').whereRef('storyline_id', '=', 'storyline.id').where('public_at', '<=', now).limit(1).offset(size - 1)))
    .orderBy('storyline.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

export async function findLastStorylineId(db: Database): Promise<number> {
  const { last } = await db.reader.selectFrom('storyline').select((eb) => eb.fn.max('id').as('last')).executeTakeFirstOrThrow();
  return last ?? 0;
}

function inStoryline(db: Database, id: number) {
  return listed(db).innerJoin('storyline_article as place', 'place.article_id', 'article.id').where('place.storyline_id', '=', id);
}
