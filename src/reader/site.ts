import type { DateStyle } from '../content/dates/dates.ts';
import { direction } from '../content/site/language.ts';
import type { Settings } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import type { Messages } from '../messages/messages.ts';
import { GenerationMemo } from '../page-cache/memo.ts';
import { findPublicationTimes, type PublicationTimes } from '../storage/articles/publication-times.ts';
import { findNavigation } from '../storage/named/navigation.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { listStaticPages } from '../storage/site/static-pages.ts';
import * as urls from '../urls.ts';

export interface Link {
  href: string;
  name: string;
}

/** A theme as the navigation links it. */
export interface ThemeLink extends Link {
  id: number;
  slug: string;
}

/** What every page shows of the site around its own content. */
export interface Site {
  /** See `PageCache`: what is made with this site is as old. */
  readonly generation: number;
  settings: Settings;
  /** Without a slash at its end. */
  url: string;
  dir: 'ltr' | 'rtl';
  messages: Messages;
  dates: DateStyle;
  /** Those of the navigation. */
  themes: ThemeLink[];
  /** When another theme comes into the navigation though nothing is written, UTC milliseconds. */
  themesChangeAt: number | undefined;
  staticPages: Link[];
  feeds: Link[];
  publications: PublicationTimes;
  /** Where the pages and files are that every page leads to. */
  paths: Record<'front' | 'search' | 'archive' | 'themes' | 'style' | 'script' | 'icon' | 'touchIcon' | 'manifest' | 'openSearch', string>;
}

/** What every page shows of the site, as the change feed names it. */
export const siteShows = ['settings', 'static-pages', 'themes', 'names'];

/** There is one, and it is needed for every page, whatever its size. */
const sites = new GenerationMemo<Site>(() => 1);

/** The site as it is now. It is read again after each change, and whenever an article comes out. */
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
    themesChangeAt: navigation.changesAt,
    staticPages: staticPages.map(({ path, title }) => ({ href: urls.staticPagePath(path), name: title })),
    publications,
  });
}

/** The site without what only the database knows, for pages that must not need it. */
export function makeSite({ config, assets, pages, languages }: Pick<Context, 'config' | 'assets' | 'pages' | 'languages'>, settings: Settings, links: Pick<Site, 'themes' | 'themesChangeAt' | 'staticPages' | 'publications'>): Site {
  return {
    generation: pages.generation,
    settings,
    url: config.siteUrl,
    dir: direction(settings.language),
    messages: languages.for(settings.language),
    dates: { language: settings.language, zone: settings.zone },
    feeds: [
      { href: urls.feedPath('rss'), name: 'RSS' },
      { href: urls.feedPath('atom'), name: 'Atom' },
      { href: urls.feedPath('json'), name: 'JSON Feed' },
    ],
    paths: {
      front: urls.frontPath,
      search: urls.searchPath,
      archive: urls.archivePath,
      themes: urls.themesPath,
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
