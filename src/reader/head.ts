import { localeWithTerritory } from '../content/site/language.ts';
import { shorten } from '../content/text/text.ts';
import * as urls from '../urls.ts';
import { forScript } from './articles/structured-data.ts';
import type { FeedLink } from './feed-links.ts';
import type { Site } from './site.ts';

/** What a page's `<head>` holds. */
export interface Head {
  title: string;
  description: string;
  /** Absolute; undefined for pages without an address of their own. */
  canonical: string | undefined;
  indexed: boolean;
  /** `og:type` and, for an article, its `article:*` properties. */
  openGraph: { property: string; content: string }[];
  /** JSON-LD, safe inside `<script>`. */
  structuredData: string | undefined;
  feeds: FeedLink[];
}

export interface HeadParts {
  title: string;
  description?: string;
  /** The page's own path with its query. */
  path?: string;
  indexed?: boolean;
  /** The language of the content, where it is not the site's. */
  language?: string;
  openGraph?: { property: string; content: string }[];
  structuredData?: object | undefined;
  /** The page's own feeds, besides the site's. */
  feeds?: FeedLink[];
}

/** The longest description that search engines and link previews show, in characters. */
const maxDescription = 300;

export function makeHead(site: Site, parts: HeadParts): Head {
  const { settings } = site;
  const canonical = parts.path === undefined ? undefined : urls.absolute(site.url, parts.path);
  const description = shorten(parts.description || settings.description, maxDescription);
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
    feeds: parts.feeds ? [...parts.feeds, ...site.feedLinks] : site.feedLinks,
  };
}

/** A page's title, followed by the site's name. */
export function titled(site: Site, title: string): string {
  return `${title} · ${site.settings.name}`;
}

/** Open Graph only knows languages with a territory. */
function locale(tag: string): { property: string; content: string }[] {
  const content = localeWithTerritory(tag);
  return content === undefined ? [] : [{ property: 'og:locale', content }];
}
