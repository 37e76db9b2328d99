import type { Context } from '../../context.ts';
import { listOfTheme } from '../../storage/articles/lists.ts';
import { themePath } from '../../urls.ts';
import type { Page, PageRequest } from '../page.ts';
import { namedPage, type NamedPageParts } from './named-page.ts';

const parts: NamedPageParts = {
  kind: 'theme',
  kicker: 'Theme',
  pathOf: themePath,
  describe: (name, site) => `All that ${site.settings.name} has published on ${name}.`,
  hasFeeds: true,
  list: listOfTheme,
};

/** `/themes/SLUG` */
export async function themePage(context: Context, request: PageRequest): Promise<Page | undefined> {
  return namedPage(context, request, parts);
}
