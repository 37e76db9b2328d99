import { describeArticle } from '../../content/articles/opening.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { showDate } from '../../content/dates/dates.ts';
import { readingMinutes } from '../../content/search/words.ts';
import { direction } from '../../content/site/language.ts';
import type { Context } from '../../context.ts';
import { findPublishedArticle, type PublishedArticle } from '../../storage/articles/articles.ts';
import { listCorrectionsOf, type Correction } from '../../storage/articles/corrections.ts';
import { listNamesOf, type Named } from '../../storage/named/named.ts';
import type { LeadPicture } from '../../storage/pictures/pictures.ts';
import * as urls from '../../urls.ts';
import type { FeedLink } from '../feed-links.ts';
import { makeHead, type Head } from '../head.ts';
import { earliest } from '../lists/earliest.ts';
import { articlesShown } from '../lists/teaser.ts';
import { mastheadOf } from '../masthead.ts';
import type { Page, PageRequest } from '../page.ts';
import { showPicturesOf, type ArticlePictures } from '../pictures/article-pictures.ts';
import { picturesShown } from '../pictures/show-picture.ts';
import type { Link, Site } from '../site.ts';
import { bylineHtml } from './byline.ts';
import { showCorrections } from './corrections.ts';
import { hasHistory, updatedLater } from './has-history.ts';
import { missingArticle } from './missing-article.ts';
import { loadThemeContext, moreOnTheme } from './more-on-theme.ts';
import { loadRelated } from './related.ts';
import { loadStory } from './story-so-far.ts';
import { articleData } from './structured-data.ts';

export async function articlePage(context: Context, request: PageRequest): Promise<Page | undefined> {
  const { db } = context;
  const { site, now } = request;
  const slug = request.params['slug'] ?? '';
  const article = await findPublishedArticle(db, slug, now);
  if (!article) return missingArticle(context, request, slug, urls.articlePath);

  const { authors, topics } = await listNamesOf(db, article.id);
  const corrections = article.corrections === 0 ? [] : await listCorrectionsOf(db, article.id);
  const pictures = await showPicturesOf(db, site, article);
  const theme = await loadThemeContext(db, site, article.theme, now);
  const others = moreOnTheme(theme, site, article);
  const story = await loadStory(db, request, article);
  const related = await loadRelated(db, request, article, others.ids);
  return {
    status: 200,
    view: 'articles/article',
    shows: [`theme:${article.theme.id}`, ...articlesShown([article]), ...others.shows, ...story.shows, ...related.shows, ...picturesShown(pictures.ids)],
    changesAt: earliest(article.updatesAt, others.changesAt, story.changesAt, related.changesAt),
    preload: pictures.lead,
    data: {
      head: articleHead(site, article, authors, topics, corrections, theme.feeds, pictures.representative),
      masthead: mastheadOf(site.mastheads, { ...themeLink(article.theme), isHidden: article.theme.isHidden }),
      article: showArticle(site, article, authors, topics, corrections, pictures),
      history: hasHistory(site, article) ? urls.articleHistoryPath(article.slug) : undefined,
      moreOnTheme: others.teasers,
      story,
      related: related.articles,
    },
  };
}

function articleHead(site: Site, article: PublishedArticle, authors: Named[], topics: Named[], corrections: Correction[], feeds: FeedLink[], lead: LeadPicture | undefined): Head {
  const title = parseTitle(article.title);
  return makeHead(site, {
    title: title.text,
    description: describeArticle(article),
    path: urls.articlePath(article.slug),
    language: article.language,
    openGraph: openGraph(site, article, authors, topics),
    picture: lead,
    structuredData: articleData(site, article, title, authors, topics, corrections, lead),
    feeds,
  });
}

export function showArticle(site: Site, article: PublishedArticle, authors: Omit<Named, 'id'>[], topics: Omit<Named, 'id'>[], corrections: Correction[], { lead, body }: ArticlePictures) {
  const { messages } = site;
  const title = parseTitle(article.title);
  const url = urls.absolute(site.url, urls.articlePath(article.slug));
  const minutes = readingMinutes(article.wordCount);
  return {
    title,
    standfirst: article.standfirst,
    summary: article.summary,
    corrections: showCorrections(site, corrections),
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
