import type { ArticleInput } from '../../content/articles/article.ts';
import type { Handle, NamedKind } from '../database/schema.ts';
import type { NameResolver } from '../named/named.ts';

export type WrittenNames = Pick<ArticleInput, 'authors' | 'topics'> & { language: string };

export async function resolveNames(names: NameResolver, articleId: number, { authors, topics, language }: WrittenNames, publicAt: number | null): Promise<ResolvedNames> {
  return { articleId, authorIds: await idsOf(names, 'author', authors, language), topicIds: await idsOf(names, 'topic', topics, language), publicAt };
}

export interface ResolvedNames {
  articleId: number;
  authorIds: number[];
  topicIds: number[];
  publicAt: number | null;
}

export async function linkNames(transaction: Handle, articles: ResolvedNames[]): Promise<void> {
  const row = ({ articleId, publicAt }: ResolvedNames, position: number) => ({ article_id: articleId, position, public_at: publicAt });
  const authors = articles.flatMap((article) => article.authorIds.map((id, position) => ({ author_id: id, ...row(article, position) })));
  const topics = articles.flatMap((article) => article.topicIds.map((id, position) => ({ topic_id: id, ...row(article, position) })));
  // SQLite allows 32,766 parameters in a statement.
  for (let at = 0; at < authors.length; at += 1000) await transaction.insertInto('article_author').values(authors.slice(at, at + 1000)).execute();
  for (let at = 0; at < topics.length; at += 1000) await transaction.insertInto('article_topic').values(topics.slice(at, at + 1000)).execute();
}

export function nameTags({ authorIds, topicIds }: Pick<ResolvedNames, 'authorIds' | 'topicIds'>): string[] {
  return [...authorIds.map((id) => `author:${id}`), ...topicIds.map((id) => `topic:${id}`)];
}

export async function removeNames(transaction: Handle, articleId: number): Promise<void> {
  await transaction.deleteFrom('article_author').where('article_id', '=', articleId).execute();
  await transaction.deleteFrom('article_topic').where('article_id', '=', articleId).execute();
}

/** Copies an article's `public_at` to the rows that link its authors and topics. */
export async function setNamesPublicAt(transaction: Handle, articleId: number, publicAt: number | null): Promise<void> {
  await transaction.updateTable('article_author').set({ public_at: publicAt }).where('article_id', '=', articleId).execute();
  await transaction.updateTable('article_topic').set({ public_at: publicAt }).where('article_id', '=', articleId).execute();
}

/** The ids in order and without duplicates: a former name and the current name may mean the same author. */
async function idsOf(names: NameResolver, kind: NamedKind, list: string[], language: string): Promise<number[]> {
  const ids = new Set<number>();
  for (const name of list) ids.add(await names.idOf(kind, name, language));
  return [...ids];
}
