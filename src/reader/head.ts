import { localeWithTerritory } from '../content/site/language.ts';
import { shorten } from '../content/text/text.ts';
import * as urls from '../urls.ts';
import { forScript } from './articles/structured-data.ts';
import type { FeedLink } from './feed-links.ts';
import type { Site } from './site.ts';

export interface Head {
  title: string;
  description: string;
  /** An absolute URL. */
  canonical: string | undefined;
  isIndexed: boolean;
  openGraph: { property: string; content: string }[];
  /** JSON-LD, escaped for a `<script>` element. */
  structuredData: string | undefined;
  feeds: FeedLink[];
}

export interface HeadParts {
  title: string;
  description?: string;
  /** The canonical path with its query. */
  path?: string;
  isIndexed?: boolean;
  /** The language of the content, if it is not the site's. */
  language?: string;
  openGraph?: { property: string; content: string }[];
  structuredData?: object | undefined;
  /** In addition to the site's feeds. */
  feeds?: FeedLink[];
}

/** Search engines and link previews don't show more characters. */
const maxDescriptionLength = 300;

export function makeHead(site: Site, parts: HeadParts): Head {
  const { settings } = site;
  const canonical = parts.path === undefined ? undefined : urls.absolute(site.url, parts.path);
  const description = shorten(parts.description || settings.description, maxDescriptionLength);
  return {
    title: parts.title,
    description,
    canonical,
    isIndexed: parts.isIndexed ?? true,
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

export function titled(site: Site, title: string): string {
  return `${title} · ${site.settings.name}`;
}

/** Open Graph requires languages with a territory. */
function locale(tag: string): { property: string; content: string }[] {
  const content = localeWithTerritory(tag);
  return content === undefined ? [] : [{ property: 'og:locale', content }];
}
