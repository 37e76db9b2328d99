import type { RenderedBody } from '../content/markdown.ts';
import { recordChange } from './changes.ts';
import { inTransaction, type Database } from './database.ts';

const batchSize = 20;

export type Render = (markdown: string) => RenderedBody & { wordCount: number; markupVersion: number };

/**
 * Makes the stored HTML again wherever it was made by another version of the markup, in short transactions.
 * A body that was changed meanwhile is left to the one who changed it.
 *
 * @param markupVersion the version that `render` makes
 * @param pause is awaited between batches; false stops
 */
export async function renderOutdated(db: Database, markupVersion: number, render: Render, now: () => number, pause: () => Promise<boolean>): Promise<void> {
  await renderStaticPages(db, markupVersion, render, now);
  let after = 0;
  do {
    const articles = await db.reader.selectFrom('article').select(['id', 'body', 'version']).where('markup_version', '<>', markupVersion).where('id', '>', after).orderBy('id').limit(batchSize).execute();
    const last = articles.at(-1);
    if (!last) return;
    after = last.id;
    const rendered = articles.map((article) => ({ ...article, ...render(article.body) }));
    await inTransaction(db, async (transaction) => {
      for (const { id, version, html, text, wordCount } of rendered) {
        const values = { body_html: html, body_text: text, word_count: wordCount, markup_version: markupVersion };
        await transaction.updateTable('article').set(values).where('id', '=', id).where('version', '=', version).execute();
      }
      await recordChange(transaction, rendered.map(({ id }) => `article:${id}`), now());
    });
  } while (await pause());
}

async function renderStaticPages(db: Database, markupVersion: number, render: Render, now: () => number): Promise<void> {
  const pages = await db.reader.selectFrom('static_page').select(['id', 'body', 'changed_at']).where('markup_version', '<>', markupVersion).execute();
  if (pages.length === 0) return;
  await inTransaction(db, async (transaction) => {
    for (const page of pages) {
      await transaction.updateTable('static_page').set({ body_html: render(page.body).html, markup_version: markupVersion }).where('id', '=', page.id).where('changed_at', '=', page.changed_at).execute();
    }
    await recordChange(transaction, ['static-pages'], now());
  });
}
