import * as urls from '../urls.ts';
import { articlePage } from './articles/article.ts';
import { historyPage } from './articles/history.ts';
import { previewPage } from './articles/preview.ts';
import { correctionsFeed } from './feeds/corrections-feed.ts';
import { authorFeed, siteFeed, storylineFeed, themeFeed } from './feeds/feed.ts';
import { manifest, openSearch, robots } from './feeds/site-files.ts';
import { monthSitemap, newsSitemap, pagesSitemap, sitemapIndex, storylineSitemap } from './feeds/sitemap.ts';
import { archivePage, archivePeriodPage } from './lists/archive.ts';
import { authorPage } from './lists/author.ts';
import { correctionsPage } from './lists/corrections.ts';
import { frontPage } from './lists/front-page.ts';
import { storylinePage } from './lists/storyline.ts';
import { themePage } from './lists/theme.ts';
import { themesPage } from './lists/themes.ts';
import { topicPage } from './lists/topic.ts';
import type { PageFunction } from './page.ts';
import { staticPage, staticPagePreview } from './pages/static-page.ts';
import { searchPage } from './search.ts';

export interface Route {
  path: string;
  page: PageFunction;
  /** The query parameters that the page uses. Others are ignored. */
  query: string[];
}

/** The most requested pages come first, because Express tries the routes in order. */
export const routes: Route[] = [
  route(urls.frontPath, frontPage),
  route(urls.articlePath(':slug'), articlePage),
  route(urls.themesPath, themesPage, 'after'),
  route(urls.themePath(':slug'), themePage, 'before'),
  route(urls.authorPath(':slug'), authorPage, 'before'),
  route(urls.topicPath(':slug'), topicPage, 'before'),
  route(urls.storylinePath(':id'), storylinePage, 'before'),
  route(urls.articleHistoryPath(':slug'), historyPage, 'before'),
  route(urls.correctionsPath, correctionsPage, 'before'),
  route(urls.archivePath, archivePage),
  route(urls.periodPath(':year'), archivePeriodPage, 'before'),
  route(urls.periodPath(':year-:month'), archivePeriodPage, 'before'),
  route(urls.periodPath(':year-:month-:day'), archivePeriodPage, 'before'),
  route(urls.searchPath, searchPage, 'q', 'theme', 'from', 'to', 'sort', 'before'),
  route(urls.feedPath('rss'), siteFeed('rss')),
  route(urls.feedPath('atom'), siteFeed('atom')),
  route(urls.feedPath('json'), siteFeed('json')),
  route(urls.feedPath('rss', urls.themePath(':slug')), themeFeed('rss')),
  route(urls.feedPath('atom', urls.themePath(':slug')), themeFeed('atom')),
  route(urls.feedPath('json', urls.themePath(':slug')), themeFeed('json')),
  route(urls.feedPath('rss', urls.authorPath(':slug')), authorFeed('rss')),
  route(urls.feedPath('atom', urls.authorPath(':slug')), authorFeed('atom')),
  route(urls.feedPath('json', urls.authorPath(':slug')), authorFeed('json')),
  route(urls.feedPath('rss', urls.storylinePath(':id')), storylineFeed('rss')),
  route(urls.feedPath('atom', urls.storylinePath(':id')), storylineFeed('atom')),
  route(urls.feedPath('json', urls.storylinePath(':id')), storylineFeed('json')),
  route(urls.feedPath('rss', urls.correctionsPath), correctionsFeed('rss')),
  route(urls.feedPath('atom', urls.correctionsPath), correctionsFeed('atom')),
  route(urls.feedPath('json', urls.correctionsPath), correctionsFeed('json')),
  route(urls.sitemapPath, sitemapIndex),
  route(urls.pagesSitemapPath, pagesSitemap),
  route(urls.storylineSitemapPath(':part'), storylineSitemap),
  route(urls.monthSitemapPath(':month', 1), monthSitemap),
  route(urls.newsSitemapPath, newsSitemap),
  route(urls.robotsPath, robots),
  route(urls.manifestPath, manifest),
  route(urls.openSearchPath, openSearch),
  route(urls.previewPath(':token'), previewPage),
  route(urls.pagePreviewPath(':token'), staticPagePreview),
];

/** Static pages may have any path that no other route matches. */
export const lastRoute = route(urls.staticPagePath('*path'), staticPage);

function route(path: string, page: PageFunction, ...query: string[]): Route {
  return { path, page, query };
}
