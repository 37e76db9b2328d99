import { admin, adminPath } from '../../urls.ts';

// URL.parse needs a base. No request is sent to it.
const base = 'http://site.invalid';

/** The wanted path if it belongs to the admin, otherwise the dashboard. Prevents open redirects. */
export function nextPath(wanted: string | undefined): string {
  const url = wanted?.startsWith(adminPath) ? URL.parse(wanted, base) : null;
  const isOurs = url?.origin === base && (url.pathname === adminPath || url.pathname.startsWith(`${adminPath}/`));
  return isOurs ? url.pathname + url.search : adminPath;
}

/** Where setting up a second factor leads: to the page that was requested before, or to the account. */
export function afterSetUp(wanted: string | undefined): string {
  return wanted ? nextPath(wanted) : admin.account;
}

const id = '[^/]+';
const pages = new RegExp(`^(?:${[admin.ofArticle(id, 'corrections'), admin.article(id), admin.picture(id), admin.page(id), admin.editor(id), admin.theme(id), admin.topic(id), admin.author(id), admin.storyline(id)].join('|')})`);

/** The page whose form posts to a path: that of one thing, a list, the settings, the account page, the sign-in page or the list of articles. */
export function pageOf(path: string): string {
  const [page] = pages.exec(path) ?? [];
  if (page !== undefined) return page;
  const section = [admin.pictures, admin.pages, admin.settings, admin.editors, admin.themes, admin.topics, admin.authors].find((known) => path.startsWith(known));
  if (section !== undefined) return section;
  if (path === admin.pagePreviews) return admin.pages;
  return [admin.account, admin.signIn].find((known) => path.startsWith(known)) ?? admin.articles;
}
