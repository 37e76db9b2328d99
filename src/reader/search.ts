import { parseTitle } from '../content/articles/title.ts';
import { parsePeriod } from '../content/dates/periods.ts';
import { parseSearchQuery, relaxQuery, type SearchTerm } from '../content/search/search-query.ts';
import { makeSnippet, markWords } from '../content/search/snippet.ts';
import { cleanLine } from '../content/text/text.ts';
import type { Context } from '../context.ts';
import type { Database } from '../storage/database/database.ts';
import { findNamed, type Named } from '../storage/named/named.ts';
import { findNextNewThemeTime, listNewestThemes } from '../storage/named/navigation.ts';
import type { HitCursor, SearchQuery } from '../storage/search/search-index.ts';
import { countFound, findPhrases, maxCounted, searchArticles, withoutCommonWords, type FoundArticle } from '../storage/search/search.ts';
import { searchPath, withQuery } from '../urls.ts';
import { makeHead, titled } from './head.ts';
import { formatCursor, listLength, parseCursor } from './lists/cursor.ts';
import { makeTeaser } from './lists/teaser.ts';
import type { Page, PageRequest } from './page.ts';
import type { Site } from './site.ts';

/** How much of a query is shown again and repeated in links, in characters. */
const maxShown = 500;
/** How many themes the form offers as a filter. */
const maxThemes = 100;

/** `/search?q=`: every query is answered with a page. */
export async function searchPage(context: Context, request: PageRequest): Promise<Page> {
  const { site, query } = request;
  const { text } = site.messages;
  const form = readForm(query, site.dates.zone);
  const terms = parseSearchQuery(form.q);
  const found = terms.length > 0 ? await find(context, request, form, terms) : undefined;
  const { themes, isCut } = await offeredThemes(context, request, form.theme);
  return {
    status: 200,
    view: 'search',
    // If there are too many themes, the latest articles decide which are offered.
    shows: ['theme-list', ...(found || isCut ? ['articles'] : [])],
    changesAt: found || isCut ? site.publications.next : await findNextNewThemeTime(context.db, request.now),
    data: {
      head: makeHead(site, { title: titled(site, form.q ? text('search.titleOf', { query: form.q }) : text('search.title')), path: withQuery(searchPath, { ...form, before: query['before'] }), indexed: form.q === '' }),
      form,
      themes,
      isAsked: form.q !== '',
      found,
    },
  };
}

/** The themes that the form offers, by name: those with the latest articles, and the chosen one. */
async function offeredThemes({ db }: Context, { site, now }: PageRequest, chosen: string): Promise<{ themes: Named[]; isCut: boolean }> {
  const newest = await listNewestThemes(db.reader, now, maxThemes);
  const isCut = newest.length === maxThemes;
  const other = isCut && chosen && !newest.some(({ slug }) => slug === chosen) ? await findNamed(db, 'theme', chosen) : undefined;
  const { compare } = new Intl.Collator(site.settings.language);
  return { themes: [...newest, ...(other ? [other] : [])].toSorted((a, b) => compare(a.name, b.name)), isCut };
}

type Form = ReturnType<typeof readForm>;

/** What was typed. A date that does not exist is dropped: a date field could not show it. */
function readForm(query: PageRequest['query'], zone: string) {
  const field = (name: string) => cleanLine(query[name] ?? '').slice(0, maxShown).toWellFormed();
  const day = (name: string) => (parsePeriod(field(name), zone)?.unit === 'day' ? field(name) : '');
  return { q: field('q'), theme: field('theme'), from: day('from'), to: day('to'), sort: query['sort'] === 'newest' ? 'newest' : '' };
}

/** A theme that does not exist is ignored. */
async function readFilters({ db }: Context, { site, now }: PageRequest, form: Form): Promise<Omit<SearchQuery, 'terms'>> {
  const theme = form.theme ? await findNamed(db, 'theme', form.theme) : undefined;
  const from = parsePeriod(form.from, site.dates.zone);
  const to = parsePeriod(form.to, site.dates.zone);
  return { themeId: theme?.id, from: from?.from, until: to ? Math.min(now, to.until - 1) : now };
}

async function find(context: Context, request: PageRequest, form: Form, terms: SearchTerm[]) {
  const { db } = context;
  const { site, query: parameters, now } = request;
  const filters = await readFilters(context, request, form);
  const { terms: found, query, count, isParted } = await chooseQuery(db, await withoutCommonWords(db, terms, now), filters);
  const after = parseHitCursor(parameters['before'] ?? '');
  const { articles, next } = await searchArticles(db, query, { order: form.sort === 'newest' ? 'newest' : 'relevance', after, limit: listLength });
  return {
    articles: articles.map((article) => makeHit(site, article, found)),
    count: site.messages.text('search.count', { limit: count > maxCounted ? 'exceeded' : 'kept', count: Math.min(count, maxCounted) }),
    isParted,
    isContinued: after !== undefined,
    next: next && withQuery(searchPath, { ...form, before: `${next.tier}-${formatCursor(next)}` }),
  };
}

/** Searches for the terms as typed or, if no article has them, for a relaxed form of the query. */
async function chooseQuery(db: Database, terms: SearchTerm[], filters: Omit<SearchQuery, 'terms'>) {
  const query = { terms: await findPhrases(db, terms), ...filters };
  const count = await countFound(db, query);
  const relaxed = count === 0 ? relaxQuery(terms) : undefined;
  if (!relaxed) return { terms, query, count, isParted: false };
  const other = { terms: await findPhrases(db, relaxed.terms), ...filters };
  return { terms: relaxed.terms, query: other, count: await countFound(db, other), isParted: relaxed.isParted };
}

function makeHit(site: Site, article: FoundArticle, terms: SearchTerm[]) {
  return { ...makeTeaser(site, article), titleHtml: markWords(parseTitle(article.title).text, terms), snippetHtml: makeSnippet(article.text, terms) };
}

function parseHitCursor(text: string): HitCursor | undefined {
  const [, tier, rest = ''] = /^([0-2])-(.*)$/.exec(text) ?? [];
  const cursor = parseCursor(rest);
  return cursor && { ...cursor, tier: Number(tier) };
}
