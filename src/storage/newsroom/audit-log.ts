import type { Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';

export type AuditAction =
  | 'set-up' | 'sign-in' | 'sign-in-failed' | 'sign-out' | 'sign-out-everywhere' | 'password' | 'editor-added' | 'editor-role' | 'editor-disabled' | 'editor-enabled' | 'password-reset'
  | 'second-step-failed' | 'totp-set-up' | 'totp-removal' | 'recovery-codes' | 'recovery-code-used' | 'passkey-added' | 'passkey-removal' | 'passkey-sign-in' | 'second-factor-removal'
  | 'editor-name' | 'editor-email' | 'editor-link' | 'editor-sign-out' | 'password-mail' | 'password-by-mail'
  | 'import'
  | 'draft' | 'submission' | 'publication' | 'schedule' | 'update' | 'minor update' | 'recall' | 'withdrawal' | 'reinstatement' | 'correction' | 'deletion' | 'restoration' | 'preview' | 'preview-end' | 'return' | 'article-theme' | 'note'
  | 'picture-upload' | 'picture-change' | 'picture-deletion'
  | 'storyline-move' | 'storyline-begin' | 'storyline-join' | 'storyline-split' | 'storyline-name'
  | 'page-creation' | 'page-change' | 'page-restoration' | 'page-order' | 'page-deletion' | 'settings'
  | 'theme-addition' | 'theme-change' | 'theme-place' | 'theme-deletion'
  | 'theme-merge' | 'topic-merge' | 'author-merge'
  | 'topic-rename' | 'topic-deletion' | 'topics-deletion' | 'author-change'
  | 'related-pin' | 'related-unpin' | 'related-order' | 'related-hide' | 'related-show';

export interface AuditEntry {
  /** Null for actions from the command line, and of people who are not signed in. */
  editorId: number | null;
  action: AuditAction;
  articleId?: number;
  pictureId?: number;
  detail?: string;
}

export async function recordAction(transaction: Handle, { editorId, action, articleId, pictureId, detail = '' }: AuditEntry, now: number): Promise<void> {
  await transaction.insertInto('audit_log').values({ at: now, editor_id: editorId, action, article_id: articleId ?? null, picture_id: pictureId ?? null, detail }).execute();
}

export interface AuditRow {
  id: number;
  at: number;
  action: string;
  detail: string;
  editor: string | null;
  /** The title is null if the article has been deleted. */
  article: { id: number; title: string | null } | null;
  /** The names are null if the picture has been deleted. */
  picture: { id: number; alt: string | null; fileName: string | null } | null;
}

/** Newest first; `before` is the id of the last entry on the previous page. */
export async function listAuditLog(db: Database, { before, limit }: { before?: number | undefined; limit: number }): Promise<AuditRow[]> {
  let query = db.reader
    .selectFrom('audit_log')
    .leftJoin('editor', 'editor.id', 'audit_log.editor_id')
    .leftJoin('article', 'article.id', 'audit_log.article_id')
    .leftJoin('picture', 'picture.id', 'audit_log.picture_id')
    .select(['audit_log.id', 'at', 'action', 'detail', 'editor.name as editor', 'audit_log.article_id', 'article.title'])
    .select(['audit_log.picture_id', 'picture.alt', 'picture.file_name'])
    .orderBy('audit_log.id', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('audit_log.id', '<', before);
  const rows = await query.execute();
  return rows.map(({ article_id: articleId, title, picture_id: pictureId, alt, file_name: fileName, ...row }) => ({
    ...row,
    article: articleId === null ? null : { id: articleId, title },
    picture: pictureId === null ? null : { id: pictureId, alt, fileName },
  }));
}
