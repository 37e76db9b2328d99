import { sql, type SelectQueryBuilder } from 'kysely';
import type { Database } from '../database/database.ts';

export interface ListedArticle {
  id: number;
  slug: string;
  /** Inline Markdown. */
  title: string;
  standfirst: string;
  summary: string;
  language: string;
  publishedAt: number;
  /** Of the lead picture. */
  pictureId: number | null;
  theme: { slug: string; name: string };
}

export interface Cursor {
  publishedAt: number;
  id: number;
  /** In a list by storyline: the newest articles of all storylines have been listed, and those before them follow. */
  isEarlier?: boolean;
}

export interface ListPage<Article extends ListedArticle = ListedArticle> {
  articles: Article[];
  next: Cursor | undefined;
}

export interface PageOfList {
  now: number;
  limit: number;
  before?: Cursor | undefined;
}

export async function listLatest(db: Database, page: PageOfList): Promise<ListPage> {
  return newestFirst(listed(db), page);
}

export async function listOfTheme(db: Database, themeId: number, page: PageOfList): Promise<ListPage> {
  return newestFirst(listed(db).where('theme_id', '=', themeId), page);
}

/** `from` is inclusive and `until` exclusive. */
export async function listOfPeriod(db: Database, period: { from: number; until: number }, page: PageOfList): Promise<ListPage> {
  return newestFirst(listed(db).where('article.public_at', '>=', period.from), { ...page, now: Math.min(page.now, period.until - 1) });
}

export async function listOfAuthor(db: Database, authorId: number, page: PageOfList): Promise<ListPage> {
  return newestFirst(listed(db).innerJoin('article_author as named', 'named.article_id', 'article.id').where('named.author_id', '=', authorId), page, namedOrder);
}

export async function listOfTopic(db: Database, topicId: number, page: PageOfList): Promise<ListPage> {
  return newestFirst(listed(db).innerJoin('article_topic as named', 'named.article_id', 'article.id').where('named.topic_id', '=', topicId), page, namedOrder);
}

/** Keeps the order of the ids and leaves out articles that are not published. */
export async function listByIds(db: Database, ids: number[], now: number): Promise<ListedArticle[]> {
  if (ids.length === 0) return [];
  const rows = await listed(db).where('article.id', 'in', ids).where('article.public_at', '<=', now).execute();
  const byId = new Map(rows.map((row) => [row.id, toListed(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export interface ListedRow {
  id: number;
  slug: string | null;
  title: string;
  standfirst: string;
  summary: string;
  language: string;
  public_at: number | null;
  picture_id: number | null;
  theme_slug: string;
  theme_name: string;
}

/** The columns that a list is sorted by, which need an index. */
export interface Order {
  time: string;
  id: string;
}

export const articleOrder: Order = { time: 'article.public_at', id: 'article.id' };
const namedOrder: Order = { time: 'named.public_at', id: 'named.article_id' };

export function listed(db: Pick<Database, 'reader'>) {
  return db.reader
    .selectFrom('article')
    .innerJoin('theme', 'theme.id', 'article.theme_id')
    .leftJoin('lead_picture', 'lead_picture.article_id', 'article.id')
    .select(['article.id', 'article.slug', 'title', 'standfirst', 'summary', 'language', 'article.public_at', 'lead_picture.picture_id', 'theme.slug as theme_slug', 'theme.name as theme_name']);
}

async function newestFirst<DB, TB extends keyof DB>(query: SelectQueryBuilder<DB, TB, ListedRow>, page: PageOfList, order = articleOrder): Promise<ListPage> {
  return toPage((await inOrder(query, page, order).execute()).map(toListed), page.limit);
}

/** The articles that follow the cursor, one more than the limit. */
export function inOrder<DB, TB extends keyof DB, Row>(query: SelectQueryBuilder<DB, TB, Row>, { now, limit, before }: PageOfList, order: Order): SelectQueryBuilder<DB, TB, Row> {
  const time = sql.ref(order.time);
  const id = sql.ref(order.id);
  // A cursor instead of OFFSET makes page 1,000 as fast as page 1. The bound on the time alone is redundant, but SQLite
  // needs it to seek in the index.
  const latest = sql<boolean>`${time} <= ${Math.min(now, before?.publishedAt ?? now)}`;
  const range = before ? sql<boolean>`${latest} and (${time}, ${id}) < (${before.publishedAt}, ${before.id})` : latest;
  return query.where(range).orderBy(sql`${time} desc, ${id} desc`).limit(limit + 1);
}

/** @param articles one more than the limit if there are more */
export function toPage<Article extends ListedArticle>(articles: Article[], limit: number): ListPage<Article> {
  const shown = articles.slice(0, limit);
  return { articles: shown, next: articles.length > limit ? shown.at(-1) : undefined };
}

export function toListed(row: ListedRow): ListedArticle {
  return {
    id: row.id,
    slug: row.slug ?? '',
    title: row.title,
    standfirst: row.standfirst,
    summary: row.summary,
    language: row.language,
    publishedAt: row.public_at ?? 0,
    pictureId: row.picture_id,
    theme: { slug: row.theme_slug, name: row.theme_name },
  };
}
