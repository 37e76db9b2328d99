// All public paths are defined here, relative to the site's root.

export const frontPath = '/';
export const searchPath = '/search';
export const archivePath = '/archive';
export const themesPath = '/themes';
export const correctionsPath = '/corrections';
export const sitemapPath = '/sitemap.xml';
export const newsSitemapPath = '/news-sitemap.xml';
export const pagesSitemapPath = '/sitemaps/pages.xml';
export const manifestPath = '/manifest.webmanifest';
export const openSearchPath = '/opensearch.xml';
export const robotsPath = '/robots.txt';
export const faviconPath = '/favicon.ico';
export const adminPath = '/admin';
export const healthPath = '/health';

export type FeedFormat = 'rss' | 'atom' | 'json';

const feedFiles: Record<FeedFormat, string> = { rss: 'rss.xml', atom: 'atom.xml', json: 'feed.json' };

export function absolute(siteUrl: string, path: string): string {
  return siteUrl + path;
}

export function articlePath(slug: string): string {
  return `/articles/${slug}`;
}

export function articleHistoryPath(slug: string): string {
  return `${articlePath(slug)}/history`;
}

export function themePath(slug: string): string {
  return `${themesPath}/${slug}`;
}

export function authorPath(slug: string): string {
  return `/authors/${slug}`;
}

export function topicPath(slug: string): string {
  return `/topics/${slug}`;
}

export function storylinePath(id: number | string): string {
  return `/storylines/${id}`;
}

/** @param date `2025-03-23`, `2025-03` or `2025` */
export function periodPath(date: string): string {
  return `${archivePath}/${date.replaceAll('-', '/')}`;
}

export function staticPagePath(path: string): string {
  return `/${path}`;
}

/** @param base the path of a theme, an author, a storyline or the corrections; empty for the whole site */
export function feedPath(format: FeedFormat, base = ''): string {
  return `${base}/${feedFiles[format]}`;
}

export function monthSitemapPath(month: string, part: number): string {
  return `/sitemaps/${month}${part > 1 ? `-${part}` : ''}.xml`;
}

/** @param part counts from 1 */
export function storylineSitemapPath(part: number | string): string {
  return `/sitemaps/storylines-${part}.xml`;
}

export function assetPath(name: string): string {
  return `/assets/${name}`;
}

export function iconPath(name: string): string {
  return `/icons/${name}`;
}

/** @param file the name of a rendition, such as `640.avif` */
export function picturePath({ id, hash }: { id: number | string; hash: string }, file: string): string {
  return `/pictures/${id}-${hash.slice(0, 12)}/${file}`;
}

export function previewPath(token: string): string {
  return `/previews/${token}`;
}

export function pagePreviewPath(token: string): string {
  return previewPath(`pages/${token}`);
}

