import { admin, adminPath } from '../../urls.ts';

// Only to read a path by: nothing is asked there.
const somewhere = 'http://site.invalid';

/** Where to go on after signing in: the path that was asked for if it is one of the admin, else the articles. */
export function nextPath(wanted: string | undefined): string {
  const url = wanted?.startsWith(adminPath) ? URL.parse(wanted, somewhere) : null;
  const isOurs = url?.origin === somewhere && (url.pathname === adminPath || url.pathname.startsWith(`${adminPath}/`));
  return isOurs ? url.pathname + url.search : admin.articles;
}

/** The page that belongs to a path to which something is posted: an article's to its resources, the account's to its own. */
export function pageOf(path: string): string {
  const [article] = new RegExp(`^${admin.article('[^/]+')}`).exec(path) ?? [];
  if (article !== undefined) return article;
  return path.startsWith(admin.account) ? admin.account : admin.articles;
}
