import { describeArticle } from '../../content/articles/opening.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { showDate, type ShownDate } from '../../content/dates/dates.ts';
import { direction } from '../../content/site/language.ts';
import type { ListedArticle } from '../../storage/articles/lists.ts';
import { findOpenings } from '../../storage/articles/openings.ts';
import type { Database } from '../../storage/database/database.ts';
import * as urls from '../../urls.ts';
import type { Link, Site } from '../site.ts';
import type { EarlierLink } from './earlier-links.ts';

export interface Teaser {
  href: string;
  titleHtml: string;
  standfirst: string;
  summary: string;
  /** The text below the title. */
  text: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  date: ShownDate;
  theme: Link;
  earlier?: EarlierLink | undefined;
}

/** The page cache's tags for articles. */
export function articlesShown(articles: { id: number }[]): string[] {
  return articles.map(({ id }) => `article:${id}`);
}

/** Unlike `makeTeaser`, shows the first sentences of articles that have neither standfirst nor summary. */
export async function makeTeasers(db: Database, site: Site, articles: ListedArticle[], show = (time: number) => showDate(time, site.dates)): Promise<Teaser[]> {
  const openings = await findOpenings(db, articles);
  return articles.map((article) => ({ ...makeTeaser(site, article), text: describeArticle({ ...article, opening: openings.get(article.id) }), date: show(article.publishedAt) }));
}

/** @param pageTime when the page's article was published. If the teaser's article is from the same year, its date omits the year. */
export function makeTeaser(site: Site, article: ListedArticle, pageTime?: number): Teaser {
  return {
    href: urls.articlePath(article.slug),
    titleHtml: parseTitle(article.title).html,
    standfirst: article.standfirst,
    summary: article.summary,
    text: describeArticle(article),
    lang: article.language,
    dir: direction(article.language),
    date: showDate(article.publishedAt, site.dates, pageTime),
    theme: { href: urls.themePath(article.theme.slug), name: article.theme.name },
  };
}

/** In bytes of UTF-16, including the HTML that views memoize for it. */
export function sizeOfTeaser({ href, titleHtml, standfirst, summary, date }: Teaser): number {
  return 1000 + 2 * (href.length + titleHtml.length + date.full.length) + standfirst.length + summary.length;
}
