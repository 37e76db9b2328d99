import { parseTitle } from '../../content/articles/title.ts';
import { isoWithOffset } from '../../content/dates/offsets.ts';
import { parsePeriod, periodOf } from '../../content/dates/periods.ts';
import type { Context } from '../../context.ts';
import { findNextPublication } from '../../storage/articles/archive.ts';
import { listLatest } from '../../storage/articles/lists.ts';
import type { Database } from '../../storage/database/database.ts';
import { listForSitemap, listPicturesOf, summarisePeriod } from '../../storage/feeds/sitemaps.ts';
import { findLastStorylineId, listLargeStorylines } from '../../storage/storylines/story.ts';
import { findNextNewThemeTime, listThemes } from '../../storage/themes/navigation.ts';
import * as urls from '../../urls.ts';
import { earliest } from '../lists/earliest.ts';
import type { DocumentPage, Page, PageRequest, Validity } from '../page.ts';
import { wholeImage } from '../pictures/image.ts';
import type { Site } from '../site.ts';

/** Limit of the sitemaps protocol (sitemaps.org). */
const maxSitemapLength = 50_000;
/** Google's rules for news sitemaps: the articles of the last two days, at most 1,000. */
const newsPeriodMs = 2 * 24 * 3_600_000;
const maxNewsLength = 1000;
/** Google's limit for the images of one page. */
const maxImages = 1000;

/** The ids in one sitemap of storylines. Checking the sizes of so many takes about 20 ms. */
const storylinesPerPart = 10_000;
const minStorylineSize = 3;

/** Months are in UTC, so that articles stay in their sitemap when the site's zone changes. */
const utc = { language: 'en', zone: 'UTC' };

export async function sitemapIndex({ db }: Context, { site, now }: PageRequest): Promise<DocumentPage> {
  const sitemaps: { url: string; lastModified?: string }[] = [{ url: urls.absolute(site.url, urls.pagesSitemapPath) }];
  let from: number | undefined = await findNextPublication(db, Number.MIN_SAFE_INTEGER, now);
  while (from !== undefined) {
    const { date } = periodOf(from, 'month', utc);
    const month = parsePeriod(date, utc.zone);
    if (!month) break;
    const { count, lastModified } = await summarisePeriod(db, month, now);
    for (let part = 1; part <= Math.ceil(count / maxSitemapLength); part += 1) {
      sitemaps.push({ url: urls.absolute(site.url, urls.monthSitemapPath(date, part)), lastModified: isoWithOffset(lastModified, utc.zone) });
    }
    from = await findNextPublication(db, month.until, now);
  }
  for (let part = 1, last = await findLastStorylineId(db); firstOfPart(part) <= last; part += 1) {
    if ((await listPartOfStorylines(db, part, { now, limit: 1 })).length > 0) sitemaps.push({ url: urls.absolute(site.url, urls.storylineSitemapPath(part)) });
  }
  return xml('feeds/sitemap-index', { sitemaps }, validityOfStorylines(site));
}

/** `/sitemaps/storylines-1.xml` and so on. */
export async function storylineSitemap({ db }: Context, { site, params, now }: PageRequest): Promise<Page | undefined> {
  const part = params['part'] ?? '';
  const ids = /^[1-9]\d{0,4}$/.test(part) ? await listPartOfStorylines(db, Number(part), { now, limit: storylinesPerPart }) : [];
  if (ids.length === 0) return undefined;
  return xml('feeds/sitemap', { entries: ids.map((id) => ({ url: urls.absolute(site.url, urls.storylinePath(id)) })) }, validityOfStorylines(site));
}

async function listPartOfStorylines(db: Database, part: number, page: { now: number; limit: number }): Promise<number[]> {
  return listLargeStorylines(db, { from: firstOfPart(part), until: firstOfPart(part + 1) }, minStorylineSize, page);
}

function firstOfPart(part: number): number {
  return 1 + (part - 1) * storylinesPerPart;
}

