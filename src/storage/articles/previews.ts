import type { ArticleForm } from '../../content/articles/article-form.ts';
import type { StoredBody } from '../../content/markdown/body-renderer.ts';
import { relatedIds } from '../../content/related/related-list.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { hashToken, makeToken } from '../newsroom/tokens.ts';
import { saveBodyNotes } from '../revisions/revisions.ts';
import { readStoredForm } from '../revisions/stored-form.ts';

export interface NewPreview {
  articleId: number;
  revisionId: number;
  body: StoredBody;
  editorId: number;
  expiresAt: number;
  isShared: boolean;
}

/** Returns the token of the preview link. */
export async function addPreview(db: Database, { articleId, revisionId, body, editorId, expiresAt, isShared }: NewPreview, now: number): Promise<string> {
  const { token, hash } = makeToken();
  await inTransaction(db, async (transaction) => {
    await transaction.deleteFrom('preview').where('expires_at', '<', now).execute();
    await transaction.insertInto('preview').values({ token_hash: hash, revision_id: revisionId, expires_at: expiresAt, body_html: body.html, word_count: body.wordCount, editor_id: editorId, created_at: now, is_shared: Number(isShared) }).execute();
    await saveBodyNotes(transaction, revisionId, body);
    if (isShared) await recordAction(transaction, { editorId, action: 'preview', articleId }, now);
  });
  return token;
}

export interface Preview {
  articleId: number;
  uid: string;
  form: ArticleForm;
  /** Null for links made by an earlier program version; the caller renders the body. */
  body: { html: string; wordCount: number } | null;
  at: number;
  expiresAt: number;
  slug: string | null;
  publishedAt: number | null;
  updatedAt: number | null;
  storylineId: number | null;
  /** The ids of related articles, most relevant first. */
  related: number[];
}

/** Undefined if the token is unknown or expired. Converts the form's publication time to `zone`. */
export async function findPreview(db: Database, token: string, zone: string, now: number): Promise<Preview | undefined> {
  const row = await db.reader
    .selectFrom('preview')
    .innerJoin('revision', 'revision.id', 'preview.revision_id')
    .innerJoin('article', 'article.id', 'revision.article_id')
    .leftJoin('storyline_article', 'storyline_article.article_id', 'article.id')
    .leftJoin('signature', 'signature.article_id', 'article.id')
    .select(['article.id as articleId', 'uid', 'form', 'at', 'expires_at as expiresAt', 'preview.body_html', 'preview.word_count', 'slug', 'published_at as publishedAt', 'updated_at as updatedAt', 'storyline_id as storylineId', 'related'])
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>=', now)
    .executeTakeFirst();
  if (!row) return undefined;
  const { body_html: html, word_count: wordCount, ...preview } = row;
  return { ...preview, related: relatedIds(row.related), form: readStoredForm(row.form, zone), body: html === null || wordCount === null ? null : { html, wordCount } };
}

/** A link that was given out, without its address, of which only the hash is stored. */
export interface PreviewLink {
  hash: string;
  /** Null in links created before migration 23. */
  createdAt: number | null;
  editor: string | null;
  expiresAt: number;
  revision: { id: number; at: number };
}

/** The valid links to previews of an article, newest first, without those of the preview pane. */
export async function listPreviewLinks(db: Handle, articleId: number, now: number): Promise<PreviewLink[]> {
  const rows = await linksOf(db, articleId, now)
    .leftJoin('editor', 'editor.id', 'preview.editor_id')
    .select(['token_hash as hash', 'preview.created_at as createdAt', 'editor.name as editor', 'expires_at as expiresAt', 'revision.id as revisionId', 'revision.at as savedAt'])
    .orderBy('expires_at', 'desc')
    .orderBy('token_hash')
    .execute();
  return rows.map(({ revisionId, savedAt, ...link }) => ({ ...link, revision: { id: revisionId, at: savedAt } }));
}

export async function countPreviewLinks(db: Handle, articleId: number, now: number): Promise<number> {
  const { count } = await linksOf(db, articleId, now).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return count;
}

/** Ends a link at once. Returns false if the article has no such link, because it has expired or somebody else has ended it. */
export async function endPreview(db: Database, { articleId, hash, editorId }: { articleId: number; hash: string; editorId: number }, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const link = await linksOf(transaction, articleId, now).select('token_hash').where('token_hash', '=', hash).executeTakeFirst();
    if (!link) return false;
    await transaction.deleteFrom('preview').where('token_hash', '=', hash).execute();
    await recordAction(transaction, { editorId, action: 'preview-end', articleId }, now);
    return true;
  });
}

function linksOf(db: Handle, articleId: number, now: number) {
  return db.selectFrom('preview').innerJoin('revision', 'revision.id', 'preview.revision_id').where('revision.article_id', '=', articleId).where('expires_at', '>=', now).where('is_shared', '=', 1);
}
