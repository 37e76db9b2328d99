import { describeArticle } from '../../content/articles/opening.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { articlePictureIds } from '../../content/pictures/body-pictures.ts';
import type { Picture } from '../../content/pictures/picture.ts';
import { escapeHtml } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { listLatest, listOfAuthor, listOfTheme, type ListedArticle, type ListPage } from '../../storage/articles/lists.ts';
import { findNextScheduled, wasEverPublished } from '../../storage/articles/publication-times.ts';
import type { Database } from '../../storage/database/database.ts';
import { findFeedDetails, type FeedDetails } from '../../storage/feeds/feeds.ts';
import { findAuthorProfile } from '../../storage/named/authors.ts';
import { findNamed, type Named } from '../../storage/named/named.ts';
import { findNewSlug } from '../../storage/named/slugs.ts';
import { findPictures } from '../../storage/pictures/pictures.ts';
import { findNextOfStoryline, listOfStoryline } from '../../storage/storylines/story.ts';
import { findThemeProfile } from '../../storage/themes/themes.ts';
import * as urls from '../../urls.ts';
import { absoluteAddresses } from '../absolute-addresses.ts';
import { titled } from '../head.ts';
import { earliest } from '../lists/earliest.ts';
import { findShownStoryline } from '../lists/shown-storyline.ts';
import { articlesShown } from '../lists/teaser.ts';
import type { DocumentPage, Page, PageFunction, PageRequest, Validity } from '../page.ts';
import { picturesShown } from '../pictures/show-picture.ts';
import type { Link, Site } from '../site.ts';
import { correctionHtml } from './corrections-feed.ts';
import { feedDocument, feedLength, type FeedEntry, type FeedSubject } from './feed-document.ts';
import { bodyWithPictures, feedImage, figureHtml } from './feed-pictures.ts';

export function siteFeed(format: urls.FeedFormat): PageFunction {
  return async (context, request) => {
    const page = await listLatest(context.db, { now: request.now, limit: feedLength });
    return makeFeed(context, request, format, siteSubject(request.site), page, { shows: ['published'], changesAt: request.site.publications.next });
  };
}

export function themeFeed(format: urls.FeedFormat): PageFunction {
  const describe = async (db: Database, { settings, messages }: Site, { id, name }: Named) => (await findThemeProfile(db, id)).description || messages.text('feeds.themeDescription', { theme: name, site: settings.name });
  return namedFeed(format, { kind: 'theme', pathOf: urls.themePath, list: listOfTheme, describe });
}

export function authorFeed(format: urls.FeedFormat): PageFunction {
  const describe = async (db: Database, { settings, messages }: Site, { id, name }: Named) => (await findAuthorProfile(db.reader, id)).biography || messages.text('feeds.authorDescription', { author: name, site: settings.name });
  return namedFeed(format, { kind: 'author', pathOf: urls.authorPath, list: listOfAuthor, describe });
}

export function storylineFeed(format: urls.FeedFormat): PageFunction {
  return async (context, request) => {
    const { db } = context;
    const { site, now } = request;
    const found = await findShownStoryline(db, request.params['id'] ?? '', now);
    if (!found) return undefined;
    const { id, title, shows, isMoved } = found;
    const path = urls.storylinePath(id);
    if (isMoved) return { movedTo: urls.feedPath(format, path), shows };
    const page = await listOfStoryline(db, id, { now, limit: feedLength });
    const changesAt = site.publications.next && (await findNextOfStoryline(db, id, now));
    const description = site.messages.text('feeds.storylineDescription', { title, site: site.settings.name });
    return makeFeed(context, request, format, { owner: { kind: 'storyline', id }, path, base: path, title: titled(site, title), description }, page, { shows, changesAt });
  };
}

interface NamedFeedParts {
  kind: 'theme' | 'author';
  pathOf(slug: string): string;
  list: typeof listOfTheme;
  describe(db: Database, site: Site, named: Named): Promise<string>;
}

function namedFeed(format: urls.FeedFormat, { kind, pathOf, list, describe }: NamedFeedParts): PageFunction {
  return async (context, request): Promise<Page | undefined> => {
    const slug = request.params['slug'] ?? '';
    const named = await findNamed(context.db, kind, slug);
    if (!named) {
      const newSlug = await findNewSlug(context.db, kind, slug, request.now);
      return newSlug === undefined ? undefined : { movedTo: urls.feedPath(format, pathOf(newSlug)) };
    }
    const page = await list(context.db, named.id, { now: request.now, limit: feedLength });
    if (page.articles.length === 0 && !(await wasEverPublished(context.db, kind, named.id, request.now))) return undefined;
    const changesAt = request.site.publications.next && (await findNextScheduled(context.db, kind, named.id, request.now));
    const subject = { owner: { kind, id: named.id }, path: pathOf(slug), base: pathOf(slug), title: titled(request.site, named.name), description: await describe(context.db, request.site, named) };
    return makeFeed(context, request, format, subject, page, { shows: [`${kind}:${named.id}`], changesAt });
  };
}

function siteSubject({ settings }: Site): FeedSubject {
  const { name, description } = settings;
  return { owner: 'site', path: urls.frontPath, base: '', title: name, description: description || name };
}

async function makeFeed(context: Context, { site, now }: PageRequest, format: urls.FeedFormat, subject: FeedSubject, { articles }: ListPage, list: Validity): Promise<DocumentPage> {
  const { db } = context;
  const details = await findFeedDetails(db, articles, now);
  const pictureIds = [...new Set([...details.values()].flatMap(({ picture, bodyHtml }) => articlePictureIds(picture?.id, bodyHtml)))];
  const pictures = await findPictures(db.reader, pictureIds);
  const entries = articles.flatMap((article) => {
    const found = details.get(article.id);
    return found ? [makeEntry(site, article, found, pictures)] : [];
  });
  const validity = { shows: [...list.shows, ...articlesShown(articles), ...picturesShown(pictureIds)], changesAt: earliest(list.changesAt, ...[...details.values()].map(({ updatesAt }) => updatesAt)) };
  return feedDocument(context, site, format, subject, entries, validity);
}

function makeEntry(site: Site, article: ListedArticle, { uid, bodyHtml, opening, updatedAt, authors, topics, corrections, picture: shown }: FeedDetails, pictures: ReadonlyMap<number, Picture>): FeedEntry {
  const url = urls.absolute(site.url, urls.articlePath(article.slug));
  const summary = describeArticle({ ...article, opening });
  const picture = shown && pictures.get(shown.id);
  const lead = shown && picture && { ...shown, picture };
  const introduction = [article.standfirst, article.summary].filter(Boolean).map((text) => `<p><strong>${escapeHtml(text)}</strong></p>`);
  const content = [...(lead ? [figureHtml(site, lead)] : []), ...introduction, ...corrections.map((correction) => correctionHtml(site, correction)), bodyWithPictures(site, bodyHtml, pictures)];
  return {
    // Must not change when the slug changes.
    id: `urn:uuid:${uid}`,
    url,
    title: parseTitle(article.title).text,
    summary,
    summaryHtml: escapeHtml(summary),
    html: absoluteAddresses(content.join('\n'), site.url, url),
    image: lead && feedImage(site, lead),
    published: article.publishedAt,
    updated: Math.max(article.publishedAt, updatedAt ?? 0),
    authors: authors.map(({ slug, name }): Link => ({ href: urls.absolute(site.url, urls.authorPath(slug)), name })),
    tags: [article.theme.name, ...topics],
    language: article.language,
  };
}
