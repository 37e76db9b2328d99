import { showClock } from '../../content/dates/dates.ts';
import type { Context } from '../../context.ts';
import type { ListPage, PageOfList } from '../../storage/articles/lists.ts';
import { withQuery } from '../../urls.ts';
import { listData } from '../articles/structured-data.ts';
import { makeHead, titled } from '../head.ts';
import type { PageRequest, Validity, ViewPage } from '../page.ts';
import type { Link, Site } from '../site.ts';
import { formatCursor, listLength, parseCursor } from './cursor.ts';
import { articlesShown, makeTeasers, type Teaser } from './teaser.ts';

/** A list that is continued by `?before=`: a theme's, an author's, a topic's, a period's. */
export interface ListParts {
  /** What the list is of, as the page's title. */
  heading: string;
  /** The word above the heading. */
  kicker: string;
  path: string;
  description: string;
  hasFeeds: boolean;
  /** The theme that the list is of, which then stands in the navigation. */
  currentTheme?: Link | undefined;
  /** Whether the list has a page while nothing is in it: then it is not indexed. */
  mayBeEmpty?: () => Promise<boolean>;
  /** All of its articles are of one day, so they show the time alone. */
  isOneDay?: boolean;
  /** The narrower periods that an archive's page leads to, and the ones beside it. */
  periods?: Link[];
  periodsLabel?: string | undefined;
  earlier?: Link | undefined;
  later?: Link | undefined;
}

/**
 * The page of a list, which shows its articles beside what is said of the list. Undefined, and so a 404, if the cursor
 * is not valid, if nothing comes after it, or if the list is empty and may not be.
 */
export async function listPage({ db }: Context, { site, query, now }: PageRequest, parts: ListParts, { shows, changesAt }: Validity, list: (page: PageOfList) => Promise<ListPage>): Promise<ViewPage | undefined> {
  const before = query['before'] === undefined ? undefined : parseCursor(query['before']);
  // Another writing of a cursor would be another address of the same page.
  if (query['before'] !== (before && formatCursor(before))) return undefined;

  const { articles, next } = await list({ now, limit: listLength, before });
  if (articles.length === 0 && (before !== undefined || !(await parts.mayBeEmpty?.()))) return undefined;
  const teasers = await makeTeasers(db, site, articles, parts.isOneDay ? (time) => showClock(time, site.dates) : undefined);
  return {
    status: 200,
    view: 'lists/list',
    shows: [...shows, ...articlesShown(articles)],
    changesAt,
    data: {
      ...parts,
      head: listHead(site, parts, query['before'], articles.length > 0),
      articles: teasers,
      isContinued: before !== undefined,
      next: next && withQuery(parts.path, { before: formatCursor(next) }),
    } satisfies ViewPage['data'] & { articles: Teaser[] },
  };
}

function listHead(site: Site, parts: ListParts, before: string | undefined, indexed: boolean) {
  return makeHead(site, {
    title: titled(site, before === undefined ? parts.heading : `${parts.heading}, continued`),
    description: parts.description,
    path: withQuery(parts.path, { before }),
    indexed,
    structuredData: listData(site, parts.heading, parts.path),
    ...(parts.hasFeeds ? { feedsOf: { path: parts.path, name: parts.heading } } : {}),
  });
}
