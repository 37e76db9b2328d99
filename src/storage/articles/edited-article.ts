import type { ArticleOwnership } from '../../content/accounts/permissions.ts';
import { isUid } from '../../content/articles/uid.ts';
import type { Handle } from '../database/schema.ts';

export interface EditedArticle extends ArticleOwnership {
  id: number;
  uid: string;
  version: number;
  /** Inline Markdown. The published title if there is one, otherwise the last saved title. */
  title: string;
  slug: string | null;
  language: string;
  publishedAt: number | null;
  updatedAt: number | null;
  withdrawnAt: number | null;
  withdrawnReason: string | null;
  submittedAt: number | null;
  /** When an editor sent the submitted draft back. */
  returnedAt: number | null;
  editedAt: number;
  headRevisionId: number | null;
  publicRevisionId: number | null;
}

export async function findEdited(db: Handle, idOrUid: number | string): Promise<EditedArticle | undefined> {
  const query = db
    .selectFrom('article')
    .select(['id', 'uid', 'version', 'title', 'slug', 'language', 'published_at as publishedAt', 'first_published_at as firstPublishedAt', 'updated_at as updatedAt', 'withdrawn_at as withdrawnAt'])
    .select(['withdrawn_reason as withdrawnReason', 'submitted_at as submittedAt', 'returned_at as returnedAt', 'edited_at as editedAt', 'owner_id as ownerId', 'head_revision_id as headRevisionId', 'public_revision_id as publicRevisionId']);
  if (typeof idOrUid === 'string' && isUid(idOrUid)) return query.where('uid', '=', idOrUid).executeTakeFirst();
  return /^\d{1,10}$/.test(String(idOrUid)) ? query.where('id', '=', Number(idOrUid)).executeTakeFirst() : undefined;
}

/** Call this in the transaction that inserts the article. Reads the audit log too, so that ids of deleted articles are never reused. */
export async function nextArticleId(transaction: Handle): Promise<number> {
  const { last } = await transaction.selectFrom('article').select((eb) => eb.fn.max('id').as('last')).executeTakeFirstOrThrow();
  const { logged } = await transaction.selectFrom('audit_log').select((eb) => eb.fn.max('article_id').as('logged')).executeTakeFirstOrThrow();
  return Math.max(last ?? 0, logged ?? 0) + 1;
}
