import { parseTitle } from '../content/articles/title.ts';
import { parsePeriod } from '../content/dates/periods.ts';
import { parseSearchQuery, relaxQuery, type SearchTerm } from '../content/search/search-query.ts';
import { makeSnippet, markWords } from '../content/search/snippet.ts';
import { cleanLine } from '../content/text/text.ts';
import type { Context } from '../context.ts';
import type { Database } from '../storage/database/database.ts';
import { findByAnySlug, listSearchedThemes, type Named } from '../storage/named/named.ts';
import type { HitCursor, SearchQuery } from '../storage/search/search-index.ts';
import { countFound, findPhrases, maxCounted, searchArticles, withoutCommonWords, type FoundArticle } from '../storage/search/search.ts';
import { findNextNewThemeTime, listNewestThemes } from '../storage/themes/navigation.ts';
import { searchPath, withQuery } from '../urls.ts';
import { makeHead, titled } from './head.ts';
import { formatCursor, listLength, parseCursor } from './lists/cursor.ts';
import { makeTeaser } from './lists/teaser.ts';
import type { Page, PageRequest } from './page.ts';
import { findTeaserPictures, leadPicturesShown, showRowPicture } from './pictures/teaser-pictures.ts';
import type { Site } from './site.ts';

/** Of a query in the form and in links, in characters. */
const maxFieldLength = 500;
const maxOfferedThemes = 100;

export async function searchPage(context: Context, request: PageRequest): Promise<Page> {
  const { site, query } = request;
  const { text } = site.messages;
  const typed = readForm(query, site.dates.zone);
  // A bookmark may have a former slug.
  const theme = typed.theme === '' ? undefined : await findByAnySlug(context.db, 'theme', typed.theme, request.now);
  const form = theme ? { ...typed, theme: theme.slug } : typed;
  const terms = parseSearchQuery(form.q);
  const found = terms.length > 0 ? await find(context, request, form, theme, terms) : undefined;
  const { themes, isTruncated } = await offeredThemes(context, request, theme);
  return {
    status: 200,
    view: 'search',
    // If there are too many themes, the latest articles determine which ones the form offers.
    shows: ['theme-list', ...(found || isTruncated ? ['articles'] : []), ...(found?.pictureTags ?? [])],
    changesAt: found || isTruncated ? site.publications.next : await findNextNewThemeTime(context.db, request.now),
    data: {
      head: makeHead(site, { title: titled(site, form.q ? text('search.titleOf', { query: form.q }) : text('search.title')), path: withQuery(searchPath, { ...form, before: query['before'] }), isIndexed: form.q === '' }),
      form,
      themes,
      hasQuery: form.q !== '',
      found,
    },
  };
}

/** The form offers the themes with the latest articles and the chosen theme. A theme that does not exist is ignored. */
async function offeredThemes({ db }: Context, { site, now }: PageRequest, chosen: Named | undefined): Promise<{ themes: Named[]; isTruncated: boolean }> {
  const newest = await listNewestThemes(db.reader, now, maxOfferedThemes);
  const isTruncated = newest.length === maxOfferedThemes;
  const other = isTruncated && chosen && !newest.some(({ id }) => id === chosen.id) ? chosen : undefined;
  const { compare } = new Intl.Collator(site.settings.language);
  return { themes: [...newest, ...(other ? [other] : [])].toSorted((a, b) => compare(a.name, b.name)), isTruncated };
}

type Form = ReturnType<typeof readForm>;

/** Ignores dates that don't exist, because a date field can't show them. */
function readForm(query: PageRequest['query'], zone: string) {
  const field = (name: string) => cleanLine(query[name] ?? '').slice(0, maxFieldLength).toWellFormed();
  const day = (name: string) => (parsePeriod(field(name), zone)?.unit === 'day' ? field(name) : '');
  return { q: field('q'), theme: field('theme'), from: day('from'), to: day('to'), sort: query['sort'] === 'newest' ? 'newest' : '' };
}

async function readFilters({ db }: Context, { site, now }: PageRequest, form: Form, theme: Named | undefined): Promise<Omit<SearchQuery, 'terms'>> {
  const from = parsePeriod(form.from, site.dates.zone);
  const to = parsePeriod(form.to, site.dates.zone);
  return { themeIds: theme && (await listSearchedThemes(db, theme.id)), from: from?.from, until: to ? Math.min(now, to.until - 1) : now };
}

async function find(context: Context, request: PageRequest, form: Form, theme: Named | undefined, terms: SearchTerm[]) {
  const { db } = context;
  const { site, query: parameters, now } = request;
  const filters = await readFilters(context, request, form, theme);
  const { terms: usedTerms, query, count, isSegmented } = await chooseQuery(db, await withoutCommonWords(db, terms, now), filters);
  const after = parseHitCursor(parameters['before'] ?? '');
  const { articles, next } = await searchArticles(db, query, { order: form.sort === 'newest' ? 'newest' : 'relevance', after, limit: listLength });
  const pictures = await findTeaserPictures(db, articles);
  return {
    articles: articles.map((article) => ({ ...makeHit(site, article, usedTerms), picture: showRowPicture(site, pictures.get(article.id)) })),
    pictureTags: leadPicturesShown(pictures),
    count: site.messages.text('search.count', { limit: count > maxCounted ? 'exceeded' : 'within', count: Math.min(count, maxCounted) }),
    isSegmented,
    isContinued: after !== undefined,
    next: next && withQuery(searchPath, { ...form, before: `${next.tier}-${formatCursor(next)}` }),
  };
}

/** Relaxes the query if no article matches the terms as typed. */
async function chooseQuery(db: Database, terms: SearchTerm[], filters: Omit<SearchQuery, 'terms'>) {
  const query = { terms: await findPhrases(db, terms), ...filters };
  const count = await countFound(db, query);
  const relaxed = count === 0 ? relaxQuery(terms) : undefined;
  if (!relaxed) return { terms, query, count, isSegmented: false };
  const other = { terms: await findPhrases(db, relaxed.terms), ...filters };
  return { terms: relaxed.terms, query: other, count: await countFound(db, other), isSegmented: relaxed.isSegmented };
}

function makeHit(site: Site, article: FoundArticle, terms: SearchTerm[]) {
  return { ...makeTeaser(site, article), titleHtml: markWords(parseTitle(article.title).text, terms), snippetHtml: makeSnippet(article.text, terms) };
}

function parseHitCursor(text: string): HitCursor | undefined {
  const [, tier, rest = ''] = /^([0-2])-(.*)$/.exec(text) ?? [];
  const cursor = parseCursor(rest);
  return cursor && { ...cursor, tier: Number(tier) };
}
