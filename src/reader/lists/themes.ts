import { slugPattern } from '../../content/articles/slug.ts';
import type { Context } from '../../context.ts';
import { findNextNewThemeTime, listThemes } from '../../storage/themes/navigation.ts';
import { themePath, themesPath, withQuery } from '../../urls.ts';
import { listData } from '../articles/structured-data.ts';
import { makeHead, titled } from '../head.ts';
import type { Page, PageRequest } from '../page.ts';

const pageLength = 100;

/** The themes with published articles, by name. `?after=SLUG` continues the list. */
export async function themesPage({ db }: Context, { site, query, now }: PageRequest): Promise<Page | undefined> {
  const { after } = query;
  const { text } = site.messages;
  if (after !== undefined && !slugPattern.test(after)) return undefined;
  const { themes, hasMore } = await listThemes(db, now, { after, limit: pageLength });
  const last = themes.at(-1);
  if (after !== undefined && !last) return undefined;
  const title = text('lists.allThemes');
  return {
    status: 200,
    view: 'lists/themes',
    shows: ['theme-list'],
    changesAt: await findNextNewThemeTime(db, now),
    data: {
      head: makeHead(site, {
        title: titled(site, after === undefined ? title : text('lists.continuedTitle', { title })),
        description: text('lists.themesDescription', { site: site.settings.name }),
        path: withQuery(themesPath, { after }),
        structuredData: listData(site, title, themesPath),
      }),
      masthead: { ...site.mastheads.plain, isThemesPage: true },
      themes: themes.map(({ slug, name }) => ({ href: themePath(slug), name })),
      isContinued: after !== undefined,
      next: hasMore && last ? withQuery(themesPath, { after: last.slug }) : undefined,
    },
  };
}
