import { altOf } from '../content/pictures/picture.ts';
import { localeWithTerritory } from '../content/site/language.ts';
import { shorten } from '../content/text/text.ts';
import type { LeadPicture } from '../storage/pictures/pictures.ts';
import * as urls from '../urls.ts';
import { forScript } from './articles/structured-data.ts';
import type { FeedLink } from './feed-links.ts';
import { croppedImage, representativePicture } from './pictures/image.ts';
import type { Site } from './site.ts';

interface Property {
  property: string;
  content: string;
}

export interface Head {
  title: string;
  description: string;
  /** An absolute URL. */
  canonical: string | undefined;
  isIndexed: boolean;
  openGraph: Property[];
  twitterCard: 'summary' | 'summary_large_image';
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
  openGraph?: Property[];
  /** For link previews. Without a picture, they show the site's share picture, or else its icon. */
  picture?: LeadPicture | undefined;
  structuredData?: object | undefined;
  /** In addition to the site's feeds. */
  feeds?: FeedLink[];
}

/** Search engines and link previews don't show more characters. */
const maxDescriptionLength = 300;

export function makeHead(site: Site, parts: HeadParts): Head {
  const { settings } = site;
  const canonical = parts.path === undefined ? undefined : urls.absolute(site.url, parts.path);
  const preview = makePreview(site, parts.picture);
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
      ...preview.openGraph,
      ...locale(parts.language ?? settings.language),
      ...(parts.openGraph ?? [{ property: 'og:type', content: 'website' }]),
    ],
    twitterCard: preview.twitterCard,
    structuredData: parts.structuredData && forScript(parts.structuredData),
    feeds: parts.feeds ? [...parts.feeds, ...site.feedLinks] : site.feedLinks,
  };
}

export function titled(site: Site, title: string): string {
  return `${title} · ${site.settings.name}`;
}

function makePreview(site: Site, own: LeadPicture | undefined): Pick<Head, 'openGraph' | 'twitterCard'> {
  const shown = representativePicture(site, own);
  if (!shown) return { openGraph: [{ property: 'og:image', content: urls.absolute(site.url, urls.iconPath('icon-512.png')) }], twitterCard: 'summary' };
  const { url, type, width, height } = croppedImage(site, shown.picture, 'share');
  const alt = altOf(shown.picture, shown.alt);
  const openGraph = [
    { property: 'og:image', content: url },
    { property: 'og:image:type', content: type },
    { property: 'og:image:width', content: String(width) },
    { property: 'og:image:height', content: String(height) },
    ...(alt ? [{ property: 'og:image:alt', content: alt }] : []),
  ];
  return { openGraph, twitterCard: 'summary_large_image' };
}

/** Open Graph requires languages with a territory. */
function locale(tag: string): Property[] {
  const content = localeWithTerritory(tag);
  return content === undefined ? [] : [{ property: 'og:locale', content }];
}
