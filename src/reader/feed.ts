import { Feed } from 'feed';
import { isoWithOffset } from '../content/dates.ts';
import { escapeHtml } from '../content/text.ts';
import { parseTitle } from '../content/title.ts';
import type { Context } from '../context.ts';
import { findFeedDetails, type FeedDetails } from '../storage/feeds.ts';
import { listLatest, listOfAuthor, listOfTheme, type ListedArticle, type ListPage } from '../storage/lists.ts';
import { findNamed } from '../storage/named.ts';
import { findNewSlug } from '../storage/slugs.ts';
import * as urls from '../urls.ts';
import { absoluteAddresses } from './absolute-addresses.ts';
import type { DocumentPage, Page, PageFunction, PageRequest } from './page.ts';
import type { Site } from './site.ts';

/** How many articles a feed holds. */
const feedLength = 30;

const types: Record<urls.FeedFormat, string> = { rss: 'application/rss+xml', atom: 'application/atom+xml', json: 'application/feed+json' };

interface FeedEntry {
  article: ListedArticle;
  details: FeedDetails;
  title: string;
  url: string;
  html: string;
}

interface FeedParts {
  title: string;
  description: string;
  /** The page that the feed is of, and the feed itself, both absolute. */
  pageUrl: string;
  feedUrl: string;
  updated: number;
  entries: FeedEntry[];
}

/** `/rss.xml`, `/atom.xml`, `/feed.json`: the newest articles of the site, whole. */
export function siteFeed(format: urls.FeedFormat): PageFunction {
  return async (context, request) => answer(context, request, format, { base: '', page: urls.frontPath, name: '' }, await listLatest(context.db, { now: request.now, limit: feedLength }));
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
      const newSlug = await findNewSlug(context.db, kind, slug);
      return newSlug === undefined ? undefined : { movedTo: urls.feedPath(format, pathOf(newSlug)) };
    }
    const page = await list(context.db, named.id, { now: request.now, limit: feedLength });
    if (page.articles.length === 0) return undefined;
    return answer(context, request, format, { base: pathOf(slug), page: pathOf(slug), name: named.name }, page);
  };
}

async function answer({ db, startedAt }: Context, { site }: PageRequest, format: urls.FeedFormat, of: { base: string; page: string; name: string }, { articles }: ListPage): Promise<DocumentPage> {
  const details = await findFeedDetails(db, articles);
  const entries = articles.flatMap((article) => {
    const found = details.get(article.id);
    return found ? [makeEntry(site, article, found)] : [];
  });
  const { name, description } = site.settings;
  const parts: FeedParts = {
    title: of.name ? `${of.name} · ${name}` : name,
    description: of.name ? `${of.name} in ${name}` : description || name,
    pageUrl: urls.absolute(site.url, of.page),
    feedUrl: urls.absolute(site.url, urls.feedPath(format, of.base)),
    updated: entries.length > 0 ? Math.max(...entries.map(changedAt)) : startedAt,
    entries,
  };
  return { type: types[format], body: write(site, format, parts) };
}

function makeEntry(site: Site, article: ListedArticle, details: FeedDetails): FeedEntry {
  const url = urls.absolute(site.url, urls.articlePath(article.slug));
  const lead = [article.standfirst, article.summary].filter(Boolean).map((text) => `<p><strong>${escapeHtml(text)}</strong></p>`);
  return { article, details, title: parseTitle(article.title).text, url, html: [...lead, absoluteAddresses(details.bodyHtml, site.url, url)].join('\n') };
}

function changedAt({ article, details }: FeedEntry): number {
  return Math.max(article.publishedAt, details.updatedAt ?? 0);
}

function write(site: Site, format: urls.FeedFormat, parts: FeedParts): string {
  return format === 'json' ? writeJson(site, parts) : format === 'atom' ? writeXml(site, parts, atomItem).atom1() : writeXml(site, parts, rssItem).rss2();
}

function writeXml(site: Site, parts: FeedParts, item: (site: Site, entry: FeedEntry) => Parameters<Feed['addItem']>[0]): Feed {
  const feed = new Feed({
    id: parts.feedUrl,
    title: xmlText(parts.title),
    description: xmlText(parts.description),
    link: parts.pageUrl,
    feed: parts.feedUrl,
    language: site.settings.language,
    updated: new Date(parts.updated),
    generator: 'Broadsheet',
    image: urls.absolute(site.url, urls.iconPath('icon-192.png')),
    ...(site.settings.copyright ? { copyright: xmlText(site.settings.copyright) } : {}),
    author: { name: xmlText(site.settings.name), link: urls.absolute(site.url, urls.frontPath) },
  });
  for (const entry of parts.entries) feed.addItem(item(site, entry));
  return feed;
}

function atomItem(site: Site, entry: FeedEntry) {
  const { article, details } = entry;
  return {
    ...itemParts(entry),
    // Atom's titles and summaries are written as HTML.
    title: escapeHtml(entry.title),
    description: escapeHtml(article.standfirst || article.summary),
    ...(details.authors.length > 0 ? { author: details.authors.map(({ slug, name }) => ({ name: xmlText(name), link: urls.absolute(site.url, urls.authorPath(slug)) })) } : {}),
  };
}

function rssItem(_site: Site, entry: FeedEntry) {
  const { article, details } = entry;
  const creators = details.authors.map(({ name }) => ({ _text: xmlText(name) }));
  return {
    ...itemParts(entry),
    title: '',
    extensions: [
      // The library would write the title as CDATA, in which a title may not end it twice.
      { name: 'title', objects: { _text: xmlText(entry.title) } },
      { name: 'description', objects: { _text: xmlText(escapeHtml(article.standfirst || article.summary)) } },
      // RSS's own author must be an e-mail address, which readers are not given.
      ...(creators.length > 0 ? [{ name: 'dc:creator', objects: creators as unknown as Record<string, unknown> }] : []),
    ],
  };
}

function itemParts(entry: FeedEntry) {
  const { article, details } = entry;
  return {
    id: `urn:uuid:${details.uid}`,
    link: entry.url,
    date: new Date(changedAt(entry)),
    published: new Date(article.publishedAt),
    content: entry.html,
    category: [article.theme.name, ...details.topics].map((name) => ({ name: xmlText(name), term: name })),
  };
}

/** Text for the library, which takes `&amp;` in a text for an ampersand that is escaped already. */
function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;');
}

/** JSON Feed 1.1 (jsonfeed.org/version/1.1), of which the library writes only version 1. */
function writeJson(site: Site, parts: FeedParts): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: parts.title,
    home_page_url: parts.pageUrl,
    feed_url: parts.feedUrl,
    description: parts.description,
    icon: urls.absolute(site.url, urls.iconPath('icon-512.png')),
    favicon: urls.absolute(site.url, urls.iconPath('icon-192.png')),
    authors: [{ name: site.settings.name, url: urls.absolute(site.url, urls.frontPath) }],
    language: site.settings.language,
    items: parts.entries.map((entry) => ({
      id: `urn:uuid:${entry.details.uid}`,
      url: entry.url,
      title: entry.title,
      content_html: entry.html,
      summary: entry.article.standfirst || entry.article.summary || undefined,
      date_published: isoWithOffset(entry.article.publishedAt, site.dates.zone),
      date_modified: isoWithOffset(changedAt(entry), site.dates.zone),
      authors: entry.details.authors.length > 0 ? entry.details.authors.map(({ slug, name }) => ({ name, url: urls.absolute(site.url, urls.authorPath(slug)) })) : undefined,
      tags: [entry.article.theme.name, ...entry.details.topics],
      language: entry.article.language,
    })),
  });
}
