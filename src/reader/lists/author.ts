import type { Context } from '../../context.ts';
import { listOfAuthor } from '../../storage/articles/lists.ts';
import { authorPath } from '../../urls.ts';
import type { Page, PageRequest } from '../page.ts';
import { authorDetails } from './author-profile.ts';
import { namedPage, type NamedPageParts } from './named-page.ts';

const parts: NamedPageParts = {
  kind: 'author',
  kicker: 'lists.author',
  pathOf: authorPath,
  describe: ({ settings, messages }, author) => messages.text('lists.authorDescription', { author, site: settings.name }),
  hasFeeds: true,
  list: listOfAuthor,
  findDetails: authorDetails,
};

export async function authorPage(context: Context, request: PageRequest): Promise<Page | undefined> {
  return namedPage(context, request, parts);
}
