import { isSameForm, type ArticleForm, type RevisionKind } from '../../content/articles/article-form.ts';
import { isBlank, shorten } from '../../content/text/text.ts';
import { findEdited, nextArticleId, type EditedArticle } from '../articles/edited-article.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { addPictureUses, pictureIdsOf } from '../pictures/picture-uses.ts';
import { findUnsaved } from './revisions.ts';
import { loadImportedForm, loadSavedForm, storedForm } from './stored-form.ts';
import { thinAutosaves } from './thin-autosaves.ts';

export interface NewText {
  /** The article's uid. The article is created if it does not exist. */
  uid: string;
  form: ArticleForm;
  baseId: number | null;
  kind: RevisionKind;
  editorId: number;
  windowId: string | null;
}

interface SiteLocale {
  language: string;
  zone: string;
}

/**
 * Stores a text as a revision, before the text is merged, validated or saved. The returned `baseId` is always a revision of
 * the article, or null. `isSaved`: whether the article has ever been saved, not only autosaved.
 */
export async function storeRevision(db: Database, text: NewText, site: SiteLocale, now: number): Promise<{ articleId: number; revisionId: number; baseId: number | null; isSaved: boolean }> {
  return inTransaction(db, async (transaction) => {
    const article = (await findEdited(transaction, text.uid)) ?? (await beginArticle(transaction, text, site.language, now));
    const imported = await storeImportedRevision(transaction, article, site.zone, now);
    const baseId = (await isRevisionOf(transaction, article.id, text.baseId)) ? text.baseId : imported;
    const revisionId = await storeText(transaction, article, { ...text, baseId }, site.zone, now);
    await addPictureUses(transaction, 'article', article.id, pictureIdsOf(text.form));
    await thinAutosaves(transaction, article.id, now);
    return { articleId: article.id, revisionId, baseId, isSaved: article.headRevisionId !== null };
  });
}

async function beginArticle(transaction: Handle, { uid, editorId, form }: NewText, language: string, now: number): Promise<EditedArticle> {
  const empty = { standfirst: '', summary: '', body: '', body_html: '', body_text: '', word_count: 0, markup_version: 0 };
  await transaction
    .insertInto('article')
    .values({ id: await nextArticleId(transaction), uid, title: workingTitle(form), language, owner_id: editorId, changed_at: now, edited_at: now, ...empty })
    .execute();
  const article = await findEdited(transaction, uid);
  if (!article) throw new Error('The article that was just inserted is missing');
  return article;
}

/** The first edit of an imported article stores the imported text as a revision, so that later texts can be compared with it. */
async function storeImportedRevision(transaction: Handle, article: EditedArticle, zone: string, now: number): Promise<number | null> {
  const first = await transaction.selectFrom('revision').select(['id', 'kind']).where('article_id', '=', article.id).orderBy('id').limit(1).executeTakeFirst();
  if (first || article.ownerId !== null) return first?.kind === 'import' ? first.id : null;
  const form = await loadImportedForm(transaction, article.id, zone);
  const row = { article_id: article.id, at: article.editedAt, editor_id: null, kind: 'import' as const, base_id: null, settled_at: now, form: storedForm(form, zone), public_at: article.publishedAt === null ? null : Math.max(article.editedAt, article.publishedAt) };
  const { id } = await transaction.insertInto('revision').values(row).returning('id').executeTakeFirstOrThrow();
  await transaction.updateTable('article').set({ head_revision_id: id, public_revision_id: article.publishedAt === null ? null : id }).where('id', '=', article.id).execute();
  return id;
}

async function isRevisionOf(transaction: Handle, articleId: number, id: number | null): Promise<boolean> {
  if (id === null) return false;
  return (await transaction.selectFrom('revision').select('id').where('id', '=', id).where('article_id', '=', articleId).executeTakeFirst()) !== undefined;
}

async function storeText(transaction: Handle, article: EditedArticle, { editorId, kind, baseId, windowId, form }: NewText, zone: string, now: number): Promise<number> {
  if (article.headRevisionId === null) await transaction.updateTable('article').set({ title: workingTitle(form), edited_at: now }).where('id', '=', article.id).where('head_revision_id', 'is', null).execute();
  const last = await findUnsaved(transaction, article.id, editorId, zone);
  if (last && last.baseId === baseId && isSameForm(last.form, form)) {
    if (kind !== 'autosave') await transaction.updateTable('revision').set({ kind }).where('id', '=', last.id).execute();
    return last.id;
  }
  // A text equal to the saved one, as when a form is sent twice, does not count as unsaved.
  const isSaved = article.headRevisionId !== null && isSameForm(await loadSavedForm(transaction, article, zone), form);
  const row = { article_id: article.id, at: now, editor_id: editorId, kind, base_id: baseId, window_id: windowId, settled_at: isSaved ? now : null, form: storedForm(form, zone) };
  const { id } = await transaction.insertInto('revision').values(row).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** The title of an article that is not saved yet. Falls back to the beginning of another field, because lists leave out articles without a title; not to the authors, which a new form fills in. */
function workingTitle({ title, standfirst, summary, body, theme, topics, slug, publishedAt }: ArticleForm): string {
  const named = title.replace(/\s+/g, ' ').trim();
  if (named !== '') return named.slice(0, 300).toWellFormed();
  const text = [standfirst, summary, body, theme, topics, slug, publishedAt].find((one) => !isBlank(one)) ?? '';
  const line = text.slice(0, 400).replace(/\s+/g, ' ').trim();
  return shorten(line.replace(/[#>*_`]+ ?/g, '').trim() || line, 60);
}
