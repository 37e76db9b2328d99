import { admin, adminPath } from '../../urls.ts';

// URL.parse needs a base. No request is sent to it.
const base = 'http://site.invalid';

/** The wanted path if it belongs to the admin, otherwise the dashboard. Prevents open redirects. */
export function nextPath(wanted: string | undefined): string {
  const url = wanted?.startsWith(adminPath) ? URL.parse(wanted, base) : null;
  const isOurs = url?.origin === base && (url.pathname === adminPath || url.pathname.startsWith(`${adminPath}/`));
  return isOurs ? url.pathname + url.search : adminPath;
}

/** The page whose form posts to a path: the article's form, the picture's page, the library, the account page or the list of articles. */
export function pageOf(path: string): string {
  const [page] = new RegExp(`^(?:${admin.article('[^/]+')}|${admin.picture('[^/]+')})`).exec(path) ?? [];
  if (page !== undefined) return page;
  if (path.startsWith(admin.pictures)) return admin.pictures;
  return path.startsWith(admin.account) ? admin.account : admin.articles;
}
