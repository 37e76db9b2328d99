export type Role = 'administrator' | 'editor' | 'contributor';

export const roles: readonly Role[] = ['administrator', 'editor', 'contributor'];

/**
 * What a request needs. `sign in`: any account; `write`: to change an article's text; `publish`: to change what readers
 * see of it; `administer`: to manage the site and its editors.
 */
export type Permission = 'sign in' | 'write' | 'publish' | 'administer';

/** The properties of an article that permissions depend on. */
export interface Guarded {
  ownerId: number | null;
  firstPublishedAt: number | null;
}

/**
 * The one place that decides who may do what. Administrators may do everything, editors may write and publish any
 * article, and contributors may write their own articles until these are published.
 *
 * @param article the article that the request is about, if any
 */
export function isAllowed(editor: { id: number; role: Role }, permission: Permission, article?: Guarded): boolean {
  if (editor.role === 'administrator') return true;
  if (permission === 'administer') return false;
  if (editor.role === 'editor') return true;
  if (permission === 'publish') return false;
  return article === undefined || (article.ownerId === editor.id && article.firstPublishedAt === null);
}

/**
 * Whether a text that an editor sent is stored as a revision, even if they may not save it: a contributor's own article
 * may have been published while they typed.
 */
export function mayKeep(editor: { id: number; role: Role }, article: Guarded | undefined): boolean {
  return isAllowed(editor, 'write', article) || article?.ownerId === editor.id;
}
