import { isAllowed, type Permission } from '../../content/accounts/permissions.ts';
import { isDeletable, wasPublished } from '../../content/articles/publication.ts';
import { searchedWords, type SearchedWords } from '../../content/search/searched-words.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction, type AuditEntry } from '../newsroom/audit-log.ts';
import type { Editor } from '../newsroom/editors.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';
import { forgetArticle } from '../related/forget-article.ts';
import { queueArticle } from '../related/queue.ts';
import { unscheduleRevisions } from '../revisions/public-versions.ts';
import { updateMembership } from '../storylines/membership.ts';
import { setNamesPublicAt } from './article-names.ts';
import { findEdited, type EditedArticle } from './edited-article.ts';
import { findTouchedTags, takeListingSnapshot } from './touched.ts';

// Each exported function returns false and changes nothing if the article's state or the editor's role does not allow the change.

type Actor = Pick<Editor, 'id' | 'role'>;

/** Takes down a published article. Its page then answers 410 with the reason, and lists, feeds and search omit the article. */
export async function withdrawArticle(db: Database, id: number, reason: string, now: number, editor: Actor | null = null): Promise<boolean> {
  return changeState(db, id, editor, 'publish', now, (article) => {
    if (article.withdrawnAt !== null || article.publishedAt === null || article.publishedAt > now) return undefined;
    return { values: { withdrawn_at: now, withdrawn_reason: reason }, oldPublicAt: article.publishedAt, newPublicAt: null, action: { action: 'withdrawal', detail: reason } };
  });
}

export async function reinstateArticle(db: Database, id: number, now: number, editor: Actor): Promise<boolean> {
  return changeState(db, id, editor, 'publish', now, (article) => {
    if (article.withdrawnAt === null) return undefined;
    return { values: { withdrawn_at: null, withdrawn_reason: null }, oldPublicAt: null, newPublicAt: article.publishedAt, action: { action: 'reinstatement' } };
  });
}

/** Turns a scheduled or submitted article back into a draft, unless readers have already seen it. */
export async function recallArticle(db: Database, id: number, now: number, editor: Actor): Promise<boolean> {
  return changeState(db, id, editor, 'write', now, (article) => {
    const isPublished = wasPublished(article, now);
    if (isPublished || (article.publishedAt === null && article.submittedAt === null)) return undefined;
    return { values: { published_at: null, first_published_at: null, submitted_at: null, returned_at: null, public_revision_id: null }, oldPublicAt: article.publishedAt, newPublicAt: null, action: { action: 'recall' } };
  });
}

export async function deleteDraft(db: Database, id: number, now: number, editor: Actor): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const article = await findEdited(transaction, id);
    if (!article || !isDeletable(article) || !isAllowed(editor, 'write', article)) return false;

    await db.search.remove(transaction, { id, publishedAt: null });
    await setPictureUses(transaction, 'article', id, []);
    await transaction.deleteFrom('article').where('id', '=', id).execute();
    await recordAction(transaction, { editorId: editor.id, action: 'deletion', articleId: id, detail: article.title }, now);
    return true;
  });
}

interface StateChange {
  values: Partial<Record<'withdrawn_at' | 'published_at' | 'first_published_at' | 'submitted_at' | 'returned_at' | 'public_revision_id', number | null>> & { withdrawn_reason?: string | null };
  oldPublicAt: number | null;
  newPublicAt: number | null;
  action: Pick<AuditEntry, 'action' | 'detail'>;
}

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
    // The article was saved after its words were read, so start again.
    if (done !== undefined) return done;
  }
}

interface IndexedArticle extends SearchedWords {
  version: number;
  themeId: number | null;
  language: string;
}

/** Runs before the transaction, because folding the words of a long body would hold the write lock for too long. */
async function readWords(db: Database, id: number): Promise<IndexedArticle | undefined> {
  const row = await db.reader.selectFrom('article').select(['version', 'title', 'standfirst', 'summary', 'body_text', 'theme_id', 'language']).where('id', '=', id).executeTakeFirst();
  return row && { version: row.version, themeId: row.theme_id, language: row.language, ...searchedWords(row, row.body_text) };
}

async function store(db: Database, transaction: Handle, id: number, { values, oldPublicAt, newPublicAt }: StateChange, { version: _version, ...words }: IndexedArticle, now: number): Promise<void> {
  const before = await takeListingSnapshot(transaction, id, now);
  await transaction.updateTable('article').set((eb) => ({ ...values, changed_at: now, version: eb('version', '+', 1) })).where('id', '=', id).execute();
  await setNamesPublicAt(transaction, id, newPublicAt);
  await updateMembership(transaction, id, { publicAt: newPublicAt });
  await queueArticle(transaction, id, newPublicAt, now);
  if (newPublicAt === null) await forgetArticle(transaction, id, words, now);
  await unscheduleRevisions(transaction, id, now);
  await db.search.remove(transaction, { id, publishedAt: oldPublicAt });
  await db.search.add(transaction, [{ id, publishedAt: newPublicAt, ...words }]);
  await recordChange(transaction, await findTouchedTags(transaction, id, before, now), now);
}
