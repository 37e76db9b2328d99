export type Role = 'administrator' | 'editor' | 'contributor';

export const roles: readonly Role[] = ['administrator', 'editor', 'contributor'];

/** `sign in` needs any account, `write` concerns an article's text, `publish` its publication, `administer` the site and its editors. */
export type Permission = 'sign in' | 'write' | 'publish' | 'administer';

export interface ArticleOwnership {
  ownerId: number | null;
  firstPublishedAt: number | null;
}

/**
 * The only permission check. Administrators may do everything; editors may write and publish any article; contributors
 * may write their own articles until these are published.
 */
export function isAllowed(editor: { id: number; role: Role }, permission: Permission, article?: ArticleOwnership): boolean {
  if (editor.role === 'administrator') return true;
  if (permission === 'administer') return false;
  if (editor.role === 'editor') return true;
  if (permission === 'publish') return false;
  return article === undefined || (article.ownerId === editor.id && article.firstPublishedAt === null);
}

/** Whether an editor's text may be stored as an unsaved revision. A contributor's own article may be published while they type. */
export function canKeepText(editor: { id: number; role: Role }, article: ArticleOwnership | undefined): boolean {
  return isAllowed(editor, 'write', article) || article?.ownerId === editor.id;
}
