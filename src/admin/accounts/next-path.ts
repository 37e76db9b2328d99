import { admin, adminPath } from '../../urls.ts';

// The base that URL.parse needs; nothing is requested from it.
const base = 'http://site.invalid';

/** The page to open after signing in: the wanted path if it belongs to the admin, otherwise the list of articles. */
export function nextPath(wanted: string | undefined): string {
  const url = wanted?.startsWith(adminPath) ? URL.parse(wanted, base) : null;
  const isOurs = url?.origin === base && (url.pathname === adminPath || url.pathname.startsWith(`${adminPath}/`));
  return isOurs ? url.pathname + url.search : admin.articles;
}

/** The page from which forms are posted to a path: an article's form for the article's resources, the account page for the account's. */
export function pageOf(path: string): string {
  const [article] = new RegExp(`^${admin.article('[^/]+')}`).exec(path) ?? [];
  if (article !== undefined) return article;
  return path.startsWith(admin.account) ? admin.account : admin.articles;
}
