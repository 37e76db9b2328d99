import { recordChange } from './changes.ts';
import { inTransaction, type Database } from './database.ts';

/**
 * Takes a published article down: its page answers that it is gone and why, and it leaves every list, the feeds,
 * the sitemaps and search at once.
 *
 * @returns false if there is no such article or it was never published
 */
export async function withdrawArticle(db: Database, id: number, reason: string, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const article = await transaction.selectFrom('article').select(['published_at', 'theme_id']).where('id', '=', id).where('withdrawn_at', 'is', null).executeTakeFirst();
    if (!article || article.published_at === null) return false;

    await transaction
      .updateTable('article')
      .set((eb) => ({ withdrawn_at: now, withdrawn_reason: reason, changed_at: now, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute();
    await transaction.updateTable('article_author').set({ public_at: null }).where('article_id', '=', id).execute();
    await transaction.updateTable('article_topic').set({ public_at: null }).where('article_id', '=', id).execute();
    await db.search.remove(transaction, { id, publishedAt: article.published_at });
    const authors = await transaction.selectFrom('article_author').select('author_id as id').where('article_id', '=', id).execute();
    const topics = await transaction.selectFrom('article_topic').select('topic_id as id').where('article_id', '=', id).execute();
    const touched = [`article:${id}`, `theme:${article.theme_id}`, ...authors.map((author) => `author:${author.id}`), ...topics.map((topic) => `topic:${topic.id}`)];
    await recordChange(transaction, touched, now);
    return true;
  });
}
