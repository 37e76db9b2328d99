import type { Context } from '../../context.ts';
import { listOfAuthor } from '../../storage/articles/lists.ts';
import { authorPath } from '../../urls.ts';
import type { Page, PageRequest } from '../page.ts';
import { namedPage, type NamedPageParts } from './named-page.ts';

const parts: NamedPageParts = {
  kind: 'author',
  kicker: 'Author',
  pathOf: authorPath,
  describe: (name, site) => `All that ${name} has written for ${site.settings.name}.`,
  hasFeeds: true,
  list: listOfAuthor,
};

/** `/authors/SLUG` */
export async function authorPage(context: Context, request: PageRequest): Promise<Page | undefined> {
  return namedPage(context, request, parts);
}
