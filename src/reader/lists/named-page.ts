import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { ListPage, PageOfList } from '../../storage/articles/lists.ts';
import { findNextScheduled, wasEverPublished } from '../../storage/articles/publication-times.ts';
import type { Database } from '../../storage/database/database.ts';
import type { NamedKind } from '../../storage/database/schema.ts';
import { findNamed, type Named } from '../../storage/named/named.ts';
import { findNewSlug } from '../../storage/named/slugs.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Site } from '../site.ts';
import type { Cursors } from './cursor.ts';
import { listPage, type ListParts } from './list-page.ts';

export interface NamedPageParts {
  kind: NamedKind;
  kicker: MessageKey;
  pathOf(slug: string): string;
  describe(site: Site, name: string): string;
  hasFeeds: boolean;
  cursors?: Cursors;
  list(db: Database, id: number, page: PageOfList): Promise<ListPage>;
  findDetails?(context: Context, request: PageRequest, named: Named): Promise<NamedDetails>;
}

/** What a page says in addition to its list, with the page cache's tags of it. */
export interface NamedDetails {
  parts: Pick<ListParts, 'introduction' | 'profile' | 'masthead' | 'picture' | 'structuredData'> & { description?: string };
  shows: string[];
}

/** The page of a theme, a topic or an author. */
export async function namedPage(context: Context, request: PageRequest, parts: NamedPageParts): Promise<Page | undefined> {
  const { db } = context;
  const { site } = request;
  const slug = request.params['slug'] ?? '';
  const named = await findNamed(db, parts.kind, slug);
  if (!named) {
    const newSlug = await findNewSlug(db, parts.kind, slug, request.now);
    return newSlug === undefined ? undefined : { movedTo: parts.pathOf(newSlug) };
  }
  const details = await parts.findDetails?.(context, request, named);
  const list = {
    heading: named.name,
    kicker: site.messages.of({ key: parts.kicker }),
    path: parts.pathOf(slug),
    description: parts.describe(site, named.name),
    hasFeeds: parts.hasFeeds,
    cursors: parts.cursors,
    // An empty list keeps its page and feeds, because it may get articles again. A name that occurs only in drafts stays secret.
    canBeEmpty: async () => wasEverPublished(db, parts.kind, named.id, request.now),
    ...details?.parts,
  };
  const changesAt = site.publications.next && (await findNextScheduled(db, parts.kind, named.id, request.now));
  return listPage(context, request, list, { shows: [`${parts.kind}:${named.id}`, ...(details?.shows ?? [])], changesAt }, (page) => parts.list(db, named.id, page));
}
