import type { ArticleInput } from '../../content/articles/article.ts';
import type { Handle, NamedKind } from '../database/schema.ts';
import type { NameResolver } from '../named/named.ts';

/** The authors and topics of an article, and the language that it is written in. */
export type WrittenNames = Pick<ArticleInput, 'authors' | 'topics'> & { language: string };

/**
 * Finds an article's authors and topics, and makes those that are new.
 *
 * @param publicAt from when readers see the article; null: not
 */
export async function resolveNames(names: NameResolver, articleId: number, { authors, topics, language }: WrittenNames, publicAt: number | null): Promise<ResolvedNames> {
  return { articleId, authorIds: await idsOf(names, 'author', authors, language), topicIds: await idsOf(names, 'topic', topics, language), publicAt };
}

/** An article with the ids of its authors and topics, in order. */
export interface ResolvedNames {
  articleId: number;
  authorIds: number[];
  topicIds: number[];
  /** See {@link resolveNames}. */
  publicAt: number | null;
}

/** Gives new articles their authors and topics. */
export async function linkNames(transaction: Handle, articles: ResolvedNames[]): Promise<void> {
  const row = ({ articleId, publicAt }: ResolvedNames, position: number) => ({ article_id: articleId, position, public_at: publicAt });
  const authors = articles.flatMap((article) => article.authorIds.map((id, position) => ({ author_id: id, ...row(article, position) })));
  const topics = articles.flatMap((article) => article.topicIds.map((id, position) => ({ topic_id: id, ...row(article, position) })));
  // A statement holds 32,766 values.
  for (let at = 0; at < authors.length; at += 1000) await transaction.insertInto('article_author').values(authors.slice(at, at + 1000)).execute();
  for (let at = 0; at < topics.length; at += 1000) await transaction.insertInto('article_topic').values(topics.slice(at, at + 1000)).execute();
}

/** What is touched where an article gets these, such as `author:2`. */
export function nameTags({ authorIds, topicIds }: Pick<ResolvedNames, 'authorIds' | 'topicIds'>): string[] {
  return [...authorIds.map((id) => `author:${id}`), ...topicIds.map((id) => `topic:${id}`)];
}

export async function removeNames(transaction: Handle, articleId: number): Promise<void> {
  await transaction.deleteFrom('article_author').where('article_id', '=', articleId).execute();
  await transaction.deleteFrom('article_topic').where('article_id', '=', articleId).execute();
}

/** Repeats in an article's authors and topics from when readers see it. */
export async function setNamesPublicAt(transaction: Handle, articleId: number, publicAt: number | null): Promise<void> {
  await transaction.updateTable('article_author').set({ public_at: publicAt }).where('article_id', '=', articleId).execute();
  await transaction.updateTable('article_topic').set({ public_at: publicAt }).where('article_id', '=', articleId).execute();
}

/** The ids of names, in order, each once: a former name and the present one mean the same author. */
async function idsOf(names: NameResolver, kind: NamedKind, list: string[], language: string): Promise<number[]> {
  const ids = new Set<number>();
  for (const name of list) ids.add(await names.idOf(kind, name, language));
  return [...ids];
}
