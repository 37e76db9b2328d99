import type { DateStyle } from '../content/dates/dates.ts';
import type { Picture } from '../content/pictures/picture.ts';
import { direction } from '../content/site/language.ts';
import type { Settings } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import type { Messages } from '../messages/messages.ts';
import { GenerationMemo } from '../page-cache/memo.ts';
import { hasCorrections } from '../storage/articles/corrections.ts';
import { findPublicationTimes, type PublicationTimes } from '../storage/articles/publication-times.ts';
import { listStaticPages } from '../storage/pages/static-pages.ts';
import { findPicture } from '../storage/pictures/pictures.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { findNavigation } from '../storage/themes/navigation.ts';
import * as urls from '../urls.ts';
import { feedLinks, type FeedLink } from './feed-links.ts';
import { makeMastheads, type Mastheads } from './masthead.ts';

export interface Link {
  href: string;
  name: string;
}

export interface ThemeLink extends Link {
  id: number;
  slug: string;
}

/** The data that every page needs in addition to its own. */
export interface Site {
  /** The generation of the `PageCache` to which pages made with this site belong. */
  readonly generation: number;
  settings: Settings;
  /** Without a trailing slash. */
  url: string;
  dir: 'ltr' | 'rtl';
  messages: Messages;
  dates: DateStyle;
  /** The themes in the navigation. */
  themes: ThemeLink[];
  hasMoreThemes: boolean;
  /** When a scheduled article will change the navigation, UTC milliseconds. */
  themesChangeAt: number | undefined;
  mastheads: Mastheads;
  /** Whether the masthead sets the name in smaller type. */
  hasLongName: boolean;
  staticPages: Link[];
  hasCorrections: boolean;
  /** Represents pages that have no picture of their own in link previews and search results. */
  sharePicture: Picture | undefined;
  feeds: Link[];
  feedLinks: FeedLink[];
  publications: PublicationTimes;
  paths: Record<'front' | 'search' | 'archive' | 'themes' | 'corrections' | 'style' | 'script' | 'icon' | 'touchIcon' | 'manifest' | 'openSearch', string>;
}

/** The page cache's tags for the site's data. */
export function siteTags({ settings: { sharePicture } }: Site): string[] {
  return ['settings', 'static-pages', 'themes', 'names', 'any-corrections', ...(sharePicture === '' ? [] : [`picture:${sharePicture}`])];
}

/** Characters. In large type, a longer name would take several lines. */
const maxLargeName = 32;

/** There is only one site, so the memo's size does not matter. */
const sites = new GenerationMemo<Site>(() => 1);

/** Memoized until the next change to the database or until a scheduled article is published. */
export async function loadSite(context: Context, now: number): Promise<Site> {
  return sites.findOrLoad(context.pages, 'site', now, async () => {
    const site = await readSite(context, now);
    return { value: site, until: site.publications.next };
  });
}

async function readSite(context: Context, now: number): Promise<Site> {
  const { db } = context;
  const [settings, navigation, staticPages, publications] = [await loadSettings(db), await findNavigation(db.reader, now), await listStaticPages(db), await findPublicationTimes(db, now)];
  return makeSite(context, settings, {
    themes: navigation.themes.map((theme) => ({ ...theme, href: urls.themePath(theme.slug) })),
    hasMoreThemes: navigation.hasMore,
    themesChangeAt: navigation.changesAt,
    staticPages: staticPages.map(({ path, title }) => ({ href: urls.staticPagePath(path), name: title })),
    sharePicture: settings.sharePicture === '' ? undefined : await findPicture(db.reader, Number(settings.sharePicture)),
    hasCorrections: await hasCorrections(db, now),
    publications,
  });
}

/** Needs no database, for pages that must work without it. */
export function makeSite({ config, assets, pages, languages }: Pick<Context, 'config' | 'assets' | 'pages' | 'languages'>, settings: Settings, links: Pick<Site, 'themes' | 'hasMoreThemes' | 'themesChangeAt' | 'staticPages' | 'hasCorrections' | 'sharePicture' | 'publications'>): Site {
  const messages = languages.for(settings.language);
  return {
    generation: pages.generation,
    settings,
    url: config.siteUrl,
    dir: direction(settings.language),
    messages,
    dates: { language: settings.language, zone: settings.zone },
    feeds: [
      { href: urls.feedPath('rss'), name: 'RSS' },
      { href: urls.feedPath('atom'), name: 'Atom' },
      { href: urls.feedPath('json'), name: 'JSON Feed' },
    ],
    feedLinks: feedLinks(messages, settings.name),
    mastheads: makeMastheads(links.themes, links.hasMoreThemes),
    hasLongName: settings.name.length > maxLargeName,
    paths: {
      front: urls.frontPath,
      search: urls.searchPath,
      archive: urls.archivePath,
      themes: urls.themesPath,
      corrections: urls.correctionsPath,
      style: urls.assetPath(assets.style.name),
      script: urls.assetPath(assets.script.name),
      icon: urls.iconPath('icon.svg'),
      touchIcon: urls.iconPath('icon-180.png'),
      manifest: urls.manifestPath,
      openSearch: urls.openSearchPath,
    },
    ...links,
  };
}
