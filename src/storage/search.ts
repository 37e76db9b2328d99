import { sql } from 'kysely';
import type { Database } from './database.ts';
import { listByIds, type ListedArticle } from './lists.ts';
import type { HitCursor, SearchQuery } from './search-index.ts';

/** Beyond this many, hits are not counted: "more than 1,000". */
export const mostCounted = 1000;

/** How much of a body is read to make a snippet of, in characters. */
const readForSnippet = 50_000;

export interface FoundArticle extends ListedArticle {
  text: string;
}

export interface FoundPage {
  articles: FoundArticle[];
  next: HitCursor | undefined;
}

export interface SearchPage {
  order: 'relevance' | 'newest';
  after: HitCursor | undefined;
  limit: number;
}

/** One page of what matches a query that has at least one term. */
export async function searchArticles(db: Database, query: SearchQuery, page: SearchPage): Promise<FoundPage> {
  const list = page.order === 'newest' ? db.search.listNewest : db.search.listRelevant;
  const hits = await list(db.reader, query, page.after, page.limit + 1);
  const tiers = new Map(hits.map((hit) => [hit.id, hit.tier]));
  const ids = hits.map((hit) => hit.id);
  const [articles, texts] = [await listByIds(db, ids, query.until), await textsOf(db, ids)];
  const shown = articles.slice(0, page.limit).map((article) => ({ ...article, text: texts.get(article.id) ?? '' }));
  const last = shown.at(-1);
  const next = last && hits.length > page.limit ? { tier: tiers.get(last.id) ?? 0, publishedAt: last.publishedAt, id: last.id } : undefined;
  return { articles: shown, next };
}

/** How many articles match: exact up to {@link mostCounted}, one more where there are more. */
export async function countFound(db: Database, query: SearchQuery): Promise<number> {
  return db.search.count(db.reader, query, mostCounted + 1);
}

async function textsOf(db: Database, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.reader
    .selectFrom('article')
    .select(['id', 'standfirst', 'summary', sql<string>`substr(body_text, 1, ${readForSnippet})`.as('text')])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, [row.standfirst, row.summary, row.text].filter(Boolean).join('\n')]));
}
