import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { ListPage, PageOfList } from '../../storage/articles/lists.ts';
import { findNextScheduled, wasEverPublished } from '../../storage/articles/publication-times.ts';
import type { Database } from '../../storage/database/database.ts';
import type { NamedKind } from '../../storage/database/schema.ts';
import { findNamed } from '../../storage/named/named.ts';
import { findNewSlug } from '../../storage/named/slugs.ts';
import { mastheadOf } from '../masthead.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Site } from '../site.ts';
import type { Cursors } from './cursor.ts';
import { listPage, type Introduction } from './list-page.ts';

export interface NamedPageParts {
  kind: NamedKind;
  kicker: MessageKey;
  pathOf(slug: string): string;
  /** For search engines, unless the introduction has a text. */
  describe(site: Site, name: string): string;
  introduce?(db: Database, id: number): Promise<Introduction & { isHidden: boolean }>;
  hasFeeds: boolean;
  cursors?: Cursors;
  list(db: Database, id: number, page: PageOfList): Promise<ListPage>;
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
  const introduction = await parts.introduce?.(db, named.id);
  const list = {
    heading: named.name,
    kicker: site.messages.of({ key: parts.kicker }),
    path: parts.pathOf(slug),
    description: introduction?.description || parts.describe(site, named.name),
    introduction,
    hasFeeds: parts.hasFeeds,
    cursors: parts.cursors,
    masthead: parts.kind === 'theme' ? mastheadOf(site.mastheads, { href: parts.pathOf(slug), name: named.name, isHidden: introduction?.isHidden ?? false }) : undefined,
    // An empty list keeps its page and feeds, because it may get articles again. A name that occurs only in drafts stays secret.
    canBeEmpty: async () => wasEverPublished(db, parts.kind, named.id, request.now),
  };
  const changesAt = site.publications.next && (await findNextScheduled(db, parts.kind, named.id, request.now));
  return listPage(context, request, list, { shows: [`${parts.kind}:${named.id}`], changesAt }, (page) => parts.list(db, named.id, page));
}
