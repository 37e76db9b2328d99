import { describeArticle } from '../../content/articles/opening.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { isoWithOffset } from '../../content/dates/dates.ts';
import { escapeHtml } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { listLatest, listOfAuthor, listOfTheme, type ListedArticle, type ListPage } from '../../storage/articles/lists.ts';
import { findNextScheduled, wasEverPublished } from '../../storage/articles/publication-times.ts';
import { findFeedId, type FeedOwner } from '../../storage/feeds/feed-ids.ts';
import { findFeedDetails, type FeedDetails } from '../../storage/feeds/feeds.ts';
import { findNamed } from '../../storage/named/named.ts';
import { findNewSlug } from '../../storage/named/slugs.ts';
import * as urls from '../../urls.ts';
import { absoluteAddresses } from '../absolute-addresses.ts';
import { earliest } from '../lists/earliest.ts';
import { articlesShown } from '../lists/teaser.ts';
import type { DocumentPage, Page, PageFunction, PageRequest, Validity } from '../page.ts';
import type { Link, Site } from '../site.ts';

/** How many articles a feed holds. */
const feedLength = 30;

/** What a feed is of: the page's path, the path that its feeds stand below, and its name, empty for the whole site. */
interface FeedSubject {
  owner: FeedOwner;
  path: string;
  base: string;
  name: string;
}

/** An article as all three formats write it. Addresses are absolute; `html` is the whole content. */
type FeedEntry = ReturnType<typeof makeEntry>;

/** `/rss.xml`, `/atom.xml`, `/feed.json`: the newest articles of the site, whole. */
export function siteFeed(format: urls.FeedFormat): PageFunction {
  return async (context, request) => {
    const page = await listLatest(context.db, { now: request.now, limit: feedLength });
    return answer(context, request, format, { owner: 'site', path: urls.frontPath, base: '', name: '' }, page, { shows: ['published'], changesAt: request.site.publications.next });
  };
}

/** The same below a theme's page. */
export function themeFeed(format: urls.FeedFormat): PageFunction {
  return namedFeed(format, 'theme', urls.themePath, listOfTheme);
}

/** The same below an author's page. */
export function authorFeed(format: urls.FeedFormat): PageFunction {
  return namedFeed(format, 'author', urls.authorPath, listOfAuthor);
}

function namedFeed(format: urls.FeedFormat, kind: 'theme' | 'author', pathOf: (slug: string) => string, list: typeof listOfTheme): PageFunction {
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
    return answer(context, request, format, { owner: { kind, id: named.id }, path: pathOf(slug), base: pathOf(slug), name: named.name }, page, { shows: [`${kind}:${named.id}`], changesAt });
  };
}

async function answer({ db, startedAt }: Context, { site, now }: PageRequest, format: urls.FeedFormat, of: FeedSubject, { articles }: ListPage, list: Validity): Promise<DocumentPage> {
  const details = await findFeedDetails(db, articles, now);
  const entries = articles.flatMap((article) => {
    const found = details.get(article.id);
    return found ? [makeEntry(site, article, found)] : [];
  });
  const { name } = site.settings;
  const description = of.name ? `${of.name} in ${name}` : site.settings.description || name;
  const feed = {
    // Not its address, which may change.
    id: (await findFeedId(db, of.owner)) ?? urls.absolute(site.url, urls.feedPath('atom', of.base)),
    title: of.name ? `${of.name} · ${name}` : name,
    description,
    // RSS knows descriptions as HTML only.
    descriptionHtml: escapeHtml(description),
    pageUrl: urls.absolute(site.url, of.path),
    feedUrl: urls.absolute(site.url, urls.feedPath(format, of.base)),
    iconUrl: urls.absolute(site.url, urls.iconPath('icon-192.png')),
    publisher: { name, href: urls.absolute(site.url, urls.frontPath) },
    updated: entries.length > 0 ? Math.max(...entries.map((entry) => entry.updated)) : startedAt,
    entries,
  };
  const validity = { shows: [...list.shows, ...articlesShown(articles)], changesAt: earliest(list.changesAt, ...[...details.values()].map(({ updatesAt }) => updatesAt)) };
  if (format === 'json') return { type: 'application/feed+json', body: jsonFeed(site, feed), ...validity };
  // Written by views: the feed library leaves < as it is in Atom's attributes, and ends CDATA where a title says so.
  return { type: `application/${format}+xml`, ...validity, body: { view: `feeds/${format}`, data: { feed, rfc822, iso: (time: number) => isoWithOffset(time, site.dates.zone) } } };
}

function makeEntry(site: Site, article: ListedArticle, { uid, bodyHtml, opening, updatedAt, authors, topics }: FeedDetails) {
  const url = urls.absolute(site.url, urls.articlePath(article.slug));
  const summary = describeArticle({ ...article, opening });
  const lead = [article.standfirst, article.summary].filter(Boolean).map((text) => `<p><strong>${escapeHtml(text)}</strong></p>`);
  return {
    // Neither an edit nor another slug changes it.
    id: `urn:uuid:${uid}`,
    url,
    title: parseTitle(article.title).text,
    summary,
    // RSS knows descriptions as HTML only.
    summaryHtml: escapeHtml(summary),
    html: [...lead, absoluteAddresses(bodyHtml, site.url, url)].join('\n'),
    published: article.publishedAt,
    updated: Math.max(article.publishedAt, updatedAt ?? 0),
    authors: authors.map(({ slug, name }): Link => ({ href: urls.absolute(site.url, urls.authorPath(slug)), name })),
    tags: [article.theme.name, ...topics],
    language: article.language,
  };
}

interface FeedParts {
  title: string;
  description: string;
  pageUrl: string;
  feedUrl: string;
  iconUrl: string;
  publisher: Link;
  entries: FeedEntry[];
}

/** JSON Feed 1.1: jsonfeed.org/version/1.1 */
function jsonFeed(site: Site, feed: FeedParts): string {
  const author = ({ href, name }: Link) => ({ name, url: href });
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.pageUrl,
    feed_url: feed.feedUrl,
    description: feed.description,
    icon: feed.iconUrl,
    authors: [author(feed.publisher)],
    language: site.settings.language,
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: entry.title,
      content_html: entry.html,
      summary: entry.summary || undefined,
      date_published: isoWithOffset(entry.published, site.dates.zone),
      date_modified: isoWithOffset(entry.updated, site.dates.zone),
      authors: entry.authors.length > 0 ? entry.authors.map(author) : undefined,
      tags: entry.tags,
      language: entry.language,
    })),
  });
}

/** A date as RSS 2.0 wants it. */
function rfc822(time: number): string {
  return new Date(time).toUTCString();
}