/** Everything except articles and storylines. */
export async function pagesSitemap({ db }: Context, { site, now }: PageRequest): Promise<DocumentPage> {
  const corrections = site.hasCorrections ? [urls.correctionsPath] : [];
  // A static page may have the path of the corrections.
  const paths = [...new Set([urls.frontPath, urls.archivePath, urls.themesPath, ...corrections, ...site.staticPages.map(({ href }) => href)])].slice(0, maxSitemapLength);
  const { themes } = await listThemes(db, now, { limit: maxSitemapLength - paths.length });
  const all = [...paths, ...themes.map(({ slug }) => urls.themePath(slug))];
  return xml('feeds/sitemap', { entries: all.map((path) => ({ url: urls.absolute(site.url, path) })) }, { shows: ['theme-list'], changesAt: await findNextNewThemeTime(db, now) });
}

/** `/sitemaps/YYYY-MM.xml`, and for large months also `/sitemaps/YYYY-MM-2.xml` and so on. */
export async function monthSitemap({ db }: Context, { site, params, now }: PageRequest): Promise<Page | undefined> {
  const [, name = '', part = '1'] = /^(\d{4}-\d{2})(?:-([2-9]|[1-9]\d{1,3}))?$/.exec(params['month'] ?? '') ?? [];
  const month = name ? parsePeriod(name, utc.zone) : undefined;
  const entries = month ? await listForSitemap(db, month, now, { size: maxSitemapLength, number: Number(part) }) : [];
  if (entries.length === 0) return undefined;
  const images = await listImages(db, site, entries);
  const modified = (time: number) => isoWithOffset(Math.min(time, now), utc.zone);
  return xml('feeds/sitemap', { entries: entries.map(({ id, slug, lastModified }) => ({ url: urls.absolute(site.url, urls.articlePath(slug)), lastModified: modified(lastModified), images: images.get(id) })) }, validityOfArticles(site));
}

export async function newsSitemap({ db }: Context, { site, now }: PageRequest): Promise<Page | undefined> {
  const { articles } = await listLatest(db, { now, limit: maxNewsLength });
  const news = articles.filter(({ publishedAt }) => publishedAt >= now - newsPeriodMs);
  if (news.length === 0) return undefined;
  const images = await listImages(db, site, news);
  const entries = news.map((article) => ({
    url: urls.absolute(site.url, urls.articlePath(article.slug)),
    language: newsLanguage(article.language),
    published: isoWithOffset(article.publishedAt, site.dates.zone),
    title: parseTitle(article.title).text,
    images: images.get(article.id),
  }));
  const expiresAt = Math.min(...news.map(({ publishedAt }) => publishedAt)) + newsPeriodMs + 1;
  return { ...xml('feeds/news-sitemap', { name: site.settings.name, entries }, { shows: ['articles'], changesAt: earliest(site.publications.next, expiresAt) }), isUndated: true };
}

/** The addresses of articles' pictures, by the article's id. They depend on nothing that editors can change of a picture. */
async function listImages(db: Database, site: Site, articles: { id: number }[]): Promise<Map<number, string[]>> {
  const pictures = await listPicturesOf(db, articles);
  return new Map([...pictures].map(([id, shown]) => [id, shown.slice(0, maxImages).map((picture) => wholeImage(site, picture).url)]));
}

/** News sitemaps use ISO 639 codes, except for the two scripts of Chinese. */
function newsLanguage(tag: string): string {
  const locale = new Intl.Locale(tag).maximize();
  if (locale.language === 'zh') return locale.script === 'Hant' ? 'zh-tw' : 'zh-cn';
  return locale.language;
}

function validityOfArticles(site: Site): Validity {
  return { shows: ['articles'], changesAt: site.publications.next };
}

/** `published` includes which storylines articles are in. */
function validityOfStorylines(site: Site): Validity {
  return { shows: ['articles', 'published'], changesAt: site.publications.next };
}

function xml(view: string, data: Record<string, unknown>, validity: Validity): DocumentPage {
  return { type: 'application/xml', body: { view, data }, ...validity };
}
