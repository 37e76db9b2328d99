import { isAllowed, type Permission } from '../../content/accounts/permissions.ts';
import { formTime, type ArticleForm, type RevisionKind } from '../../content/articles/article-form.ts';
import type { ArticleInput } from '../../content/articles/article.ts';
import { wasPublished } from '../../content/articles/publication.ts';
import { parseTitle } from '../../content/articles/title.ts';
import type { StoredBody } from '../../content/markdown/body-renderer.ts';
import type { SearchedWords } from '../../content/search/searched-words.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { NameResolver } from '../named/named.ts';
import { findFreeSlug, isTakenByAnother, redirectOldSlug } from '../named/slugs.ts';
import { recordAction, type AuditAction } from '../newsroom/audit-log.ts';
import type { Editor } from '../newsroom/editors.ts';
import { findUndescribed } from '../pictures/descriptions.ts';
import { setLeadPicture } from '../pictures/lead-pictures.ts';
import { updateArticleUses } from '../pictures/picture-uses.ts';
import { publishRevision } from '../revisions/public-versions.ts';
import { settleUnsaved, storedNotes } from '../revisions/revisions.ts';
import { queueArticle } from '../related/queue.ts';
import { storedForm } from '../revisions/stored-form.ts';
import { updateMembership } from '../storylines/membership.ts';
import { linkNames, removeNames, resolveNames } from './article-names.ts';
import { findEdited, type EditedArticle } from './edited-article.ts';
import { findTouchedTags, takeListingSnapshot } from './touched.ts';

export interface Save {
  articleId: number;
  revisionId: number;
  /** The revision that the text is based on. If another one has been saved since, the result is `conflict`. */
  headId: number | null;
  /** If it is given, any change of the article's state since is a `conflict` too. */
  version?: number;
  kind: (RevisionKind & AuditAction) | 'theme change';
  editor: Pick<Editor, 'id' | 'role'>;
  /** As typed, with its publication time in `zone`. */
  form: ArticleForm;
  zone: string;
  article: ArticleInput;
  language: string;
  rendered: StoredBody;
  words: SearchedWords;
}

/** Anything but `saved` means that nothing was changed. `undescribed`: {@link findUndescribed} finds a picture. */
export type SaveResult = 'saved' | 'conflict' | 'not allowed' | 'slug taken' | 'withdrawn' | 'undescribed';

/** Times are UTC milliseconds; `publishedAt` is in whole seconds. Without `updatedAt`, the stored time stays. */
export interface Publication {
  publishedAt: number;
  updatedAt?: number | null;
}

/**
 * Saves a text without publishing it. Only the lists and search of the newsroom show the new text, and only if the
 * article is a draft. With a `review`, the draft is submitted or sent back.
 */
export async function saveDraft(db: Database, save: Save, now: number, review?: 'submit' | 'send back'): Promise<SaveResult> {
  return storeSave(db, save, 'write', now, async (transaction, stored) => {
    if (review === 'submit') await transaction.updateTable('article').set({ submitted_at: now, returned_at: null }).where('id', '=', stored.id).execute();
    if (review === 'send back') await transaction.updateTable('article').set({ submitted_at: null, returned_at: now }).where('id', '=', stored.id).execute();
    if (stored.publishedAt !== null) return save.form;
    const { slug } = save.article;
    if (slug !== null && (await isTakenByAnother(transaction, 'article', slug, stored.id))) throw new Refused('slug taken');
    const hasCreatedNames = await storeText(db, transaction, stored, save, slug, { publishedAt: null, updatedAt: null }, now);
    if (hasCreatedNames) await recordChange(transaction, ['articles'], now);
    return save.form;
  });
}

