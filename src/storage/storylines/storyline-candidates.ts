import { parseSearchQuery } from '../../content/search/search-query.ts';
import type { Database } from '../database/database.ts';
import { findRelatedList } from '../related/signatures.ts';
import { findPhrases } from '../search/search.ts';

/** An article that a search found, and its storyline. Null: it is alone. */
export interface CandidateArticle {
  id: number;
  title: string;
  theme: string | null;
  /** UTC milliseconds; in the future if the article is scheduled. Null: neither published nor scheduled. */
  publicAt: number | null;
  storylineId: number | null;
}

/** Scheduled articles are found too: no publication time is later. UTC milliseconds. */
const endOfTime = Date.UTC(2200, 0, 1);

/** Published articles that contain all words, those with the words in their titles first. `until` is UTC milliseconds; by default, scheduled articles are found too. */
export async function searchCandidates(db: Database, typed: string, { limit, until = endOfTime }: { limit: number; until?: number }): Promise<CandidateArticle[]> {
  const terms = await findPhrases(db, parseSearchQuery(typed));
  if (terms.length === 0) return [];
  const hits = await db.search.listRelevant(db.reader, { terms, themeIds: undefined, from: undefined, until }, undefined, limit);
  return listCandidates(db, hits.map(({ id }) => id));
}

/** The published articles that are most similar to an article. */
export async function listSimilarCandidates(db: Database, articleId: number, now: number): Promise<CandidateArticle[]> {
  const related = await findRelatedList(db.reader, articleId);
  const similar = await listCandidates(db, (related ?? []).map(({ id }) => id));
  return similar.filter(({ publicAt }) => publicAt !== null && publicAt <= now);
}

/** In the order of the ids. */
export async function listCandidates(db: Database, ids: number[]): Promise<CandidateArticle[]> {
  if (ids.length === 0) return [];
  const rows = await db.reader
    .selectFrom('article')
    .leftJoin('theme', 'theme.id', 'article.theme_id')
    .leftJoin('storyline_article', 'storyline_article.article_id', 'article.id')
    .select(['article.id', 'article.title', 'theme.name as theme', 'article.public_at as publicAt', 'storyline_article.storyline_id as storylineId'])
    .where('article.id', 'in', ids)
    .execute();
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}
