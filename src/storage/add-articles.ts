import type { ArticleInput } from '../content/article.ts';
import type { StoredBody } from '../content/body-renderer.ts';
import { searchedWords } from '../content/searched-words.ts';
import { parseTitle } from '../content/title.ts';
import { recordChange } from './changes.ts';
import { inTransaction, type Database, type Handle } from './database.ts';
import { nextArticleId } from './edited-article.ts';
import { findImported } from './imports.ts';
import { addNames } from './article-names.ts';
import { ensureNamed } from './named.ts';
import type { SearchEntry } from './search-index.ts';
import { freeSlug } from './slugs.ts';
import { listShownThemes } from './touched.ts';

/** An article ready to be stored: everything slow has been done before the transaction begins. */
export interface NewArticle extends ArticleInput {
  uid: string;
  language: string;
  rendered: StoredBody;
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
  const words = articles.map((article) => searchedWords(article, article.rendered.text));
  return inTransaction(db, async (transaction) => {
    const known = await findImported(transaction, articles.flatMap(({ importKey }) => importKey ?? []));
    const shownThemes = await listShownThemes(transaction, now);
    const touched: string[] = [];
    const entries: SearchEntry[] = [];
    let count = 0;
    for (const [index, article] of articles.entries()) {
      if (article.importKey !== null && known.has(article.importKey)) continue;
      count += 1;
      const added = await addArticle(transaction, article, now, reserved);
      if (article.publishedAt !== null) touched.push('articles', 'published', ...added.names);
      if (article.publishedAt !== null && added.themeId !== null) touched.push(`theme:${added.themeId}`, ...(shownThemes.has(added.themeId) ? [] : ['themes']));
      entries.push({ id: added.id, publishedAt: article.publishedAt, themeId: added.themeId, ...words[index] ?? searchedWords(article, article.rendered.text) });
    }
    await db.search.add(transaction, entries);
    await recordChange(transaction, touched, now);
    return count;
  });
}

async function addArticle(transaction: Handle, article: NewArticle, now: number, reserved: ReadonlySet<string>): Promise<{ id: number; themeId: number | null; names: string[] }> {
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
      // As if it had been saved here when it came out: an import does not push aside what the newsroom works on.
      edited_at: Math.min(now, article.updatedAt ?? article.publishedAt ?? now),
    })
    .execute();
  const names = await addNames(transaction, id, article, article.publishedAt);
  return { id, themeId, names };
}
