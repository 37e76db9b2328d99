import type { Context } from '../../context.ts';
import type { ListPage, PageOfList } from '../../storage/articles/lists.ts';
import { findNextScheduled, wasEverPublished } from '../../storage/articles/publication-times.ts';
import type { Database } from '../../storage/database/database.ts';
import type { NamedKind } from '../../storage/database/schema.ts';
import { findNamed } from '../../storage/named/named.ts';
import { findNewSlug } from '../../storage/named/slugs.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Site } from '../site.ts';
import { listPage } from './list-page.ts';

export interface NamedPageParts {
  kind: NamedKind;
  kicker: string;
  pathOf(slug: string): string;
  describe(name: string, site: Site): string;
  hasFeeds: boolean;
  list(db: Database, id: number, page: PageOfList): Promise<ListPage>;
}

/** The page of a theme, a topic or an author: what is published of it, newest first. */
export async function namedPage(context: Context, request: PageRequest, parts: NamedPageParts): Promise<Page | undefined> {
  const { db } = context;
  const slug = request.params['slug'] ?? '';
  const named = await findNamed(db, parts.kind, slug);
  if (!named) {
    const newSlug = await findNewSlug(db, parts.kind, slug, request.now);
    return newSlug === undefined ? undefined : { movedTo: parts.pathOf(newSlug) };
  }
  const list = {
    heading: named.name,
    kicker: parts.kicker,
    path: parts.pathOf(slug),
    description: parts.describe(named.name, request.site),
    hasFeeds: parts.hasFeeds,
    currentTheme: parts.kind === 'theme' ? { href: parts.pathOf(slug), name: named.name } : undefined,
    // It may fill again, and those who follow its feeds are not to lose it meanwhile. What only drafts name stays unknown.
    mayBeEmpty: async () => wasEverPublished(db, parts.kind, named.id, request.now),
  };
  const changesAt = request.site.publications.next && (await findNextScheduled(db, parts.kind, named.id, request.now));
  return listPage(context, request, list, { shows: [`${parts.kind}:${named.id}`], changesAt }, (page) => parts.list(db, named.id, page));
}
