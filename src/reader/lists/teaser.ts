import { describeArticle } from '../../content/articles/opening.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { showDate, type ShownDate } from '../../content/dates/dates.ts';
import { direction } from '../../content/site/language.ts';
import type { ListedArticle } from '../../storage/articles/lists.ts';
import { findOpenings } from '../../storage/articles/openings.ts';
import type { Database } from '../../storage/database/database.ts';
import * as urls from '../../urls.ts';
import type { Link, Site } from '../site.ts';

/** An article as lists print it. */
export interface Teaser {
  href: string;
  titleHtml: string;
  standfirst: string;
  summary: string;
  /** The text under its title in lists. */
  text: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  date: ShownDate;
  theme: Link;
}

/** The tags of articles that a page shows, as in the change feed. */
export function articlesShown(articles: { id: number }[]): string[] {
  return articles.map(({ id }) => `article:${id}`);
}

/** Like {@link makeTeaser}, with the first sentences of articles that have neither standfirst nor summary. */
export async function makeTeasers(db: Database, site: Site, articles: ListedArticle[], show = (time: number) => showDate(time, site.dates)): Promise<Teaser[]> {
  const openings = await findOpenings(db, articles);
  return articles.map((article) => ({ ...makeTeaser(site, article), text: describeArticle({ ...article, opening: openings.get(article.id) }), date: show(article.publishedAt) }));
}

/** @param besides a date on the same page, whose year the teaser need not repeat */
export function makeTeaser(site: Site, article: ListedArticle, besides?: number): Teaser {
  return {
    href: urls.articlePath(article.slug),
    titleHtml: parseTitle(article.title).html,
    standfirst: article.standfirst,
    summary: article.summary,
    text: describeArticle(article),
    lang: article.language,
    dir: direction(article.language),
    date: showDate(article.publishedAt, site.dates, besides),
    theme: { href: urls.themePath(article.theme.slug), name: article.theme.name },
  };
}
