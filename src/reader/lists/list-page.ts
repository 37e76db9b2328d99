import { showClock } from '../../content/dates/dates.ts';
import { direction } from '../../content/site/language.ts';
import type { Context } from '../../context.ts';
import type { ListedArticle, ListPage, PageOfList } from '../../storage/articles/lists.ts';
import type { LeadPicture } from '../../storage/pictures/pictures.ts';
import { withQuery } from '../../urls.ts';
import { listData } from '../articles/structured-data.ts';
import { feedLinks } from '../feed-links.ts';
import { makeHead, titled } from '../head.ts';
import type { Masthead } from '../masthead.ts';
import type { PageRequest, Validity, ViewPage } from '../page.ts';
import { findTeaserPictures, leadPicturesShown, showRowPicture } from '../pictures/teaser-pictures.ts';
import type { Link, Site } from '../site.ts';
import type { ShownProfile } from './author-profile.ts';
import { cursorsByTime, listLength, type Cursors } from './cursor.ts';
import { findEarlierLinks, storylinesShown } from './earlier-links.ts';
import { articlesShown, makeTeasers, type Teaser } from './teaser.ts';
import type { Introduction } from './theme-profile.ts';

export interface ListParts {
  heading: string;
  /** If it is not the site's. */
  headingLanguage?: string | undefined;
  kicker: string;
  path: string;
  description: string;
  hasFeeds: boolean;
  /** For a theme. */
  introduction?: Introduction | undefined;
  /** For an author. */
  profile?: ShownProfile | undefined;
  /** For link previews. */
  picture?: LeadPicture | undefined;
  /** JSON-LD, if it is not that of a collection. */
  structuredData?: object | undefined;
  masthead?: Masthead | undefined;
  cursors?: Cursors | undefined;
  /** Whether an empty list has a page instead of a 404. The page is not indexed. */
  canBeEmpty?: () => Promise<boolean>;
  /** The list covers one day, so the page shows times without dates. */
  isOneDay?: boolean;
  /** For the archive: the shorter periods within this one, and the periods before and after it. */
  periods?: Link[];
  periodsLabel?: string | undefined;
  earlier?: Link | undefined;
  later?: Link | undefined;
}

/** With `storylineId`, the headlines say how many earlier articles their storylines have. */
type Listed = ListedArticle & { storylineId?: number | null };

/** Undefined (404) if the cursor is invalid or no articles follow it, or if the list is empty and `canBeEmpty` does not allow that. */
export async function listPage({ db }: Context, { site, query, now }: PageRequest, parts: ListParts, { shows, changesAt }: Validity, list: (page: PageOfList) => Promise<ListPage<Listed>>): Promise<ViewPage | undefined> {
  const { cursors = cursorsByTime } = parts;
  const before = query['before'] === undefined ? undefined : cursors.parse(query['before']);
  // Another spelling of the same cursor would be a second URL of the page.
  if (query['before'] !== (before && cursors.format(before))) return undefined;

  const { articles, next } = await list({ now, limit: listLength, before });
  if (articles.length === 0 && (before !== undefined || !(await parts.canBeEmpty?.()))) return undefined;
  const teasers = await makeTeasers(db, site, articles, parts.isOneDay ? (time) => showClock(time, site.dates) : undefined);
  const pictures = await findTeaserPictures(db, articles);
  const headlines = articles.map((article) => ({ ...article, storylineId: article.storylineId ?? null }));
  const earlier = await findEarlierLinks(db, site, headlines);
  return {
    status: 200,
    view: 'lists/list',
    shows: [...shows, ...articlesShown(articles), ...storylinesShown(headlines), ...leadPicturesShown(pictures)],
    changesAt,
    preload: parts.introduction?.picture,
    data: {
      ...parts,
      headingDir: parts.headingLanguage && direction(parts.headingLanguage),
      head: listHead(site, parts, query['before'], articles.length > 0),
      articles: teasers.map((teaser, index) => {
        const id = articles[index]?.id ?? 0;
        return { ...teaser, picture: showRowPicture(site, pictures.get(id)), earlier: earlier.get(id) };
      }),
      isContinued: before !== undefined,
      next: next && withQuery(parts.path, { before: cursors.format(next) }),
    } satisfies ViewPage['data'] & { articles: Teaser[] },
  };
}

function listHead(site: Site, parts: ListParts, before: string | undefined, isIndexed: boolean) {
  return makeHead(site, {
    title: titled(site, before === undefined ? parts.heading : site.messages.text('lists.continuedTitle', { title: parts.heading })),
    description: parts.description,
    path: withQuery(parts.path, { before }),
    isIndexed,
    picture: parts.picture,
    structuredData: parts.structuredData ?? listData(site, parts.heading, parts.path),
    ...(parts.hasFeeds ? { feeds: feedLinks(site.messages, parts.heading, parts.path) } : {}),
  });
}
