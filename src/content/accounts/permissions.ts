/** What an editor is. */
export type Role = 'administrator' | 'editor' | 'contributor';

export const roles: readonly Role[] = ['administrator', 'editor', 'contributor'];

/**
 * What a request needs. `sign in` is anybody known; `write` concerns an article's text, `publish` what readers see of
 * it, `administer` the site and its editors.
 */
export type Permission = 'sign in' | 'write' | 'publish' | 'administer';

/** Of an article, what decides who may do what with it. */
export interface Guarded {
  ownerId: number | null;
  firstPublishedAt: number | null;
}

/**
 * The one place that decides who may do what. Administrators may do all; editors write and publish anything;
 * contributors write their own articles, until they go out.
 *
 * @param article the article that the request is about, if it is about one
 */
export function isAllowed(editor: { id: number; role: Role }, permission: Permission, article?: Guarded): boolean {
  if (editor.role === 'administrator') return true;
  if (permission === 'administer') return false;
  if (editor.role === 'editor') return true;
  if (permission === 'publish') return false;
  return article === undefined || (article.ownerId === editor.id && article.firstPublishedAt === null);
}

/**
 * Whether a text that an editor sent is kept, though it may not be saved: a contributor's own article may have gone out
 * while they typed.
 */
export function mayKeep(editor: { id: number; role: Role }, article: Guarded | undefined): boolean {
  return isAllowed(editor, 'write', article) || article?.ownerId === editor.id;
}
