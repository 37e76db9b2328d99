import { sql, type SelectQueryBuilder } from 'kysely';
import type { Database } from '../database/database.ts';

/** An article as lists show it. */
export interface ListedArticle {
  id: number;
  slug: string;
  /** Inline Markdown. */
  title: string;
  standfirst: string;
  summary: string;
  language: string;
  publishedAt: number;
  theme: { slug: string; name: string };
}

/** The last article of a page; the next page begins behind it. */
export interface Cursor {
  publishedAt: number;
  id: number;
}

/** One page of a list, newest first, and where the next one begins, if there is one. */
export interface ListPage {
  articles: ListedArticle[];
  next: Cursor | undefined;
}

export interface PageOfList {
  now: number;
  limit: number;
  before?: Cursor | undefined;
}

/** A theme's newest published articles, of which "More on theme" shows those that are not the page's own. */
export async function newestOfTheme(db: Database, themeId: number, now: number, limit: number): Promise<ListedArticle[]> {
  return (await listOfTheme(db, themeId, { now, limit })).articles;
}

export async function listLatest(db: Database, page: PageOfList): Promise<ListPage> {
  return newestFirst(listed(db), page);
}

export async function listOfTheme(db: Database, themeId: number, page: PageOfList): Promise<ListPage> {
  return newestFirst(listed(db).where('theme_id', '=', themeId), page);
}

/** What was published in a period: from its first millisecond until before the next one's. */
export async function listOfPeriod(db: Database, period: { from: number; until: number }, page: PageOfList): Promise<ListPage> {
  return newestFirst(listed(db).where('article.public_at', '>=', period.from), { ...page, now: Math.min(page.now, period.until - 1) });
}

export async function listOfAuthor(db: Database, authorId: number, page: PageOfList): Promise<ListPage> {
  return newestFirst(listed(db).innerJoin('article_author as named', 'named.article_id', 'article.id').where('named.author_id', '=', authorId), page, namedOrder);
}

export async function listOfTopic(db: Database, topicId: number, page: PageOfList): Promise<ListPage> {
  return newestFirst(listed(db).innerJoin('article_topic as named', 'named.article_id', 'article.id').where('named.topic_id', '=', topicId), page, namedOrder);
}

/** Articles of these ids that are published, in the order of the ids. */
export async function listByIds(db: Database, ids: number[], now: number): Promise<ListedArticle[]> {
  if (ids.length === 0) return [];
  const rows = await listed(db).where('article.id', 'in', ids).where('article.public_at', '<=', now).execute();
  const byId = new Map(rows.map((row) => [row.id, toListed(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

interface ListedRow {
  id: number;
  slug: string | null;
  title: string;
  standfirst: string;
  summary: string;
  language: string;
  public_at: number | null;
  theme_slug: string;
  theme_name: string;
}

/** The columns that a list is in the order of, which must be those of an index. */
interface Order {
  time: string;
  id: string;
}

const articleOrder: Order = { time: 'article.public_at', id: 'article.id' };
const namedOrder: Order = { time: 'named.public_at', id: 'named.article_id' };

function listed(db: Database) {
  return db.reader
    .selectFrom('article')
    .innerJoin('theme', 'theme.id', 'article.theme_id')
    .select(['article.id', 'article.slug', 'title', 'standfirst', 'summary', 'language', 'article.public_at', 'theme.slug as theme_slug', 'theme.name as theme_name']);
}

async function newestFirst<DB, TB extends keyof DB>(query: SelectQueryBuilder<DB, TB, ListedRow>, { now, limit, before }: PageOfList, order = articleOrder): Promise<ListPage> {
  const time = sql.ref(order.time);
  const id = sql.ref(order.id);
  // Cursors, not OFFSET: the thousandth page costs what the first one does. The bound on the time alone says nothing
  // more, but it is the one that SQLite looks up in the index, whatever other bound a list has.
  const latest = sql<boolean>`${time} <= ${Math.min(now, before?.publishedAt ?? now)}`;
  const place = before ? sql<boolean>`${latest} and (${time}, ${id}) < (${before.publishedAt}, ${before.id})` : latest;
  const rows = await query.where(place).orderBy(sql`${time} desc, ${id} desc`).limit(limit + 1).execute();
  const shown = rows.slice(0, limit).map(toListed);
  return { articles: shown, next: rows.length > limit ? shown.at(-1) : undefined };
}

/** A row that is public has a slug and a time. */
function toListed(row: ListedRow): ListedArticle {
  return {
    id: row.id,
    slug: row.slug ?? '',
    title: row.title,
    standfirst: row.standfirst,
    summary: row.summary,
    language: row.language,
    publishedAt: row.public_at ?? 0,
    theme: { slug: row.theme_slug, name: row.theme_name },
  };
}
