import { localeWithTerritory } from '../content/site/language.ts';
import { shorten } from '../content/text/text.ts';
import * as urls from '../urls.ts';
import { forScript } from './articles/structured-data.ts';
import type { Link, Site } from './site.ts';

/** What stands in a page's `<head>`. */
export interface Head {
  title: string;
  description: string;
  /** Absolute; absent where no address is the page's own. */
  canonical: string | undefined;
  indexed: boolean;
  /** `og:type` and, for an article, its `article:*` properties. */
  openGraph: { property: string; content: string }[];
  /** JSON-LD, safe inside `<script>`. */
  structuredData: string | undefined;
  feeds: (Link & { type: string })[];
}

export interface HeadParts {
  title: string;
  description?: string;
  /** The page's own path with its query. */
  path?: string;
  indexed?: boolean;
  /** Of the content, where it is not the site's. */
  language?: string;
  openGraph?: { property: string; content: string }[];
  structuredData?: object | undefined;
  /** Feeds of this page, beside the site's: the path that they stand below. */
  feedsOf?: { path: string; name: string };
}

/** The longest description that search engines and link previews show, in characters. */
const longestDescription = 300;

export function makeHead(site: Site, parts: HeadParts): Head {
  const { settings } = site;
  const canonical = parts.path === undefined ? undefined : urls.absolute(site.url, parts.path);
  const description = shorten(parts.description || settings.description, longestDescription);
  return {
    title: parts.title,
    description,
    canonical,
    indexed: parts.indexed ?? true,
    openGraph: [
      { property: 'og:site_name', content: settings.name },
      { property: 'og:title', content: parts.title },
      ...(description ? [{ property: 'og:description', content: description }] : []),
      ...(canonical ? [{ property: 'og:url', content: canonical }] : []),
      { property: 'og:image', content: urls.absolute(site.url, urls.iconPath('icon-512.png')) },
      ...locale(parts.language ?? settings.language),
      ...(parts.openGraph ?? [{ property: 'og:type', content: 'website' }]),
    ],
    structuredData: parts.structuredData && forScript(parts.structuredData),
    feeds: [...(parts.feedsOf ? feedLinks(parts.feedsOf.name, parts.feedsOf.path) : []), ...feedLinks(settings.name)],
  };
}

/** A page's title with the site's name behind it. */
export function titled(site: Site, title: string): string {
  return `${title} · ${site.settings.name}`;
}

/** Open Graph knows languages with a territory only. */
function locale(tag: string): { property: string; content: string }[] {
  const content = localeWithTerritory(tag);
  return content === undefined ? [] : [{ property: 'og:locale', content }];
}

function feedLinks(name: string, base = ''): (Link & { type: string })[] {
  return [
    { href: urls.feedPath('rss', base), name: `${name} (RSS)`, type: 'application/rss+xml' },
    { href: urls.feedPath('atom', base), name: `${name} (Atom)`, type: 'application/atom+xml' },
    { href: urls.feedPath('json', base), name: `${name} (JSON Feed)`, type: 'application/feed+json' },
  ];
}
