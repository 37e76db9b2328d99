import type { ArticleInput } from '../content/article.ts';
import type { Handle } from './database.ts';
import { ensureNamed, type NamedKind } from './named.ts';

/**
 * Gives an article its authors and topics; those that are new are made.
 *
 * @param publicAt from when readers see it; null: not
 * @returns what was touched, such as `author:2`
 */
export async function addNames(transaction: Handle, articleId: number, { authors, topics }: Pick<ArticleInput, 'authors' | 'topics'>, publicAt: number | null): Promise<string[]> {
  const authorIds = await idsOf(transaction, 'author', authors);
  const topicIds = await idsOf(transaction, 'topic', topics);
  const row = (position: number) => ({ article_id: articleId, position, public_at: publicAt });
  if (authorIds.length > 0) await transaction.insertInto('article_author').values(authorIds.map((id, position) => ({ author_id: id, ...row(position) }))).execute();
  if (topicIds.length > 0) await transaction.insertInto('article_topic').values(topicIds.map((id, position) => ({ topic_id: id, ...row(position) }))).execute();
  return [...authorIds.map((id) => `author:${id}`), ...topicIds.map((id) => `topic:${id}`)];
}

export async function removeNames(transaction: Handle, articleId: number): Promise<void> {
  await transaction.deleteFrom('article_author').where('article_id', '=', articleId).execute();
  await transaction.deleteFrom('article_topic').where('article_id', '=', articleId).execute();
}

/** Repeats in an article's authors and topics from when readers see it. */
export async function showNames(transaction: Handle, articleId: number, publicAt: number | null): Promise<void> {
  await transaction.updateTable('article_author').set({ public_at: publicAt }).where('article_id', '=', articleId).execute();
  await transaction.updateTable('article_topic').set({ public_at: publicAt }).where('article_id', '=', articleId).execute();
}

async function idsOf(transaction: Handle, kind: NamedKind, names: string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) ids.push(await ensureNamed(transaction, kind, name));
  return ids;
}
