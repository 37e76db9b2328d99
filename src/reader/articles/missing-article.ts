import type { Context } from '../../context.ts';
import { findNewSlug } from '../../storage/named/slugs.ts';
import type { Page, PageRequest } from '../page.ts';
import { withdrawnPage } from './withdrawn.ts';

/**
 * The answer at an address of an article that is not published: 410 if it was withdrawn, a redirect if the slug is a former one, otherwise 404.
 *
 * @param pathOf the requested page's path for another slug
 */
export async function missingArticle(context: Context, request: PageRequest, slug: string, pathOf: (slug: string) => string): Promise<Page | undefined> {
  const withdrawn = await withdrawnPage(context, request, slug);
  if (withdrawn) return withdrawn;
  const newSlug = await findNewSlug(context.db, 'article', slug, request.now);
  return newSlug === undefined ? undefined : { movedTo: pathOf(newSlug) };
}