export const admin = {
  signIn: `${adminPath}/sign-in`,
  signOut: `${adminPath}/sign-out`,
  forgottenPassword: `${adminPath}/forgotten-password`,
  setUp: (token: string) => `${adminPath}/set-up/${token}`,
  account: `${adminPath}/account`,
  password: `${adminPath}/account/password`,
  sessions: `${adminPath}/account/sessions`,
  secondStep: `${adminPath}/sign-in/second-step`,
  passkeySignIn: `${adminPath}/sign-in/passkey`,
  passkeySignInOptions: `${adminPath}/sign-in/passkey-options`,
  totp: `${adminPath}/account/totp`,
  totpRemoval: `${adminPath}/account/totp/removal`,
  recoveryCodes: `${adminPath}/account/recovery-codes`,
  passkeys: `${adminPath}/account/passkeys`,
  newPasskey: `${adminPath}/account/passkeys/new`,
  newPasskeyOptions: `${adminPath}/account/passkeys/options`,
  /** @param id a credential id in lower-case hexadecimal, because paths are in lower case */
  passkeyRemoval: (id: string) => `${adminPath}/account/passkeys/${id}/removal`,
  auditLog: `${adminPath}/audit-log`,
  pictures: `${adminPath}/pictures`,
  picture: (id: number | string) => `${adminPath}/pictures/${id}`,
  ofPicture: (id: number | string, resource: string) => `${adminPath}/pictures/${id}/${resource}`,
  articles: `${adminPath}/articles`,
  newArticle: `${adminPath}/articles/new`,
  article: (id: number | string) => `${adminPath}/articles/${id}`,
  ofArticle: (id: number | string, resource: string) => `${adminPath}/articles/${id}/${resource}`,
  bulkTheme: `${adminPath}/bulk/theme`,
  bulkWithdrawal: `${adminPath}/bulk/withdrawal`,
  storyline: (id: number | string) => `${adminPath}/storylines/${id}`,
  ofStoryline: (id: number | string, resource: string) => `${adminPath}/storylines/${id}/${resource}`,
  themes: `${adminPath}/themes`,
  theme: (id: number | string) => `${adminPath}/themes/${id}`,
  ofTheme: (id: number | string, resource: string) => `${adminPath}/themes/${id}/${resource}`,
  topics: `${adminPath}/topics`,
  topic: (id: number | string) => `${adminPath}/topics/${id}`,
  unusedTopics: `${adminPath}/topics/unused`,
  topicSuggestions: `${adminPath}/topics/suggestions`,
  ofTopic: (id: number | string, resource: string) => `${adminPath}/topics/${id}/${resource}`,
  authors: `${adminPath}/authors`,
  author: (id: number | string) => `${adminPath}/authors/${id}`,
  authorSuggestions: `${adminPath}/authors/suggestions`,
  ofAuthor: (id: number | string, resource: string) => `${adminPath}/authors/${id}/${resource}`,
  pages: `${adminPath}/pages`,
  newPage: `${adminPath}/pages/new`,
  pagePreviews: `${adminPath}/page-previews`,
  page: (id: number | string) => `${adminPath}/pages/${id}`,
  ofPage: (id: number | string, resource: string) => `${adminPath}/pages/${id}/${resource}`,
  settings: `${adminPath}/settings`,
  editors: `${adminPath}/editors`,
  editor: (id: number | string) => `${adminPath}/editors/${id}`,
  ofEditor: (id: number | string, resource: string) => `${adminPath}/editors/${id}/${resource}`,
};

/** The article's id or uid in a path such as `/admin/articles/7/draft`; undefined for other paths. */
export function articleOfResource(path: string): string | undefined {
  return new RegExp(`^${admin.ofArticle('([^/?]+)', '[^/?]+')}$`).exec(path)?.[1];
}

/** The page's id in the path to which its form posts; undefined for other paths. */
export function pageOfText(path: string): string | undefined {
  return new RegExp(`^${admin.ofPage('([^/?]+)', 'text')}$`).exec(path)?.[1];
}

/** Leaves out parameters without a value. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** Whether a path, without its leading slash, belongs to the site itself and so can't be a static page. */
export function isReservedPath(path: string): boolean {
  return reserved.has(firstPart(`/${path}`));
}

const reserved = new Set([adminPath, previewPath(''), picturePath({ id: '', hash: '' }, ''), archivePath, healthPath, searchPath, pagesSitemapPath, articlePath(''), themePath(''), authorPath(''), topicPath(''), storylinePath(''), assetPath(''), iconPath('')].map(firstPart));

function firstPart(path: string): string {
  return path.split('/')[1] ?? '';
}

/** The spelling of a path under which its page is served: lower case, single slashes, no trailing slash. */
export function canonicalPath(path: string): string {
  // Exactly one slash at the start: a redirect to `//host` would lead to another site.
  return `/${lowerCase(path).split(/[/\\]+/).filter(Boolean).join('/')}`;
}

// Leaves percent-encoded bytes as they are, because their digits mean the same in either case.
function lowerCase(path: string): string {
  if (!/[A-Z]/.test(path)) return path;
  return path.replace(/%[0-9A-F]{0,2}|[A-Z]+/gi, (part) => (part.startsWith('%') ? part : part.toLowerCase()));
}

/** Whether readers find a page or file of the site itself at this path, whatever is stored. In some folders, such as the archive's, any path counts. */
export function isSitePath(path: string): boolean {
  return sitePaths.has(path) || siteFolders.some((folder) => path.startsWith(folder));
}

const sitePaths = new Set([frontPath, searchPath, archivePath, themesPath, correctionsPath, sitemapPath, newsSitemapPath, manifestPath, openSearchPath, robotsPath, faviconPath, healthPath, ...['', correctionsPath].flatMap((base) => Object.values(feedFiles).map((file) => `${base}/${file}`))]);
const siteFolders = [`${archivePath}/`, storylinePath(''), iconPath(''), pagesSitemapPath.replace(/[^/]+$/, '')];

/** Whether a path is in one of the folders from which the site serves files. */
export function isFilePath(path: string): boolean {
  return ['/pictures/', '/icons/', '/assets/'].some((folder) => path.startsWith(folder));
}
