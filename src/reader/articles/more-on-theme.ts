import { yearOf } from '../../content/dates/dates.ts';
import { chooseHeadlines, moreOnThemeLength, oldestOfStorylines, type Headline } from '../../content/related/headlines.ts';
import { GenerationMemo } from '../../page-cache/memo.ts';
import { findNextScheduled } from '../../storage/articles/publication-times.ts';
import type { Database } from '../../storage/database/database.ts';
import type { Named } from '../../storage/named/named.ts';
import { countEarlier, listHeadlines, type StorylineArticle } from '../../storage/storylines/newest.ts';
import * as urls from '../../urls.ts';
import { feedLinks, type FeedLink } from '../feed-links.ts';
import { earlierLink, storylinesShown, type EarlierLink } from '../lists/earlier-links.ts';
import { articlesShown, makeTeaser, sizeOfTeaser, type Teaser } from '../lists/teaser.ts';
import type { Validity } from '../page.ts';
import type { Site } from '../site.ts';

/** What the pages of a theme's articles share. */
export interface ThemeContext {
  /** All that the list may show, newest first. */
  headlines: DatedHeadline[];
  ids: ReadonlySet<number>;
  /** The list beside every article that is not among the headlines. */
  usual: HeadlineList;
  /** When the theme's next scheduled article is published, UTC milliseconds. */
  next: number | undefined;
  feeds: FeedLink[];
}

interface DatedHeadline extends Headline {
  year: string;
  plain: DatedTeaser;
  /** With a link to the older articles of the storyline, if there are any. Made when it is first used. */
  withEarlier: () => DatedTeaser;
}

interface DatedTeaser {
  withYear: Teaser;
  withoutYear: Teaser;
}

/** The teasers are shared arrays, so that views render each of them once. */
interface HeadlineList {
  ids: number[];
  shows: string[];
  withYears: Teaser[];
  /** For the pages of articles from a year: the dates of the same year are without it. Has the years of the headlines. */
  byYear: ReadonlyMap<string, Teaser[]>;
}

const themeContexts = new GenerationMemo<ThemeContext>(({ headlines, usual }) => {
  const size = headlines.reduce((sum, { plain, storylineId }) => sum + (storylineId === null ? 2 : 4) * sizeOfTeaser(plain.withYear), 1000);
  return size + (1 + usual.byYear.size) * usual.withYears.reduce((sum, teaser) => sum + sizeOfTeaser(teaser), 0);
});

export async function loadThemeContext(db: Database, site: Site, { id, slug, name }: Named, now: number): Promise<ThemeContext> {
  return themeContexts.findOrLoad(site, String(id), now, async () => {
    const next = site.publications.next && (await findNextScheduled(db, 'theme', id, now));
    const articles = await listHeadlines(db, id, now, moreOnThemeLength);
    const earlier = await countEarlier(db, articles);
    const headlines = articles.map((article) => makeHeadline(site, article, earlier.get(article.id)));
    return { value: { headlines, ids: new Set(articles.map((article) => article.id)), usual: makeList(headlines), next, feeds: feedLinks(site.messages, name, urls.themePath(slug)) }, until: next };
  });
}

function makeHeadline(site: Site, article: StorylineArticle, earlier: number | undefined): DatedHeadline {
  const { id, publishedAt, storylineId } = article;
  const plain = { withYear: makeTeaser(site, article), withoutYear: makeTeaser(site, article, publishedAt) };
  let linked: DatedTeaser | undefined;
  const withEarlier = () => (linked ??= earlier === undefined ? plain : withLink(plain, earlierLink(site, article, earlier)));
  return { id, publishedAt, storylineId, year: yearOf(publishedAt, site.dates), plain, withEarlier };
}

function withLink({ withYear, withoutYear }: DatedTeaser, earlier: EarlierLink): DatedTeaser {
  return { withYear: { ...withYear, earlier }, withoutYear: { ...withoutYear, earlier } };
}

function makeList(headlines: DatedHeadline[]): HeadlineList {
  const chosen = chooseHeadlines(headlines, moreOnThemeLength);
  const oldest = oldestOfStorylines(chosen);
  const dated = chosen.map((headline) => ({ year: headline.year, ...(oldest.has(headline) ? headline.withEarlier() : headline.plain) }));
  const years = new Set(chosen.map(({ year }) => year));
  return {
    ids: chosen.map(({ id }) => id),
    shows: [...articlesShown(chosen), ...storylinesShown(chosen)],
    withYears: dated.map(({ withYear }) => withYear),
    byYear: new Map([...years].map((year) => [year, dated.map((teaser) => (teaser.year === year ? teaser.withoutYear : teaser.withYear))])),
  };
}

export interface MoreOnTheme extends Validity {
  ids: number[];
  teasers: Teaser[];
}

/** The list beside an article of the theme. Its page also needs the tag of the theme. */
export function moreOnTheme({ headlines, ids, usual, next }: ThemeContext, site: Site, article: { id: number; publishedAt: number }): MoreOnTheme {
  const list = ids.has(article.id) ? makeList(headlines.filter(({ id }) => id !== article.id)) : usual;
  return { ids: list.ids, teasers: list.byYear.get(yearOf(article.publishedAt, site.dates)) ?? list.withYears, shows: list.shows, changesAt: next };
}
