export type Role = 'administrator' | 'editor' | 'contributor';

export const roles: readonly Role[] = ['administrator', 'editor', 'contributor'];

export type Permission = 'sign in' | 'write' | 'publish' | 'administer';

export interface ArticleOwnership {
  ownerId: number | null;
  firstPublishedAt: number | null;
}

/** Administrators may do everything; editors may write and publish any article; contributors may write their own unpublished articles. */
export function isAllowed(editor: { id: number; role: Role }, permission: Permission, article?: ArticleOwnership): boolean {
  if (editor.role === 'administrator') return true;
  if (permission === 'administer') return false;
  if (editor.role === 'editor') return true;
  if (permission === 'publish') return false;
  return article === undefined || (article.ownerId === editor.id && article.firstPublishedAt === null);
}

/** Unlike `isAllowed`, accepts the text of a contributor whose article was published while they were typing. */
export function canStoreText(editor: { id: number; role: Role }, article: ArticleOwnership | undefined): boolean {
  return isAllowed(editor, 'write', article) || article?.ownerId === editor.id;
}

/** Contributors may change and delete only the pictures that they uploaded. */
export function canChangePicture(editor: { id: number; role: Role }, { ownerId }: { ownerId: number | null }): boolean {
  return editor.role !== 'contributor' || ownerId === editor.id;
}
