import type { Context } from '../../context.ts';
import * as urls from '../../urls.ts';
import type { DocumentPage, PageRequest } from '../page.ts';

/** In characters (OpenSearch 1.1). */
const maxShortNameLength = 16;

export async function robots(_context: Context, { site }: PageRequest): Promise<DocumentPage> {
  const lines = ['User-agent: *', `Disallow: ${urls.adminPath}`, `Disallow: ${urls.searchPath}?`, '', `Sitemap: ${urls.absolute(site.url, urls.sitemapPath)}`, `Sitemap: ${urls.absolute(site.url, urls.newsSitemapPath)}`];
  return { type: 'text/plain', shows: [], body: `${lines.join('\n')}\n` };
}

export async function manifest(_context: Context, { site }: PageRequest): Promise<DocumentPage> {
  const { name, description, language } = site.settings;
  const icon = (file: string, sizes: string, type: string, purpose = 'any') => ({ src: urls.iconPath(file), sizes, type, purpose });
  const body = {
    name,
    short_name: name,
    description: description || undefined,
    lang: language,
    dir: site.dir,
    start_url: urls.frontPath,
    scope: urls.frontPath,
    display: 'browser',
    background_color: '#fdfcf9',
    theme_color: '#fdfcf9',
    icons: [icon('icon.svg', 'any', 'image/svg+xml'), icon('icon-192.png', '192x192', 'image/png'), icon('icon-512.png', '512x512', 'image/png'), icon('icon-512.png', '512x512', 'image/png', 'maskable')],
  };
  return { type: 'application/manifest+json', shows: [], body: JSON.stringify(body) };
}

/** Lets browsers offer the site's search. */
export async function openSearch(_context: Context, { site }: PageRequest): Promise<DocumentPage> {
  const data = {
    shortName: [...site.settings.name].slice(0, maxShortNameLength).join(''),
    searchUrl: urls.absolute(site.url, urls.searchPath),
    iconUrl: urls.absolute(site.url, urls.iconPath('icon-192.png')),
  };
  return { type: 'application/opensearchdescription+xml', shows: [], body: { view: 'feeds/opensearch', data } };
}
