import { describeArticle } from '../../content/articles/opening.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { showDate, yearOf } from '../../content/dates/dates.ts';
import { readingMinutes } from '../../content/search/words.ts';
import { direction } from '../../content/site/language.ts';
import type { Context } from '../../context.ts';
import { GenerationMemo } from '../../page-cache/memo.ts';
import { findPublishedArticle, type PublishedArticle } from '../../storage/articles/articles.ts';
import { newestOfTheme, type ListedArticle } from '../../storage/articles/lists.ts';
import { findNextScheduled } from '../../storage/articles/publication-times.ts';
import { listNamesOf, type Named } from '../../storage/named/named.ts';
import { findNewSlug } from '../../storage/named/slugs.ts';
import type { LeadPicture } from '../../storage/pictures/pictures.ts';
import * as urls from '../../urls.ts';
import { feedLinks, type FeedLink } from '../feed-links.ts';
import { makeHead, type Head } from '../head.ts';
import { earliest } from '../lists/earliest.ts';
import { articlesShown, makeTeaser, type Teaser } from '../lists/teaser.ts';
import { mastheadOf } from '../masthead.ts';
import type { Page, PageRequest } from '../page.ts';
import { showPicturesOf, type ArticlePictures } from '../pictures/article-pictures.ts';
import { picturesShown } from '../pictures/show-picture.ts';
import type { Link, Site } from '../site.ts';
import { bylineHtml } from './byline.ts';
import { articleData } from './structured-data.ts';
import { withdrawnPage } from './withdrawn.ts';

export const moreOnThemeLength = 20;

export async function articlePage(context: Context, request: PageRequest): Promise<Page | undefined> {
  const { db } = context;
  const { site, now } = request;
  const slug = request.params['slug'] ?? '';
  const article = await findPublishedArticle(db, slug, now);
  if (!article) return missingArticle(context, request, slug);

  const { authors, topics } = await listNamesOf(db, article.id);
  const pictures = await showPicturesOf(db, site, article);
  const { newest, next, feeds } = await loadThemeContext(context, request, article.theme);
  const others = newest.filter(({ id }) => id !== article.id).slice(0, moreOnThemeLength);
  const year = yearOf(article.publishedAt, site.dates);
  return {
    status: 200,
    view: 'articles/article',
    shows: [`theme:${article.theme.id}`, ...articlesShown([article, ...others]), ...picturesShown(pictures.ids)],
    changesAt: earliest(article.updatesAt, next),
    preload: pictures.lead,
    data: {
      head: articleHead(site, article, authors, topics, feeds, pictures.representative),
      masthead: mastheadOf(site.mastheads, themeLink(article.theme)),
      article: showArticle(site, article, authors, topics, pictures),
      moreOnTheme: others.map((other) => (other.year === year ? other.teaserInYear : other.teaser)),
    },
  };
}

/** The data that the pages of a theme's articles share. */
interface ThemeContext {
  /** One more article than a page lists, because a page does not list its own article. */
  newest: OtherArticle[];
  /** When the theme's next scheduled article is published, UTC milliseconds. */
  next: number | undefined;
  feeds: FeedLink[];
}

/** An article in "More on theme". Its date has no year on the pages of articles from the same year. */
interface OtherArticle {
  id: number;
  year: string;
  teaser: Teaser;
  teaserInYear: Teaser;
}

const themeContexts = new GenerationMemo<ThemeContext>(({ newest }) => newest.reduce((size, { teaser }) => size + sizeOfTeaser(teaser), 1000));

/** In bytes of UTF-16, including the memoized HTML of both forms. */
function sizeOfTeaser({ href, titleHtml, standfirst, summary, date }: Teaser): number {
  return 2000 + 2 * (2 * (href.length + titleHtml.length + date.full.length) + standfirst.length + summary.length);
}

