import type { ArticleForm } from '../../content/articles/article-form.ts';
import type { Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { readStoredForm } from './stored-form.ts';

/** A revision that readers have seen. */
export interface PublicVersion {
  id: number;
  /** UTC milliseconds. */
  publicAt: number;
  form: ArticleForm;
}

/** Newest first. `before` is the id of a version of the article; after another number there are none, so that not every number is a page. */
export async function listPublicVersions(db: Database, articleId: number, zone: string, { now, limit, before }: { now: number; limit: number; before?: number | undefined }): Promise<PublicVersion[]> {
  let query = db.reader
    .selectFrom('revision')
    .select(['id', 'public_at', 'form'])
    .where('article_id', '=', articleId)
    .where('public_at', 'is not', null)
    .where('public_at', '<=', now)
    .orderBy('id', 'desc')
    .limit(before === undefined ? limit : limit + 1);
  if (before !== undefined) query = query.where('id', '<=', before);
  const rows = await query.execute();
  if (before !== undefined && rows.shift()?.id !== before) return [];
  return rows.map(({ id, public_at: publicAt, form }) => ({ id, publicAt: publicAt ?? 0, form: readStoredForm(form, zone) }));
}

/** Readers see the revision from `publishedAt` on, or from now on if that is in the past. */
export async function publishRevision(transaction: Handle, articleId: number, revisionId: number, { publishedAt, now }: { publishedAt: number; now: number }): Promise<void> {
  await unscheduleRevisions(transaction, articleId, now);
  await transaction.updateTable('revision').set({ public_at: Math.max(publishedAt, now) }).where('id', '=', revisionId).execute();
}

/** Readers will not see the revision that was scheduled. */
export async function unscheduleRevisions(transaction: Handle, articleId: number, now: number): Promise<void> {
  await transaction.updateTable('revision').set({ public_at: null }).where('article_id', '=', articleId).where('public_at', '>', now).execute();
}
