import { sql } from 'kysely';
import { chooseHeadlines, newestFirst } from '../../content/related/headlines.ts';
import { articleOrder, inOrder, listed, toListed, toPage, type Cursor, type ListedArticle, type ListedRow, type ListPage, type Order, type PageOfList } from '../articles/lists.ts';
import type { Database } from '../database/database.ts';

export interface StorylineArticle extends ListedArticle {
  /** Null: the article is alone in its storyline. */
  storylineId: number | null;
}

interface StorylineRow extends ListedRow {
  storyline_id: number | null;
}

const placeOrder: Order = { time: 'place.public_at', id: 'place.article_id' };

/** The newest articles of the storylines of a theme, newest first. */
export async function listNewestOfTheme(db: Database, themeId: number, page: PageOfList): Promise<ListPage<StorylineArticle>> {
  return newestOfStorylines(db, page, themeId);
}

/** The articles of a theme that are not the newest of their storyline, newest first. */
export async function listEarlierOfTheme(db: Database, themeId: number, page: PageOfList): Promise<ListPage<StorylineArticle>> {
  // The unary plus keeps the databases from using the index on `superseded_at`, after which they would have to sort.
  const query = inStorylines(db).where('place.theme_id', '=', themeId).where('place.superseded_at', 'is not', null).where(sql<boolean>`+place.superseded_at <= ${page.now}`);
  return toPage((await inOrder(query, page, placeOrder).execute()).map(toStorylineArticle), page.limit);
}

/**
 * The articles of a theme: first the newest of each storyline, then all others. Each page is in order of time, so the
 * page with the last storylines may begin with a later article than the page before it.
 */
export async function listThemeByStoryline(db: Database, themeId: number, page: PageOfList): Promise<ListPage<StorylineArticle>> {
  const { now, limit, before } = page;
  const newest = before?.isEarlier ? { articles: [], next: undefined } : await listNewestOfTheme(db, themeId, page);
  if (newest.next) return newest;
  const room = limit - newest.articles.length;
  const earlier = await listEarlierOfTheme(db, themeId, { now, limit: Math.max(1, room), before: before?.isEarlier ? before : undefined });
  if (room === 0) return { ...newest, next: earlier.articles.length > 0 ? newest.articles.at(-1) : undefined };
  return { articles: [...newest.articles, ...earlier.articles].toSorted(newestFirst), next: earlier.next && { ...earlier.next, isEarlier: true } };
}

/** From these articles, newest first, `chooseHeadlines` can choose `length` articles of a theme, whichever one of them a page leaves out. */
export async function listHeadlines(db: Database, themeId: number, now: number, length: number): Promise<StorylineArticle[]> {
  const page = { now, limit: length + 1 };
  const { articles: newest } = await listNewestOfTheme(db, themeId, page);
  const { articles: earlier } = newest.length > length ? { articles: [] } : await listEarlierOfTheme(db, themeId, page);
  // If a page leaves out the newest article of a storyline, the one before it is the newest.
  const previous = await listPrevious(db, newest);
  const byId = new Map([...newest, ...previous, ...earlier].map((article) => [article.id, article]));
  return [...byId.values()].toSorted(newestFirst);
}

/** The newest article of each storyline, and only if there are too few storylines, further articles, in order of time. */
export async function listFrontPage(db: Database, now: number, length: number): Promise<StorylineArticle[]> {
  const newest = await listNewestOfAll(db, now, length);
  if (newest.length === length) return newest;
  const { articles } = await listLatestArticles(db, { now, limit: length });
  const byId = new Map([...newest, ...articles].map((article) => [article.id, article]));
  return chooseHeadlines([...byId.values()].toSorted(newestFirst), length);
}

/** Leaves out the repeated articles of storylines with several themes. */
async function listNewestOfAll(db: Database, now: number, length: number): Promise<StorylineArticle[]> {
  const newest: StorylineArticle[] = [];
  const storylines = new Set<number>();
  for (let before: Cursor | undefined, isLast = false; !isLast; ) {
    const page: ListPage<StorylineArticle> = await newestOfStorylines(db, { now, limit: length, before });
    for (const article of page.articles) {
      if (article.storylineId === null || !storylines.has(article.storylineId)) newest.push(article);
      if (article.storylineId !== null) storylines.add(article.storylineId);
    }
    before = page.next;
    isLast = newest.length >= length || before === undefined;
  }
  return newest.slice(0, length);
}