async function loadThemeContext({ db }: Context, { site, now }: PageRequest, { id, slug, name }: Named): Promise<ThemeContext> {
  return themeContexts.findOrLoad(site, String(id), now, async () => {
    const next = site.publications.next && (await findNextScheduled(db, 'theme', id, now));
    const newest = await newestOfTheme(db, id, now, 1 + moreOnThemeLength);
    const feeds = feedLinks(site.messages, name, urls.themePath(slug));
    return { value: { newest: newest.map((article) => makeOther(site, article)), next, feeds }, until: next };
  });
}

function makeOther(site: Site, article: ListedArticle): OtherArticle {
  const { id, publishedAt } = article;
  return { id, year: yearOf(publishedAt, site.dates), teaser: makeTeaser(site, article), teaserInYear: makeTeaser(site, article, publishedAt) };
}

function articleHead(site: Site, article: PublishedArticle, authors: Named[], topics: Named[], feeds: FeedLink[], lead: LeadPicture | undefined): Head {
  const title = parseTitle(article.title);
  return makeHead(site, {
    title: title.text,
    description: describeArticle(article),
    path: urls.articlePath(article.slug),
    language: article.language,
    openGraph: openGraph(site, article, authors, topics),
    picture: lead,
    structuredData: articleData(site, article, title, authors, topics, lead),
    feeds,
  });
}

export function showArticle(site: Site, article: PublishedArticle, authors: Omit<Named, 'id'>[], topics: Omit<Named, 'id'>[], { lead, body }: ArticlePictures) {
  const { messages } = site;
  const title = parseTitle(article.title);
  const url = urls.absolute(site.url, urls.articlePath(article.slug));
  const minutes = readingMinutes(article.wordCount);
  return {
    title,
    standfirst: article.standfirst,
    summary: article.summary,
    lead,
    body,
    lang: article.language,
    dir: direction(article.language),
    published: showDate(article.publishedAt, site.dates),
    updated: updatedLater(article) ? showDate(article.updatedAt, site.dates) : undefined,
    readingTime: minutes === undefined ? undefined : messages.text('article.readingTime', { minutes }),
    bylineHtml: bylineHtml(messages, authors.map(({ slug, name }) => ({ href: urls.authorPath(slug), name }))),
    topics: topics.map(({ slug, name }) => ({ href: urls.topicPath(slug), name })),
    theme: themeLink(article.theme),
    url,
    mailHref: mailHref(title.text, url),
  };
}

export function themeLink({ slug, name }: Omit<Named, 'id'>): Link {
  return { href: urls.themePath(slug), name };
}

async function missingArticle(context: Context, request: PageRequest, slug: string): Promise<Page | undefined> {
  const withdrawn = await withdrawnPage(context, request, slug);
  if (withdrawn) return withdrawn;
  const newSlug = await findNewSlug(context.db, 'article', slug, request.now);
  return newSlug === undefined ? undefined : { movedTo: urls.articlePath(newSlug) };
}

function updatedLater(article: PublishedArticle): article is PublishedArticle & { updatedAt: number } {
  return article.updatedAt !== null && article.updatedAt > article.publishedAt;
}

function openGraph(site: Site, article: PublishedArticle, authors: Named[], topics: Named[]): { property: string; content: string }[] {
  return [
    { property: 'og:type', content: 'article' },
    { property: 'article:published_time', content: showDate(article.publishedAt, site.dates).iso },
    { property: 'article:modified_time', content: showDate(article.updatedAt ?? article.publishedAt, site.dates).iso },
    { property: 'article:section', content: article.theme.name },
    ...authors.map(({ slug }) => ({ property: 'article:author', content: urls.absolute(site.url, urls.authorPath(slug)) })),
    ...topics.map(({ name }) => ({ property: 'article:tag', content: name })),
  ];
}

// URLSearchParams would encode spaces as +, which mail programs show as plus signs.
function mailHref(title: string, url: string): string {
  return `mailto:?subject=${encodeURIComponent(title.toWellFormed())}&body=${encodeURIComponent(url)}`;
}
