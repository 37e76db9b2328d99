import { sql } from 'kysely';
import type { SearchTerm } from '../../content/search/search-query.ts';
import { listByIds, type ListedArticle } from '../articles/lists.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { HitCursor, Phrase, SearchQuery } from './search-index.ts';

export const maxCounted = 1000;

/** An unfinished word stands for its shortest completions, because they are the likeliest. */
const maxCompletions = 40;

const snippetSourceLength = 50_000;

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

/**
 * Turns search terms into phrases, completing an unfinished word with indexed words. A prefix query on the index itself
 * would have to merge the hits of all matching words before it could return the newest.
 */
export async function findPhrases(db: Database, terms: SearchTerm[]): Promise<Phrase[][]> {
  return Promise.all(
    terms.map(async ({ words, prefix, joined, symbolWord }) => {
      if (symbolWord !== undefined) return [[symbolWord]];
      const phrases = await completed(db, words, prefix);
      return joined === undefined ? phrases : [...phrases, ...(await completed(db, [joined], prefix))];
    }),
  );
}

async function completed(db: Database, words: string[], prefix: boolean): Promise<Phrase[]> {
  const last = words.at(-1);
  if (!prefix || last === undefined) return [words];
  return (await completionsOf(db, last)).map((completion) => [...words.slice(0, -1), completion]);
}

const sampleSize = 500;

/** Drops words that are in more than a third of the newest articles, such as “in” and “the”, unless no term would be left. */
export async function withoutCommonWords(db: Database, terms: SearchTerm[], now: number): Promise<SearchTerm[]> {
  if (terms.length < 2) return terms;
  const articles = await countNewest(db, now);
  const isCommon = await Promise.all(terms.map(async ({ words: [word, ...others], joined, symbolWord }) => word !== undefined && others.length === 0 && joined === undefined && symbolWord === undefined && (await db.search.countAmongNewest(db.reader, word, articles, now)) * 3 > articles));
  const rare = terms.filter((_term, index) => !isCommon[index]);
  return rare.length > 0 ? rare : terms;
}

async function countNewest(db: Database, now: number): Promise<number> {
  const newest = db.reader.selectFrom('article').select('id').where('public_at', '<=', now).orderBy('public_at', 'desc').limit(sampleSize).as('newest');
  const { count } = await db.reader.selectFrom(newest).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return Number(count);
}

async function completionsOf(db: Database, beginning: string): Promise<string[]> {
  const rows = await db.reader
    .selectFrom('search_word')
    .select('word')
    .where('word', '>=', beginning)
    .where('word', '<', `${beginning}\u{10FFFF}`)
    .orderBy((eb) => eb.fn('length', ['word']))
    .orderBy('word')
    .limit(maxCompletions)
    .execute();
  return rows.length > 0 ? rows.map(({ word }) => word) : [beginning];
}

/** The query must have at least one term. */
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

/** Exact up to {@link maxCounted}; if there are more, returns that number plus one. */
export async function countFound(db: Database, query: SearchQuery): Promise<number> {
  return db.search.count(db.reader, query, maxCounted + 1);
}

/** Optimises the index after many articles were added. The transactions are short, so that other writes run between them, unless the index was cleared before. */
export async function optimizeSearch(db: Database): Promise<void> {
  let step: 'first' | 'next' = 'first';
  while (await inTransaction(db, async (transaction) => db.search.optimize(transaction, step))) step = 'next';
}

async function textsOf(db: Database, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.reader
    .selectFrom('article')
    .select(['id', 'standfirst', 'summary', sql<string>`substr(body_text, 1, ${snippetSourceLength})`.as('text')])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, [row.standfirst, row.summary, row.text].filter(Boolean).join('\n')]));
}
