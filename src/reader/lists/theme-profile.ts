import type { Context } from '../../context.ts';
import type { Named } from '../../storage/named/named.ts';
import { findThemeProfile } from '../../storage/themes/themes.ts';
import { themePath } from '../../urls.ts';
import { listData } from '../articles/structured-data.ts';
import { mastheadOf } from '../masthead.ts';
import type { PageRequest } from '../page.ts';
import { listTop } from '../pictures/places.ts';
import { picturesShown, showPicture, type ShownPicture } from '../pictures/show-picture.ts';

/** What the first page of a theme's list says about the theme. */
export interface Introduction {
  /** Plain text; empty if there is none. */
  description: string;
  picture: ShownPicture | undefined;
}

export async function themeDetails({ db }: Context, { site, query }: PageRequest, { id, slug, name }: Named) {
  const { description, picture, isHidden } = await findThemeProfile(db, id);
  const path = themePath(slug);
  const lead = picture && { picture, alt: '', caption: '' };
  const introduction: Introduction = { description, picture: lead && showPicture(site, lead.picture, listTop, lead) };
  return {
    parts: {
      ...(description ? { description } : {}),
      introduction: query['before'] === undefined ? introduction : undefined,
      masthead: mastheadOf(site.mastheads, { href: path, name, isHidden }),
      picture: lead,
      structuredData: listData(site, name, path, { description, picture: lead }),
    },
    shows: picture ? picturesShown([picture.id]) : [],
  };
}
