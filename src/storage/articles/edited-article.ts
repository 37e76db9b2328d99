import type { ArticleOwnership } from '../../content/accounts/permissions.ts';
import { isUid } from '../../content/articles/uid.ts';
import type { Handle } from '../database/schema.ts';

/** An article as the newsroom knows it. Times are UTC milliseconds. */
export interface EditedArticle extends ArticleOwnership {
  id: number;
  uid: string;
  version: number;
  /** Inline Markdown, as readers see it or, of a draft, as it was saved last. */
  title: string;
  slug: string | null;
  language: string;
  publishedAt: number | null;
  updatedAt: number | null;
  withdrawnAt: number | null;
  withdrawnReason: string | null;
  submittedAt: number | null;
  editedAt: number;
  headRevisionId: number | null;
  publicRevisionId: number | null;
}

/** The article of an id, or, in its place, of a `uid`. */
export async function findEdited(db: Handle, idOrUid: number | string): Promise<EditedArticle | undefined> {
  const query = db
    .selectFrom('article')
    .select(['id', 'uid', 'version', 'title', 'slug', 'language', 'published_at as publishedAt', 'first_published_at as firstPublishedAt', 'updated_at as updatedAt', 'withdrawn_at as withdrawnAt'])
    .select(['withdrawn_reason as withdrawnReason', 'submitted_at as submittedAt', 'edited_at as editedAt', 'owner_id as ownerId', 'head_revision_id as headRevisionId', 'public_revision_id as publicRevisionId']);
  if (typeof idOrUid === 'string' && isUid(idOrUid)) return query.where('uid', '=', idOrUid).executeTakeFirst();
  return /^\d{1,10}$/.test(String(idOrUid)) ? query.where('id', '=', Number(idOrUid)).executeTakeFirst() : undefined;
}

/** The id of the next article. In a transaction, which alone may write. The log knows those that were deleted: no id is given twice. */
export async function nextArticleId(transaction: Handle): Promise<number> {
  const { last } = await transaction.selectFrom('article').select((eb) => eb.fn.max('id').as('last')).executeTakeFirstOrThrow();
  const { logged } = await transaction.selectFrom('audit_log').select((eb) => eb.fn.max('article_id').as('logged')).executeTakeFirstOrThrow();
  return Math.max(last ?? 0, logged ?? 0) + 1;
}
