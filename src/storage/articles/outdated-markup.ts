import type { StoredBody } from '../../content/markdown/body-renderer.ts';
import { searchedWords, type SearchedWords } from '../../content/search/searched-words.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';

const batchSize = 5;

/** `place` names the body in log lines, such as `article 7`. */
type Render = (markdown: string, place: string) => Promise<StoredBody>;

/**
 * Renders stored bodies of other markup versions again, in short transactions. Skips bodies that are saved in the
 * meantime; a later batch renders them if necessary. Stops when `pause`, awaited between batches, returns false.
 */
export async function renderOutdated(db: Database, markupVersion: number, render: Render, now: () => number, pause: () => Promise<boolean>): Promise<void> {
  await renderStaticPages(db, markupVersion, render, now);
  do {
    const version = await findOutdatedVersion(db, markupVersion);
    if (version === undefined) return;
    const articles = await db.reader.selectFrom('article').select(['id', 'body', 'version', 'title', 'standfirst', 'summary', 'theme_id', 'public_at']).where('markup_version', '=', version).orderBy('id').limit(batchSize).execute();
    const rendered = [];
    for (const article of articles) {
      const body = await render(article.body, `article ${article.id}`);
      rendered.push({ ...article, ...body, words: searchedWords(article, body.text) });
    }
    await storeRendered(db, markupVersion, rendered, now());
  } while (await pause());
}

/** Reads the two ends of an index, because `<>` would scan all of it. */
async function findOutdatedVersion(db: Database, markupVersion: number): Promise<number | undefined> {
  const first = await db.reader.selectFrom('article').select('markup_version').orderBy('markup_version').limit(1).executeTakeFirst();
  const last = await db.reader.selectFrom('article').select('markup_version').orderBy('markup_version', 'desc').limit(1).executeTakeFirst();
  return [first, last].find((row) => row && row.markup_version !== markupVersion)?.markup_version;
}

interface RenderedArticle extends StoredBody {
  id: number;
  version: number;
  words: SearchedWords;
  theme_id: number | null;
  public_at: number | null;
}

async function storeRendered(db: Database, markupVersion: number, articles: RenderedArticle[], now: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    for (const { id, version, html, text, wordCount, words, theme_id: themeId, public_at: publishedAt } of articles) {
      const values = { body_html: html, body_text: text, word_count: wordCount, markup_version: markupVersion };
      const { numUpdatedRows } = await transaction.updateTable('article').set(values).where('id', '=', id).where('version', '=', version).executeTakeFirst();
      if (numUpdatedRows === 0n) continue;
      // A new program version may split the same text into other words.
      await db.search.remove(transaction, { id, publishedAt });
      await db.search.add(transaction, [{ id, publishedAt, themeId, ...words }]);
    }
    await recordChange(transaction, ['articles', ...articles.map(({ id }) => `article:${id}`)], now);
  });
}

async function renderStaticPages(db: Database, markupVersion: number, render: Render, now: () => number): Promise<void> {
  const pages = await db.reader.selectFrom('static_page').select(['id', 'path', 'body', 'changed_at']).where('markup_version', '<>', markupVersion).execute();
  if (pages.length === 0) return;
  const rendered: ((typeof pages)[number] & { html: string })[] = [];
  for (const page of pages) rendered.push({ ...page, html: (await render(page.body, `page ${page.path}`)).html });
  await inTransaction(db, async (transaction) => {
    for (const page of rendered) {
      await transaction.updateTable('static_page').set({ body_html: page.html, markup_version: markupVersion }).where('id', '=', page.id).where('changed_at', '=', page.changed_at).execute();
    }
    await recordChange(transaction, ['static-pages'], now());
  });
}
