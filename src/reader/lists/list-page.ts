import { showClock } from '../../content/dates/dates.ts';
import type { Context } from '../../context.ts';
import type { ListPage, PageOfList } from '../../storage/articles/lists.ts';
import { withQuery } from '../../urls.ts';
import { listData } from '../articles/structured-data.ts';
import { feedLinks } from '../feed-links.ts';
import { makeHead, titled } from '../head.ts';
import type { Masthead } from '../masthead.ts';
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
  masthead?: Masthead | undefined;
  /** Whether the list has a page while it is empty; that page is not indexed. */
  mayBeEmpty?: () => Promise<boolean>;
  /** All articles are of one day, so only their time of day is shown. */
  isOneDay?: boolean;
  /** On a page of the archive, the shorter periods in its own, and the periods before and after it. */
  periods?: Link[];
  periodsLabel?: string | undefined;
  earlier?: Link | undefined;
  later?: Link | undefined;
}

/**
 * The page of a list. Undefined, and so a 404, if the cursor is not valid, if nothing comes after it, or if the list is
 * empty and has no page then.
 *
 * @param validity what the page depends on, besides the articles that it shows
 */
export async function listPage({ db }: Context, { site, query, now }: PageRequest, parts: ListParts, { shows, changesAt }: Validity, list: (page: PageOfList) => Promise<ListPage>): Promise<ViewPage | undefined> {
  const before = query['before'] === undefined ? undefined : parseCursor(query['before']);
  // The same cursor in another spelling would be a second address of the page.
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
    title: titled(site, before === undefined ? parts.heading : site.messages.text('lists.continuedTitle', { title: parts.heading })),
    description: parts.description,
    path: withQuery(parts.path, { before }),
    indexed,
    structuredData: listData(site, parts.heading, parts.path),
    ...(parts.hasFeeds ? { feeds: feedLinks(site.messages, parts.heading, parts.path) } : {}),
  });
}
