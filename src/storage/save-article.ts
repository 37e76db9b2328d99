import type { ArticleInput } from '../content/article.ts';
import type { RevisionKind } from '../content/article-form.ts';
import type { StoredBody } from '../content/body-renderer.ts';
import { parseTitle } from '../content/title.ts';
import { searchedWords } from './add-articles.ts';
import { addNames, removeNames, touchedBy } from './article-names.ts';
import { noteAction, type AuditAction } from './audit-log.ts';
import { recordChange } from './changes.ts';
import { inTransaction, type Database, type Handle } from './database.ts';
import { findEdited, type EditedArticle } from './editing.ts';
import { ensureNamed } from './named.ts';
import { settleUnsaved } from './revisions.ts';
import { freeSlug, leadOn, isTakenByAnother } from './slugs.ts';

/** An editor's text, to become the article's. */
export interface Save {
  articleId: number;
  /** The revision that holds it. */
  revisionId: number;
  /** The revision that it builds on: refused if another has been saved since. */
  headId: number | null;
  kind: RevisionKind & AuditAction;
  editorId: number;
  article: ArticleInput;
  language: string;
  rendered: StoredBody;
}

/** What became of a save. But for `saved`, nothing was changed; `overtaken`: somebody saved meanwhile. */
export type SaveResult = 'saved' | 'overtaken' | 'slug taken' | 'withdrawn';

/** What readers are to see from when. Times are UTC milliseconds, publication's in whole seconds. */
export interface Publication {
  publishedAt: number;
  updatedAt: number | null;
}

/**
 * Saves a text without readers seeing anything of it. What has gone out, or will at its time, stays as it is; of a
 * draft the newsroom's lists and search show the new text.
 *
 * @param submittedAt since when it waits for review; undefined leaves that as it is
 */
export async function saveDraft(db: Database, save: Save, now: number, submittedAt?: number): Promise<SaveResult> {
  return storeSave(db, save, now, async (transaction, stored) => {
    if (submittedAt !== undefined) await transaction.updateTable('article').set({ submitted_at: submittedAt }).where('id', '=', stored.id).execute();
    if (stored.publishedAt !== null) return 'saved';
    if (save.article.slug !== null && (await isTakenByAnother(transaction, 'article', save.article.slug, stored.id))) return 'slug taken';
    await storeText(db, transaction, stored, save, save.article.slug, { publishedAt: null, updatedAt: null });
    return 'saved';
  });
}

/**
 * Makes a text what readers see: now, or from a time that lies ahead. Article, names, search index, audit log and
 * the row in `change` are one transaction.
 */
export async function publishArticle(db: Database, save: Save, publication: Publication, now: number): Promise<SaveResult> {
  return storeSave(db, save, now, async (transaction, stored) => {
    if (stored.withdrawnAt !== null) return 'withdrawn';
    const wasOut = stored.firstPublishedAt !== null && stored.firstPublishedAt <= now;
    const slug = save.article.slug ?? (wasOut ? stored.slug : null) ?? (await freeSlug(transaction, 'article', parseTitle(save.article.title).text, stored.id));
    if (await isTakenByAnother(transaction, 'article', slug, stored.id)) return 'slug taken';
    const before = await touchedBy(transaction, stored.id);
    await leadOn(transaction, 'article', stored.id, { from: wasOut ? stored.slug : null, to: slug });
    await storeText(db, transaction, stored, save, slug, publication);
    await transaction
      .updateTable('article')
      .set({ first_published_at: wasOut ? stored.firstPublishedAt : publication.publishedAt, changed_at: now, submitted_at: null, public_revision_id: save.revisionId })
      .where('id', '=', stored.id)
      .execute();
    await recordChange(transaction, [...before, ...(await touchedBy(transaction, stored.id))], now);
    return 'saved';
  });
}

/** Thrown to undo what a transaction did before it found that it may not. */
class Refused extends Error {
  readonly result: SaveResult;

  constructor(result: SaveResult) {
    super(result);
    this.result = result;
  }
}

async function storeSave(db: Database, save: Save, now: number, store: (transaction: Handle, stored: EditedArticle) => Promise<SaveResult>): Promise<SaveResult> {
  try {
    return await inTransaction(db, async (transaction) => {
      const stored = await findEdited(transaction, save.articleId);
      if (!stored || stored.headRevisionId !== save.headId) throw new Refused('overtaken');
      const result = await store(transaction, stored);
      if (result !== 'saved') throw new Refused(result);
      await transaction.updateTable('revision').set({ kind: save.kind, at: now, base_id: save.headId, settled_at: now }).where('id', '=', save.revisionId).execute();
      await transaction.updateTable('article').set((eb) => ({ head_revision_id: save.revisionId, edited_at: now, version: eb('version', '+', 1) })).where('id', '=', stored.id).execute();
      await settleUnsaved(transaction, stored.id, save.editorId, save.revisionId, now);
      await noteAction(transaction, { editorId: save.editorId, action: save.kind, articleId: stored.id }, now);
      return result;
    });
  } catch (error) {
    if (error instanceof Refused) return error.result;
    throw error;
  }
}

async function storeText(db: Database, transaction: Handle, stored: EditedArticle, { article, language, rendered }: Save, slug: string | null, { publishedAt, updatedAt }: { publishedAt: number | null; updatedAt: number | null }): Promise<void> {
  const themeId = article.theme === null ? null : await ensureNamed(transaction, 'theme', article.theme);
  await transaction
    .updateTable('article')
    .set({ title: article.title, standfirst: article.standfirst, summary: article.summary, language, slug, theme_id: themeId, published_at: publishedAt, updated_at: updatedAt })
    .set({ body: article.body, body_html: rendered.html, body_text: rendered.text, word_count: rendered.wordCount, markup_version: rendered.markupVersion })
    .where('id', '=', stored.id)
    .execute();
  await removeNames(transaction, stored.id);
  await addNames(transaction, stored.id, article, publishedAt);
  await db.search.remove(transaction, { id: stored.id, publishedAt: stored.withdrawnAt === null ? stored.publishedAt : null });
  await db.search.add(transaction, [{ id: stored.id, publishedAt, themeId, ...searchedWords({ ...article, rendered }) }]);
}