/** Publishes a text now or, if `publishedAt` is in the future, schedules it. */
export async function publishArticle(db: Database, save: Save, { publishedAt, updatedAt: newUpdatedAt }: Publication, now: number): Promise<SaveResult> {
  return storeSave(db, save, 'publish', now, async (transaction, stored) => {
    if (stored.withdrawnAt !== null) throw new Refused('withdrawn');
    if ((await findUndescribed(transaction, save.article, save.rendered.html)).length > 0) throw new Refused('undescribed');
    const isUpdate = wasPublished(stored, now);
    const slug = save.article.slug ?? (isUpdate ? stored.slug : null) ?? (await findFreeSlug(transaction, 'article', { text: parseTitle(save.article.title).text, language: save.language }, stored.id));
    if (await isTakenByAnother(transaction, 'article', slug, stored.id)) throw new Refused('slug taken');
    const updatedAt = newUpdatedAt === undefined ? stored.updatedAt : newUpdatedAt;
    const before = await takeListingSnapshot(transaction, stored.id, now);
    // A scheduled article must not take over an existing redirect before it is published.
    const displaced = publishedAt <= now ? await redirectOldSlug(transaction, 'article', stored.id, { from: isUpdate ? stored.slug : null, to: slug }) : [];
    // An update must not be earlier than the publication.
    await storeText(db, transaction, stored, save, slug, { publishedAt, updatedAt: updatedAt !== null && updatedAt < publishedAt ? null : updatedAt }, now);
    // Another theme is no new version of a text that readers know. A scheduled text needs its new revision.
    if (!isUpdate || save.kind !== 'theme change') await publishRevision(transaction, stored.id, save.revisionId, { publishedAt, now });
    await transaction
      .updateTable('article')
      .set({ first_published_at: isUpdate ? stored.firstPublishedAt : publishedAt, changed_at: now, submitted_at: null, returned_at: null, public_revision_id: save.revisionId, is_undescribed: 0 })
      .where('id', '=', stored.id)
      .execute();
    await recordChange(transaction, [...(await findTouchedTags(transaction, stored.id, before, now)), ...displaced], now);
    return { ...save.form, slug, ...formTime(publishedAt, save.zone) };
  });
}

/** Thrown inside a transaction to roll it back with a result. */
class Refused extends Error {
  readonly result: SaveResult;

  constructor(result: SaveResult) {
    super(result);
    this.result = result;
  }
}

async function storeSave(db: Database, save: Save, permission: Permission, now: number, store: (transaction: Handle, stored: EditedArticle) => Promise<ArticleForm>): Promise<SaveResult> {
  try {
    await inTransaction(db, async (transaction) => {
      const stored = await findEdited(transaction, save.articleId);
      if (!stored || stored.headRevisionId !== save.headId || stored.version !== (save.version ?? stored.version)) throw new Refused('conflict');
      if (!isAllowed(save.editor, permission, stored)) throw new Refused('not allowed');
      const form = await store(transaction, stored);
      // The first save keeps the base that its text was stored with, which may be a colleague's unsaved text.
      const revision = { kind: save.kind, at: now, ...(save.headId === null ? {} : { base_id: save.headId }), settled_at: now, form: storedForm(form, save.zone), body_notes: storedNotes(save.rendered) };
      await transaction.updateTable('revision').set(revision).where('id', '=', save.revisionId).execute();
      await transaction.updateTable('article').set((eb) => ({ head_revision_id: save.revisionId, edited_at: now, version: eb('version', '+', 1) })).where('id', '=', stored.id).execute();
      // Restoring a revision or changing the theme from the list does not save the editor's own unsaved text.
      if (save.kind !== 'restoration' && save.kind !== 'theme change') await settleUnsaved(transaction, stored.id, save.editor.id, save.revisionId, now);
      await updateArticleUses(transaction, stored.id);
      await recordAction(transaction, { editorId: save.editor.id, action: save.kind === 'theme change' ? 'article-theme' : save.kind, articleId: stored.id, ...(save.kind === 'theme change' ? { detail: form.theme } : {}) }, now);
    });
    return 'saved';
  } catch (error) {
    if (error instanceof Refused) return error.result;
    throw error;
  }
}

/** Returns whether it created a theme, an author or a topic. */
async function storeText(db: Database, transaction: Handle, stored: EditedArticle, { article, language, rendered, words }: Save, slug: string | null, { publishedAt, updatedAt }: { publishedAt: number | null; updatedAt: number | null }, now: number): Promise<boolean> {
  const names = new NameResolver(transaction);
  const themeId = article.theme === null ? null : await names.idOf('theme', article.theme, language);
  await transaction
    .updateTable('article')
    .set({ title: article.title, standfirst: article.standfirst, summary: article.summary, language, slug, theme_id: themeId, published_at: publishedAt, updated_at: updatedAt })
    .set({ body: article.body, body_html: rendered.html, body_text: rendered.text, word_count: rendered.wordCount, markup_version: rendered.markupVersion })
    .where('id', '=', stored.id)
    .execute();
  await setLeadPicture(transaction, stored.id, article);
  await removeNames(transaction, stored.id);
  await linkNames(transaction, [await resolveNames(names, stored.id, { ...article, language }, publishedAt)]);
  await db.search.remove(transaction, { id: stored.id, publishedAt: stored.publishedAt });
  await db.search.add(transaction, [{ id: stored.id, publishedAt, themeId, ...words }]);
  await updateMembership(transaction, stored.id, { themeId, publicAt: publishedAt });
  await queueArticle(transaction, stored.id, publishedAt, now);
  return names.hasCreated;
}
