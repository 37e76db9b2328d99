import { parseTitle } from '../../content/articles/title.ts';
import { showDayOnly, yearsBetween } from '../../content/dates/dates.ts';
import { direction } from '../../content/site/language.ts';
import type { Messages } from '../../messages/messages.ts';
import { GenerationMemo } from '../../page-cache/memo.ts';
import type { Database } from '../../storage/database/database.ts';
import { loadRelatedArticles, maxFound, type RelatedArticle } from '../../storage/related/related-articles.ts';
import { articlePath } from '../../urls.ts';
import { earliest } from '../lists/earliest.ts';
import { articlesShown } from '../lists/teaser.ts';
import type { PageRequest, Validity } from '../page.ts';
import type { Site } from '../site.ts';

const relatedLength = 5;

/** An article in the list “Related”. Shared by all pages that list it. */
interface RelatedTeaser {
  href: string;
  titleHtml: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  theme: string;
  date: { iso: string; text: string };
}

export interface Related extends Validity {
  /** `age`: how much older or newer the article is than the page's, if it is a year or more. */
  articles: { teaser: RelatedTeaser; age: string | undefined }[];
}

interface RelatedSource {
  id: number;
  publishedAt: number;
  storylineId: number | null;
  /** Ids, most relevant first. */
  related: number[];
}

/** Undefined: the article is neither published nor scheduled. */
type Candidate = (Pick<RelatedArticle, 'publishedAt' | 'storylineId'> & { teaser: RelatedTeaser }) | undefined;

const candidates = new GenerationMemo<Candidate>((candidate) => 1000 + 2 * (candidate?.teaser.titleHtml.length ?? 0), { maxValues: 10_000, maxBytes: 12 * 1024 * 1024 });

/** @param listed the ids of the articles that the page lists elsewhere */
export async function loadRelated(db: Database, { site, now }: Pick<PageRequest, 'site' | 'now'>, article: RelatedSource, listed: number[]): Promise<Related> {
  const ids = article.related.filter((id) => id !== article.id && !listed.includes(id));
  const articles: Related['articles'] = [];
  const scheduled: number[] = [];
  let checked = 0;
  while (articles.length < relatedLength && checked < ids.length) {
    const batch = ids.slice(checked, checked + maxFound);
    const found = await candidates.findOrLoadAll(site, batch, (missing) => loadCandidates(db, site, missing));
    for (const id of batch) {
      if (articles.length === relatedLength) break;
      checked += 1;
      const candidate = found.get(id);
      if (!candidate || (candidate.storylineId !== null && candidate.storylineId === article.storylineId)) continue;
      if (candidate.publishedAt > now) scheduled.push(candidate.publishedAt);
      else articles.push({ teaser: candidate.teaser, age: showAge(site.messages, yearsBetween(candidate.publishedAt, article.publishedAt)) });
    }
  }
  return {
    articles,
    // An article that is not published may be later, and then takes its place in the list.
    shows: [`related:${article.id}`, ...articlesShown(ids.slice(0, checked).map((id) => ({ id })))],
    changesAt: earliest(...scheduled),
  };
}

async function loadCandidates(db: Database, site: Site, ids: number[]): Promise<Map<number, Candidate>> {
  const found = new Map((await loadRelatedArticles(db, ids)).map((article) => [article.id, article]));
  return new Map(ids.map((id) => [id, makeCandidate(site, found.get(id))]));
}

function makeCandidate(site: Site, article: RelatedArticle | undefined): Candidate {
  if (!article) return undefined;
  const { slug, title, language, publishedAt, storylineId, theme } = article;
  const teaser = { href: articlePath(slug), titleHtml: parseTitle(title).html, lang: language, dir: direction(language), theme, date: showDayOnly(publishedAt, site.dates) };
  return { publishedAt, storylineId, teaser };
}

/** Memoized, because formatting a plural takes about 6 µs. */
const ages = new WeakMap<Messages, Map<number, string>>();

function showAge(messages: Messages, years: number): string | undefined {
  if (years === 0) return undefined;
  const texts = ages.get(messages) ?? new Map<number, string>();
  ages.set(messages, texts);
  const text = texts.get(years) ?? messages.text(years > 0 ? 'article.yearsEarlier' : 'article.yearsLater', { years: Math.abs(years) });
  texts.set(years, text);
  return text;
}
