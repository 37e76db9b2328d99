import type { ArticleInput } from '../content/article.ts';
import type { Handle } from './database.ts';
import { namesEnsured, type NamedKind } from './named.ts';

/**
 * Gives an article its authors and topics; those that are new are made.
 *
 * @param publicAt from when readers see it; null: not
 * @returns what was touched, such as `author:2`
 */
export async function addNames(transaction: Handle, articleId: number, { authors, topics }: Pick<ArticleInput, 'authors' | 'topics'>, publicAt: number | null): Promise<string[]> {
  const idOf = namesEnsured(transaction);
  const named = { articleId, authorIds: await idsOf(idOf, 'author', authors), topicIds: await idsOf(idOf, 'topic', topics), publicAt };
  await linkNames(transaction, [named]);
  return touchedNames(named);
}

/** An article with the ids of its authors and topics, in order. */
export interface NamedArticle {
  articleId: number;
  authorIds: number[];
  topicIds: number[];
  /** See {@link addNames}. */
  publicAt: number | null;
}

/** Gives new articles their authors and topics. */
export async function linkNames(transaction: Handle, articles: NamedArticle[]): Promise<void> {
  const row = ({ articleId, publicAt }: NamedArticle, position: number) => ({ article_id: articleId, position, public_at: publicAt });
  const authors = articles.flatMap((article) => article.authorIds.map((id, position) => ({ author_id: id, ...row(article, position) })));
  const topics = articles.flatMap((article) => article.topicIds.map((id, position) => ({ topic_id: id, ...row(article, position) })));
  // A statement holds 32,766 values.
  for (let at = 0; at < authors.length; at += 1000) await transaction.insertInto('article_author').values(authors.slice(at, at + 1000)).execute();
  for (let at = 0; at < topics.length; at += 1000) await transaction.insertInto('article_topic').values(topics.slice(at, at + 1000)).execute();
}

/** What is touched where an article gets these, such as `author:2`. */
export function touchedNames({ authorIds, topicIds }: Pick<NamedArticle, 'authorIds' | 'topicIds'>): string[] {
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

/** The ids of names, in order, as `idOf` finds or makes them. */
export async function idsOf(idOf: (kind: NamedKind, name: string) => Promise<number>, kind: NamedKind, names: string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) ids.push(await idOf(kind, name));
  return ids;
}
