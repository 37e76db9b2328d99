import type { CompiledQuery } from 'kysely';
import type { ArticleInput } from '../../content/articles/article.ts';
import { makeSlug } from '../../content/articles/slug.ts';
import { parseTitle } from '../../content/articles/title.ts';
import type { StoredBody } from '../../content/markdown/body-renderer.ts';
import { pictureIdsIn } from '../../content/pictures/body-pictures.ts';
import { searchedWords, type IndexedWords } from '../../content/search/searched-words.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { NameResolver } from '../named/named.ts';
import { filterFreeSlugs, findFreeSlug } from '../named/slugs.ts';
import { isUndescribed } from '../pictures/descriptions.ts';
import { addLeadPicture } from '../pictures/lead-pictures.ts';
import { addPictureUses } from '../pictures/picture-uses.ts';
import { queueArticle, queueImported } from '../related/queue.ts';
import type { SearchEntry } from '../search/search-index.ts';
import { addMemberships } from '../storylines/membership.ts';
import { findNavigation, updateThemeTimes } from '../themes/navigation.ts';
import { linkNames, nameTags, resolveNames, type ResolvedNames } from './article-names.ts';
import { nextArticleId } from './edited-article.ts';
import { findImported } from './imports.ts';

export interface NewArticle extends ArticleInput {
  uid: string;
  language: string;
  rendered: StoredBody;
  words?: IndexedWords;
  importKey: string | null;
}

/**
 * Stores new articles in one transaction and creates the themes, topics and authors that they name. Skips articles
 * that another process has imported in the meantime. Returns those it stored; throws if a requested slug is in use.
 *
 * @param reserved slugs that later batches request explicitly, so no title may take them
 */
export async function addArticles<Article extends NewArticle>(db: Database, articles: Article[], now: number, reserved: ReadonlySet<string> = new Set()): Promise<AddedArticle<Article>[]> {
  const withWords = articles.map((article) => ({ article, words: article.words ?? searchedWords(article, article.rendered.text) }));
  return inTransaction(db, async (transaction) => {
    const known = await findImported(transaction, articles.flatMap(({ importKey }) => importKey ?? []));
    const batch = await beginBatch(transaction, articles, reserved);
    const navigation = await findNavigation(transaction, now);
    const themeIds = new Set<number>();
    const touched: string[] = [];
    const entries: SearchEntry[] = [];
    const stored: AddedArticle<Article>[] = [];
    for (const { article, words } of withWords) {
      if (article.importKey !== null && known.has(article.importKey)) continue;
      const added = await addArticle(transaction, article, now, batch);
      if (article.publishedAt !== null) touched.push('articles', 'published', ...added.names);
      if (article.publishedAt !== null && added.themeId !== null) themeIds.add(added.themeId);
      stored.push({ id: added.id, article });
      entries.push({ id: added.id, publishedAt: article.publishedAt, themeId: added.themeId, ...words });
    }
    await linkNames(transaction, batch.named);
    await db.search.add(transaction, entries);
    await queue(transaction, stored, now);
    await addMemberships(transaction, entries.map(({ id, themeId, publishedAt }) => ({ id, themeId, publicAt: publishedAt })));
    touched.push(...[...themeIds].map((id) => `theme:${id}`), ...(await updateThemeTimes(transaction, [...themeIds], navigation, now)));
    // New themes, topics and authors have pages even if only drafts name them.
    if (batch.names.hasCreated) touched.push('articles');
    await recordChange(transaction, touched, now);
    return stored;
  });
}

export interface AddedArticle<Article> {
  id: number;
  article: Article;
}

/** An import matches its articles itself. */
async function queue(transaction: Handle, added: AddedArticle<NewArticle>[], now: number): Promise<void> {
  const published = added.flatMap(({ id, article: { publishedAt, importKey } }) => (publishedAt === null ? [] : [{ id, publicAt: publishedAt, isImported: importKey !== null }]));
  await queueImported(transaction, published.filter(({ isImported }) => isImported), now);
  for (const { id, publicAt } of published.filter(({ isImported }) => !isImported)) await queueArticle(transaction, id, publicAt, now);
}

interface Batch {
  nextId: number;
  names: NameResolver;
  freeSlugs: Set<string>;
  reserved: ReadonlySet<string>;
  /** Compiled once, because Kysely takes longer to build the statement than SQLite takes to run it. */
  insert: CompiledQuery | undefined;
  named: ResolvedNames[];
}

async function beginBatch(transaction: Handle, articles: NewArticle[], reserved: ReadonlySet<string>): Promise<Batch> {
  const slugs = articles.filter(({ slug }) => slug === null).map(titleSlug);
  const freeSlugs = await filterFreeSlugs(transaction, 'article', slugs.filter((slug) => slug !== '' && !reserved.has(slug)));
  return { nextId: await nextArticleId(transaction), names: new NameResolver(transaction), freeSlugs, reserved, insert: undefined, named: [] };
}

function titleSlug({ title, language }: NewArticle): string {
  return makeSlug(parseTitle(title).text, language);
}

async function addArticle(transaction: Handle, article: NewArticle, now: number, batch: Batch): Promise<{ id: number; themeId: number | null; names: string[] }> {
  const id = batch.nextId++;
  const themeId = article.theme === null ? null : await batch.names.idOf('theme', article.theme, article.language);
  const slug = article.slug ?? (await slugOf(transaction, article, id, batch));
  batch.freeSlugs.delete(slug);
  const { html, text, wordCount, markupVersion } = article.rendered;
  const row = {
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
    // An import must not move to the top of the newsroom's list, above the articles that editors are working on.
    edited_at: Math.min(now, article.updatedAt ?? article.publishedAt ?? now),
    is_undescribed: Number(article.publishedAt !== null && (await isUndescribed(transaction, article, html))),
  };
  batch.insert ??= transaction.insertInto('article').values(row).compile();
  await transaction.executeQuery({ ...batch.insert, parameters: Object.values(row) });
  await addLeadPicture(transaction, id, article);
  await addPictureUses(transaction, 'article', id, [...(article.picture === null ? [] : [article.picture]), ...pictureIdsIn(article.body)]);
  const named = await resolveNames(batch.names, id, article, article.publishedAt);
  batch.named.push(named);
  return { id, themeId, names: nameTags(named) };
}

async function slugOf(transaction: Handle, article: NewArticle, id: number, { freeSlugs, reserved }: Batch): Promise<string> {
  const slug = titleSlug(article);
  return freeSlugs.has(slug) ? slug : findFreeSlug(transaction, 'article', { text: parseTitle(article.title).text, language: article.language }, id, reserved);
}
