import { describeArticle } from '../../content/articles/opening.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { showDate, yearOf } from '../../content/dates/dates.ts';
import { readingMinutes } from '../../content/search/words.ts';
import { direction } from '../../content/site/language.ts';
import type { Context } from '../../context.ts';
import { GenerationMemo } from '../../page-cache/memo.ts';
import { findPublishedArticle, findWithdrawal, type PublishedArticle } from '../../storage/articles/articles.ts';
import { newestOfTheme, type ListedArticle } from '../../storage/articles/lists.ts';
import { findNextScheduled } from '../../storage/articles/publication-times.ts';
import { listNamesOf, type Named } from '../../storage/named/named.ts';
import { findNewSlug } from '../../storage/named/slugs.ts';
import * as urls from '../../urls.ts';
import { makeHead, titled, type Head } from '../head.ts';
import { earliest } from '../lists/earliest.ts';
import { articlesShown, makeTeaser, type Teaser } from '../lists/teaser.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Link, Site } from '../site.ts';
import { articleData } from './structured-data.ts';

/** How many articles stand under "More on theme". */
export const moreOnThemeLength = 20;

/** `/articles/SLUG` */
export async function articlePage(context: Context, request: PageRequest): Promise<Page | undefined> {
  const { db } = context;
  const { site, now } = request;
  const slug = request.params['slug'] ?? '';
  const article = await findPublishedArticle(db, slug, now);
  if (!article) return missingArticle(context, request, slug);

  const { authors, topics } = await listNamesOf(db, article.id);
  const { newest, next } = await themeNow(context, request, article.theme.id);
  const others = newest.filter(({ id }) => id !== article.id).slice(0, moreOnThemeLength);
  const year = yearOf(article.publishedAt, site.dates);
  return {
    status: 200,
    view: 'articles/article',
    shows: [`theme:${article.theme.id}`, ...articlesShown([article, ...others])],
    changesAt: earliest(article.updatesAt, next),
    data: {
      head: articleHead(site, article, authors, topics),
      currentTheme: themeLink(article.theme),
      article: showArticle(site, article, authors, topics),
      moreOnTheme: others.map((other) => (other.year === year ? other.teaserInYear : other.teaser)),
    },
  };
}

/** A theme's newest articles, one more than stand beside any of them, and when the next one comes out. */
interface ThemeNow {
  newest: OtherArticle[];
  next: number | undefined;
}

/** An article as it stands beside others: with its year, or without beside those of the same year. */
interface OtherArticle {
  id: number;
  year: string;
  teaser: Teaser;
  teaserInYear: Teaser;
}

const themes = new GenerationMemo<ThemeNow>(({ newest }) => newest.reduce((size, { teaser }) => size + sizeOfTeaser(teaser), 1000));

/** With its two forms, each of which is printed and remembered by the views, in UTF-16. */
function sizeOfTeaser({ href, titleHtml, standfirst, summary, date }: Teaser): number {
  return 2000 + 2 * (2 * (href.length + titleHtml.length + date.full.length) + standfirst.length + summary.length);
}

async function themeNow({ db }: Context, { site, now }: PageRequest, themeId: number): Promise<ThemeNow> {
  return themes.findOrLoad(site, String(themeId), now, async () => {
    const next = site.publications.next && (await findNextScheduled(db, 'theme', themeId, now));
    const newest = await newestOfTheme(db, themeId, now, 1 + moreOnThemeLength);
    return { value: { newest: newest.map((article) => beside(site, article)), next }, until: next };
  });
}

function beside(site: Site, article: ListedArticle): OtherArticle {
  const { id, publishedAt } = article;
  return { id, year: yearOf(publishedAt, site.dates), teaser: makeTeaser(site, article), teaserInYear: makeTeaser(site, article, publishedAt) };
}

function articleHead(site: Site, article: PublishedArticle, authors: Named[], topics: Named[]): Head {
  const title = parseTitle(article.title);
  return makeHead(site, {
    title: title.text,
    description: describeArticle(article),
    path: urls.articlePath(article.slug),
    language: article.language,
    openGraph: openGraph(site, article, authors, topics),
    structuredData: articleData(site, article, title, authors, topics),
    feedsOf: { path: urls.themePath(article.theme.slug), name: article.theme.name },
  });
}

/** The article as its view prints it. */
export function showArticle(site: Site, article: PublishedArticle, authors: Omit<Named, 'id'>[], topics: Omit<Named, 'id'>[]) {
  const title = parseTitle(article.title);
  const url = urls.absolute(site.url, urls.articlePath(article.slug));
  return {
    title,
    standfirst: article.standfirst,
    summary: article.summary,
    bodyHtml: article.bodyHtml,
    lang: article.language,
    dir: direction(article.language),
    published: showDate(article.publishedAt, site.dates),
    updated: updatedLater(article) ? showDate(article.updatedAt, site.dates) : undefined,
    minutes: readingMinutes(article.wordCount),
    authors: authors.map(({ slug, name }) => ({ href: urls.authorPath(slug), name })),
    topics: topics.map(({ slug, name }) => ({ href: urls.topicPath(slug), name })),
    theme: themeLink(article.theme),
    url,
    mailHref: mailHref(title.text, url),
  };
}

/** A theme as the navigation and the article link it. */
export function themeLink({ slug, name }: Omit<Named, 'id'>): Link {
  return { href: urls.themePath(slug), name };
}

async function missingArticle({ db }: Context, { site, now }: PageRequest, slug: string): Promise<Page | undefined> {
  const withdrawal = await findWithdrawal(db, slug);
  if (withdrawal) {
    return {
      status: 410,
      view: 'articles/withdrawn',
      shows: articlesShown([withdrawal]),
      data: { head: makeHead(site, { title: titled(site, 'Article withdrawn'), indexed: false }), reason: withdrawal.reason, withdrawn: showDate(withdrawal.withdrawnAt, site.dates) },
    };
  }
  const newSlug = await findNewSlug(db, 'article', slug, now);
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

// Not URLSearchParams, whose + mail programs show as a plus sign.
function mailHref(title: string, url: string): string {
  return `mailto:?subject=${encodeURIComponent(title.toWellFormed())}&body=${encodeURIComponent(url)}`;
}
