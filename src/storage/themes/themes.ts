import type { Picture } from '../../content/pictures/picture.ts';
import type { Database } from '../database/database.ts';
import { findPicture } from '../pictures/pictures.ts';

/** What readers see of a theme besides its name. */
export interface ThemeProfile {
  /** Plain text; empty if there is none. */
  description: string;
  picture: Picture | undefined;
  /** The navigation leaves the theme out. */
  isHidden: boolean;
}

export async function findThemeProfile({ reader }: Database, id: number): Promise<ThemeProfile> {
  const { description, picture_id: pictureId, is_hidden: isHidden } = (await reader.selectFrom('theme').select(['description', 'picture_id', 'is_hidden']).where('id', '=', id).executeTakeFirst()) ?? { description: '', picture_id: null, is_hidden: 0 };
  return { description, picture: pictureId === null ? undefined : await findPicture(reader, pictureId), isHidden: isHidden === 1 };
}
