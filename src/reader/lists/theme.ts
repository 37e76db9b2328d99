import type { Context } from '../../context.ts';
import { listThemeByStoryline } from '../../storage/storylines/newest.ts';
import { themePath } from '../../urls.ts';
import type { Page, PageRequest } from '../page.ts';
import { cursorsByStoryline } from './cursor.ts';
import { namedPage, type NamedPageParts } from './named-page.ts';
import { themeDetails } from './theme-profile.ts';

const parts: NamedPageParts = {
  kind: 'theme',
  kicker: 'lists.theme',
  pathOf: themePath,
  describe: ({ settings, messages }, theme) => messages.text('lists.themeDescription', { theme, site: settings.name }),
  hasFeeds: true,
  cursors: cursorsByStoryline,
  list: listThemeByStoryline,
  findDetails: themeDetails,
};

export async function themePage(context: Context, request: PageRequest): Promise<Page | undefined> {
  return namedPage(context, request, parts);
}
