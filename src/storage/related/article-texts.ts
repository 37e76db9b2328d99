import { sql } from 'kysely';
import { extractedLength, type ArticleText } from '../../content/related/extract-text.ts';
import type { Handle } from '../database/schema.ts';

/** The texts from which terms are extracted, by article id. */
export async function loadArticleTexts(db: Handle, ids: number[]): Promise<Map<number, ArticleText>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('article').select(['id', 'title', 'standfirst', 'summary', 'language', sql<string>`substr(body_text, 1, ${extractedLength})`.as('body')]).where('id', 'in', ids).execute();
  const topics = await db.selectFrom('article_topic').innerJoin('topic', 'topic.id', 'topic_id').select(['article_id', 'name']).where('article_id', 'in', ids).execute();
  return new Map(rows.map(({ id, ...text }) => [id, { ...text, topics: topics.filter((topic) => topic.article_id === id).map(({ name }) => name) }]));
}
