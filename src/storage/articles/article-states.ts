import { isAllowed, type Permission } from '../../content/accounts/permissions.ts';
import { searchedWords, type SearchedWords } from '../../content/search/searched-words.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction, type AuditEntry } from '../newsroom/audit-log.ts';
import type { Editor } from '../newsroom/editors.ts';
import { setNamesPublicAt } from './article-names.ts';
import { findEdited, type EditedArticle } from './edited-article.ts';
import { findTouchedTags, takeListingSnapshot } from './touched.ts';

// Each of these returns false, having changed nothing, where the article is not in a state for it, or its editor may not.

type Actor = Pick<Editor, 'id' | 'role'>;

/**
 * Takes a published article down: its page answers that it is gone and why, and it leaves every list, the feeds,
 * the sitemaps and readers' search at once.
 *
 * @param editor null: the program itself
 */
export async function withdrawArticle(db: Database, id: number, reason: string, now: number, editor: Actor | null = null): Promise<boolean> {
  return changeState(db, id, editor, 'publish', now, (article) => {
    if (article.withdrawnAt !== null || article.publishedAt === null || article.publishedAt > now) return undefined;
    return { values: { withdrawn_at: now, withdrawn_reason: reason }, from: article.publishedAt, to: null, action: { action: 'withdrawal', detail: reason } };
  });
}

/** Puts a withdrawn article back where it was. */
export async function reinstateArticle(db: Database, id: number, now: number, editor: Actor): Promise<boolean> {
  return changeState(db, id, editor, 'publish', now, (article) => {
    if (article.withdrawnAt === null) return undefined;
    return { values: { withdrawn_at: null, withdrawn_reason: null }, from: null, to: article.publishedAt, action: { action: 'reinstatement' } };
  });
}

/** Takes back what was scheduled or handed in, before readers saw it: a draft again. */
export async function recallArticle(db: Database, id: number, now: number, editor: Actor): Promise<boolean> {
  return changeState(db, id, editor, 'write', now, (article) => {
    const isOut = article.firstPublishedAt !== null && article.firstPublishedAt <= now;
    if (isOut || (article.publishedAt === null && article.submittedAt === null)) return undefined;
    return { values: { published_at: null, first_published_at: null, submitted_at: null, public_revision_id: null }, from: article.publishedAt, to: null, action: { action: 'recall' } };
  });
}

/** Removes a draft that was never published, with its revisions. */
export async function deleteDraft(db: Database, id: number, now: number, editor: Actor): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const article = await findEdited(transaction, id);
    if (!article || article.publishedAt !== null || article.firstPublishedAt !== null || !isAllowed(editor, 'write', article)) return false;

    await db.search.remove(transaction, { id, publishedAt: null });
    await transaction.deleteFrom('article').where('id', '=', id).execute();
    await recordAction(transaction, { editorId: editor.id, action: 'deletion', articleId: id, detail: article.title }, now);
    return true;
  });
}

interface StateChange {
  values: Partial<Record<'withdrawn_at' | 'published_at' | 'first_published_at' | 'submitted_at' | 'public_revision_id', number | null>> & { withdrawn_reason?: string | null };
  /** From when readers saw it, and will see it; null: not. */
  from: number | null;
  to: number | null;
  action: Pick<AuditEntry, 'action' | 'detail'>;
}

/** Changes from when readers see an article, everywhere that it is written. */
async function changeState(db: Database, id: number, editor: Actor | null, permission: Permission, now: number, decide: (article: EditedArticle) => StateChange | undefined): Promise<boolean> {
  for (;;) {
    const words = await readWords(db, id);
    const done = await inTransaction(db, async (transaction) => {
      const article = await findEdited(transaction, id);
      const change = article && (editor === null || isAllowed(editor, permission, article)) ? decide(article) : undefined;
      if (!article || !change) return false;
      if (article.version !== words?.version) return undefined;
      await store(db, transaction, id, change, words, now);
      await recordAction(transaction, { editorId: editor?.id ?? null, articleId: id, ...change.action }, now);
      return true;
    });
    // Saved between the reading of its words and the lock: once more.
    if (done !== undefined) return done;
  }
}

interface IndexedArticle extends SearchedWords {
  version: number;
  themeId: number | null;
}

/** An article's words are read and folded before the lock is taken, which a long body would keep for too long. */
async function readWords(db: Database, id: number): Promise<IndexedArticle | undefined> {
  const row = await db.reader.selectFrom('article').select(['version', 'title', 'standfirst', 'summary', 'body_text', 'theme_id']).where('id', '=', id).executeTakeFirst();
  return row && { version: row.version, themeId: row.theme_id, ...searchedWords(row, row.body_text) };
}

async function store(db: Database, transaction: Handle, id: number, { values, from, to }: StateChange, { version: _version, ...words }: IndexedArticle, now: number): Promise<void> {
  const before = await takeListingSnapshot(transaction, id, now);
  await transaction.updateTable('article').set((eb) => ({ ...values, changed_at: now, version: eb('version', '+', 1) })).where('id', '=', id).execute();
  await setNamesPublicAt(transaction, id, to);
  await db.search.remove(transaction, { id, publishedAt: from });
  await db.search.add(transaction, [{ id, publishedAt: to, ...words }]);
  await recordChange(transaction, await findTouchedTags(transaction, id, before, now), now);
}
