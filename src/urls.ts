// Every public path is built here. All are relative to the site's root; `absolute` puts the address before them.

export const frontPath = '/';
export const searchPath = '/search';
export const archivePath = '/archive';
export const themesPath = '/themes';
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

export function themePath(slug: string): string {
  return `${themesPath}/${slug}`;
}

export function authorPath(slug: string): string {
  return `/authors/${slug}`;
}

export function topicPath(slug: string): string {
  return `/topics/${slug}`;
}

/** The archive of a day, or of its month or year: `2025-03-23`, `2025-03` or `2025`. */
export function periodPath(date: string): string {
  return `${archivePath}/${date.replaceAll('-', '/')}`;
}

export function staticPagePath(path: string): string {
  return `/${path}`;
}

/** A feed of the whole site, or of what stands at `base`, a theme's or an author's path. */
export function feedPath(format: FeedFormat, base = ''): string {
  return `${base}/${feedFiles[format]}`;
}

/** The sitemap of a month, `2025-03`; its further parts where one file cannot hold them all. */
export function monthSitemapPath(month: string, part: number): string {
  return `/sitemaps/${month}${part > 1 ? `-${part}` : ''}.xml`;
}

export function assetPath(name: string): string {
  return `/assets/${name}`;
}

export function iconPath(name: string): string {
  return `/icons/${name}`;
}

/** A preview of one revision, for whoever has the link. */
export function previewPath(token: string): string {
  return `/previews/${token}`;
}

/** What editors use. An article that is not stored yet is named by its `uid`. */
export const admin = {
  signIn: `${adminPath}/sign-in`,
  signOut: `${adminPath}/sign-out`,
  setUp: (token: string) => `${adminPath}/set-up/${token}`,
  account: `${adminPath}/account`,
  password: `${adminPath}/account/password`,
  sessions: `${adminPath}/account/sessions`,
  auditLog: `${adminPath}/audit-log`,
  articles: `${adminPath}/articles`,
  newArticle: `${adminPath}/articles/new`,
  article: (id: number | string) => `${adminPath}/articles/${id}`,
  /** A resource of an article: `publication`, `withdrawal`, `revisions` … */
  ofArticle: (id: number | string, resource: string) => `${adminPath}/articles/${id}/${resource}`,
};

/** The article, by its id or uid, that a path of one of its resources is about. */
export function articleOfResource(path: string): string | undefined {
  return new RegExp(`^${admin.ofArticle('([^/?]+)', '[^/?]+')}$`).exec(path)?.[1];
}

/** A path with a query; parameters without a value are left out. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** Whether a path, given without its leading slash, is below one of the site's own folders or pages, where no static page may stand. */
export function isTaken(path: string): boolean {
  return taken.has(firstPart(`/${path}`));
}

const taken = new Set([adminPath, previewPath(''), archivePath, healthPath, searchPath, pagesSitemapPath, articlePath(''), themePath(''), authorPath(''), topicPath(''), assetPath(''), iconPath('')].map(firstPart));

function firstPart(path: string): string {
  return path.split('/')[1] ?? '';
}