/**
 * From these articles, newest first, `chooseForBlock` can choose `length` articles of a theme.
 *
 * @param onPage how many articles of the theme, or of its storylines, are already on the page at most
 */
export async function listForBlock(db: Database, themeId: number, now: number, { onPage, length }: { onPage: number; length: number }): Promise<StorylineArticle[]> {
  const page = { now, limit: onPage + length };
  const { articles: newest } = await listNewestOfTheme(db, themeId, page);
  const { articles: earlier } = newest.length === page.limit ? { articles: [] } : await listEarlierOfTheme(db, themeId, page);
  return [...newest, ...earlier].toSorted(newestFirst);
}

/** All articles, newest first. */
async function listLatestArticles(db: Database, page: PageOfList): Promise<ListPage<StorylineArticle>> {
  return toPage((await inOrder(inStorylines(db), page, articleOrder).execute()).map(toStorylineArticle), page.limit);
}

/** For each article that is in a storyline, the one before it in the same storyline and theme. */
export async function listPrevious(db: Database, articles: StorylineArticle[]): Promise<StorylineArticle[]> {
  const ids = articles.filter(({ storylineId }) => storylineId !== null).map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await db.reader
    .selectFrom('storyline_article as own')
    .select((eb) =>
      eb
        .selectFrom('storyline_article as earlier')
        .select('earlier.article_id')
        .whereRef('earlier.storyline_id', '=', 'own.storyline_id')
        .whereRef('earlier.theme_id', '=', 'own.theme_id')
        .where(isEarlier)
        .orderBy(sql`earlier.public_at desc, earlier.article_id desc`)
        .limit(1)
        .as('id'),
    )
    .where('own.article_id', 'in', ids)
    .execute();
  const found = rows.flatMap(({ id }) => id ?? []);
  return found.length === 0 ? [] : (await inStorylines(db).where('article.id', 'in', found).execute()).map(toStorylineArticle);
}

/** The largest number that {@link countEarlier} counts to. */
export const maxEarlier = 100;

/** How many published articles of the storyline are older, by the article's id, at most `maxEarlier`. Leaves out articles without older ones. */
export async function countEarlier(db: Database, articles: Pick<StorylineArticle, 'id' | 'storylineId'>[]): Promise<Map<number, number>> {
  const ids = articles.filter(({ storylineId }) => storylineId !== null).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await db.reader
    .selectFrom('storyline_article as own')
    .select('own.article_id')
    .select((eb) => {
      const older = eb.selectFrom('storyline_article as earlier').select('earlier.article_id').whereRef('earlier.storyline_id', '=', 'own.storyline_id').where(isEarlier).limit(maxEarlier);
      return eb.selectFrom(older.as('counted')).select((of) => of.fn.countAll<number>().as('count')).as('count');
    })
    .where('own.article_id', 'in', ids)
    .execute();
  return new Map(rows.flatMap((row) => (row.count ? [[row.article_id, row.count] as const] : [])));
}

// The first condition is redundant, but SQLite needs it to seek in the index.
const isEarlier = sql<boolean>`earlier.public_at <= own.public_at and (earlier.public_at, earlier.article_id) < (own.public_at, own.article_id)`;

function inStorylines(db: Database) {
  return listed(db).innerJoin('storyline_article as place', 'place.article_id', 'article.id').select('place.storyline_id');
}

async function newestOfStorylines(db: Database, page: PageOfList, themeId?: number): Promise<ListPage<StorylineArticle>> {
  let newest = inStorylines(db).where('place.superseded_at', 'is', null);
  // Published articles that only a scheduled article supersedes. There are few, so they need no order. The unary plus
  // makes the databases use the index on `superseded_at`.
  let pending = inStorylines(db).where('place.superseded_at', '>', page.now).where(sql<boolean>`+place.public_at <= ${page.now}`);
  if (themeId !== undefined) {
    newest = newest.where('place.theme_id', '=', themeId);
    pending = pending.where(sql<boolean>`+place.theme_id = ${themeId}`);
  }
  const rows = [...(await inOrder(newest, page, placeOrder).execute()), ...(await pending.execute())];
  const { before } = page;
  const following = rows.map(toStorylineArticle).filter((article) => before === undefined || newestFirst(before, article) < 0);
  return toPage(following.toSorted(newestFirst), page.limit);
}

function toStorylineArticle(row: StorylineRow): StorylineArticle {
  return { ...toListed(row), storylineId: row.storyline_id };
}
