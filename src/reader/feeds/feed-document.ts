import { isoWithOffset } from '../../content/dates/offsets.ts';
import { escapeHtml } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { findFeedId, type FeedOwner } from '../../storage/feeds/feed-ids.ts';
import * as urls from '../../urls.ts';
import type { DocumentPage, Validity } from '../page.ts';
import type { Link, Site } from '../site.ts';
import type { FeedImage } from './feed-pictures.ts';

export const feedLength = 30;

export interface FeedSubject {
  owner: FeedOwner;
  /** The path of the page with the same articles. */
  path: string;
  /** The path below which the feeds are. */
  base: string;
  title: string;
  description: string;
}

export interface FeedEntry {
  id: string;
  url: string;
  title: string;
  /** Plain text; in HTML, it is `summaryHtml`. */
  summary: string;
  summaryHtml: string;
  html: string;
  image: FeedImage | undefined;
  /** UTC milliseconds. */
  published: number;
  updated: number;
  authors: Link[];
  tags: string[];
  language: string;
}

/** A feed in one of the formats. */
export async function feedDocument({ db, startedAt }: Pick<Context, 'db' | 'startedAt'>, site: Site, format: urls.FeedFormat, subject: FeedSubject, entries: FeedEntry[], validity: Validity): Promise<DocumentPage> {
  const feed = {
    // Must not change when the feed's URL changes.
    id: (await findFeedId(db, subject.owner)) ?? urls.absolute(site.url, urls.feedPath('atom', subject.base)),
    title: subject.title,
    description: subject.description,
    // Descriptions in RSS are HTML.
    descriptionHtml: escapeHtml(subject.description),
    pageUrl: urls.absolute(site.url, subject.path),
    feedUrl: urls.absolute(site.url, urls.feedPath(format, subject.base)),
    iconUrl: urls.absolute(site.url, urls.iconPath('icon-192.png')),
    publisher: { name: site.settings.name, href: urls.absolute(site.url, urls.frontPath) },
    updated: entries.length > 0 ? Math.max(...entries.map((entry) => entry.updated)) : startedAt,
    entries,
  };
  if (format === 'json') return { type: 'application/feed+json', body: jsonFeed(site, feed), ...validity };
  // Our views escape everything. The package “feed” leaves < in Atom's attributes, and a title can end its CDATA section.
  return { type: `application/${format}+xml`, ...validity, body: { view: `feeds/${format}`, data: { feed, rfc822, iso: (time: number) => isoWithOffset(time, site.dates.zone) } } };
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
      // No `banner_image`, which is for pictures that the content does not show.
      image: entry.image?.url,
      date_published: isoWithOffset(entry.published, site.dates.zone),
      date_modified: isoWithOffset(entry.updated, site.dates.zone),
      authors: entry.authors.length > 0 ? entry.authors.map(author) : undefined,
      tags: entry.tags,
      language: entry.language,
    })),
  });
}

function rfc822(time: number): string {
  return new Date(time).toUTCString();
}
