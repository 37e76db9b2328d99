import { altOf, type Picture, type TextOverrides } from '../../content/pictures/picture.ts';
import type { Messages } from '../../messages/messages.ts';
import { admin } from '../../urls.ts';
import { imageOf, type Image } from '../pictures/shown-picture.ts';

/** A picture as the pages about an article show it. */
export interface ShownPicture {
  id: number;
  name: string;
  /** Undefined if the picture is not in the library. */
  image: Image | undefined;
  /** Its page in the library. */
  path: string;
  /** Whether it is described, and how. */
  description: string;
  isDescribed: boolean;
  /** Inline Markdown, as typed. */
  caption: string;
  credit: string;
}

/** @param width the width of its place on the page, in CSS pixels */
export function showPicture({ text }: Messages, id: number, picture: Picture | undefined, { alt, caption }: TextOverrides, width: number): ShownPicture {
  const common = { id, name: text('articlePictures.name', { id }), path: admin.picture(id) };
  if (!picture) return { ...common, image: undefined, description: text('articlePictures.missing', { id }), isDescribed: false, caption, credit: '' };
  const shownAlt = altOf(picture, alt);
  return {
    ...common,
    image: imageOf(picture, width),
    description: shownAlt === undefined ? text('articlePictures.notDescribed') : shownAlt === '' ? text('articlePictures.decoration') : text('articlePictures.described', { alt: shownAlt }),
    isDescribed: shownAlt !== undefined,
    caption: caption || picture.caption,
    credit: picture.credit,
  };
}
