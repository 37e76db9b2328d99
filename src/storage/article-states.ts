import { searchedWords } from './add-articles.ts';
import { showNames, touchedBy } from './article-names.ts';
import { noteAction } from './audit-log.ts';
import { recordChange } from './changes.ts';
import { inTransaction, type Database, type Handle } from './database.ts';
import { findEdited } from './editing.ts';

/**
 * Takes a published article down: its page answers that it is gone and why, and it leaves every list, the feeds,
 * the sitemaps and readers' search at once.
 *
 * @returns false if there is no such article, or it is not out
 */
export async function withdrawArticle(db: Database, id: number, reason: string, now: number, editorId: number | null = null): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const article = await findEdited(transaction, id);
    if (!article || article.withdrawnAt !== null || article.publishedAt === null || article.publishedAt > now) return false;

    await show(db, transaction, { id, from: article.publishedAt, to: null }, { withdrawn_at: now, withdrawn_reason: reason }, now);
    await noteAction(transaction, { editorId, action: 'withdrawal', articleId: id, detail: reason }, now);
    return true;
  });
}

/** Puts a withdrawn article back where it was. False if there is none. */
export async function reinstateArticle(db: Database, id: number, now: number, editorId: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const article = await findEdited(transaction, id);
    if (!article || article.withdrawnAt === null) return false;

    await show(db, transaction, { id, from: null, to: article.publishedAt }, { withdrawn_at: null, withdrawn_reason: null }, now);
    await noteAction(transaction, { editorId, action: 'reinstatement', articleId: id }, now);
    return true;
  });
}

/** Takes back what was scheduled or handed in, before readers saw it: a draft again. False if there is no such article. */
export async function recallArticle(db: Database, id: number, now: number, editorId: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const article = await findEdited(transaction, id);
    const isOut = article && article.firstPublishedAt !== null && article.firstPublishedAt <= now;
    if (!article || isOut || (article.publishedAt === null && article.submittedAt === null)) return false;

    await show(db, transaction, { id, from: article.publishedAt, to: null }, { published_at: null, first_published_at: null, submitted_at: null, public_revision_id: null }, now);
    await noteAction(transaction, { editorId, action: 'recall', articleId: id }, now);
    return true;
  });
}

/** Removes a draft that was never published, with its revisions. False if there is no such draft. */
export async function deleteDraft(db: Database, id: number, now: number, editorId: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const article = await findEdited(transaction, id);
    if (!article || article.publishedAt !== null || article.firstPublishedAt !== null) return false;

    await db.search.remove(transaction, { id, publishedAt: null });
    await transaction.deleteFrom('article').where('id', '=', id).execute();
    // The id may be given again: what the log says of this article must not be said of another.
    await transaction.updateTable('audit_log').set({ article_id: null }).where('article_id', '=', id).execute();
    await noteAction(transaction, { editorId, action: 'deletion', detail: article.title }, now);
    return true;
  });
}

type Shown = Partial<Record<'withdrawn_at' | 'published_at' | 'first_published_at' | 'submitted_at' | 'public_revision_id', number | null>> & { withdrawn_reason?: string | null };

/** Changes from when readers see an article, everywhere that it is written. */
async function show(db: Database, transaction: Handle, { id, from, to }: { id: number; from: number | null; to: number | null }, values: Shown, now: number): Promise<void> {
  await transaction.updateTable('article').set((eb) => ({ ...values, changed_at: now, edited_at: now, version: eb('version', '+', 1) })).where('id', '=', id).execute();
  await showNames(transaction, id, to);
  await db.search.remove(transaction, { id, publishedAt: from });
  const row = await transaction.selectFrom('article').select(['title', 'standfirst', 'summary', 'body_text', 'theme_id']).where('id', '=', id).executeTakeFirstOrThrow();
  const words = searchedWords({ ...row, rendered: { text: row.body_text } });
  await db.search.add(transaction, [{ id, publishedAt: to, themeId: row.theme_id, ...words }]);
  await recordChange(transaction, await touchedBy(transaction, id), now);
}
