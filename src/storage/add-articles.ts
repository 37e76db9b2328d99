import type { ArticleInput } from '../content/article.ts';
import type { RenderedBody } from '../content/markdown.ts';
import { parseTitle } from '../content/title.ts';
import { foldedWords } from '../content/words.ts';
import { recordChange } from './changes.ts';
import { inTransaction, type Database, type Handle } from './database.ts';
import { findImported } from './imports.ts';
import { ensureNamed, type NamedKind } from './named.ts';
import type { SearchEntry } from './search-index.ts';
import { freeSlug } from './slugs.ts';

/** An article ready to be stored: everything slow has been done before the transaction begins. */
export interface NewArticle extends ArticleInput {
  uid: string;
  language: string;
  rendered: RenderedBody & { wordCount: number; markupVersion: number };
  /** See `findImported`. */
  importKey: string | null;
}

/**
 * Stores new articles in one transaction, and makes the themes, topics and authors that they name. What another
 * process has imported meanwhile is passed over.
 *
 * @param reserved slugs that articles yet to be added ask for: none is made from a title
 * @returns how many were stored
 * @throws if one of them asks for a slug that another article has
 */
export async function addArticles(db: Database, articles: NewArticle[], now: number, reserved: ReadonlySet<string> = new Set()): Promise<number> {
  const words = articles.map(searchedWords);
  return inTransaction(db, async (transaction) => {
    const known = await findImported(transaction, articles.flatMap(({ importKey }) => importKey ?? []));
    const touched: string[] = [];
    const entries: SearchEntry[] = [];
    let count = 0;
    for (const [index, article] of articles.entries()) {
      if (article.importKey !== null && known.has(article.importKey)) continue;
      count += 1;
      const added = await addArticle(transaction, article, now, reserved);
      touched.push(...added.touched);
      if (article.publishedAt === null || added.themeId === null) continue;
      entries.push({ id: added.id, publishedAt: article.publishedAt, themeId: added.themeId, ...words[index] ?? searchedWords(article) });
    }
    await db.search.add(transaction, entries);
    if (count > 0) await recordChange(transaction, touched, now);
    return count;
  });
}

function searchedWords(article: NewArticle): Omit<SearchEntry, 'id' | 'publishedAt' | 'themeId'> {
  return {
    title: foldedWords(parseTitle(article.title).text),
    standfirst: foldedWords(article.standfirst),
    summary: foldedWords(article.summary),
    body: foldedWords(article.rendered.text),
  };
}

async function addArticle(transaction: Handle, article: NewArticle, now: number, reserved: ReadonlySet<string>): Promise<{ id: number; themeId: number | null; touched: string[] }> {
  const id = await nextArticleId(transaction);
  const themeId = article.theme === null ? null : await ensureNamed(transaction, 'theme', article.theme);
  const slug = article.slug ?? (await freeSlug(transaction, 'article', parseTitle(article.title).text, id, reserved));
  const { html, text, wordCount, markupVersion } = article.rendered;
  await transaction
    .insertInto('article')
    .values({
      id,
      uid: article.uid,
      slug,
      title: article.title,
      standfirst: article.standfirst,
      summary: article.summary,
      body: article.body,
      body_html: html,
      body_text: text,
      word_count: wordCount,
      markup_version: markupVersion,
      theme_id: themeId,
      language: article.language,
      published_at: article.publishedAt,
      first_published_at: article.publishedAt,
      updated_at: article.updatedAt,
      import_key: article.importKey,
      changed_at: now,
    })
    .execute();
  const authors = await addNames(transaction, 'author', id, article);
  const topics = await addNames(transaction, 'topic', id, article);
  const theme = themeId === null ? [] : [`theme:${themeId}`];
  return { id, themeId, touched: [`article:${id}`, ...theme, ...authors, ...topics] };
}

async function nextArticleId(transaction: Handle): Promise<number> {
  const { last } = await transaction.selectFrom('article').select((eb) => eb.fn.max('id').as('last')).executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

async function addNames(transaction: Handle, kind: 'author' | 'topic', articleId: number, article: NewArticle): Promise<string[]> {
  const ids = await idsOf(transaction, kind, kind === 'author' ? article.authors : article.topics);
  if (ids.length === 0) return [];
  const places = ids.map((id, position) => ({ id, row: { article_id: articleId, position, public_at: article.publishedAt } }));
  if (kind === 'author') await transaction.insertInto('article_author').values(places.map(({ id, row }) => ({ ...row, author_id: id }))).execute();
  else await transaction.insertInto('article_topic').values(places.map(({ id, row }) => ({ ...row, topic_id: id }))).execute();
  return ids.map((id) => `${kind}:${id}`);
}

async function idsOf(transaction: Handle, kind: NamedKind, names: string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) ids.push(await ensureNamed(transaction, kind, name));
  return ids;
}
