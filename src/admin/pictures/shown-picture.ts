import { pictureAddress } from '../../content/pictures/body-pictures.ts';
import type { Picture } from '../../content/pictures/picture.ts';
import { fallbackFormat, renditionsIn, type Rendition } from '../../content/pictures/renditions.ts';
import type { Messages } from '../../messages/messages.ts';
import type { LibraryPicture, ListedPicture } from '../../storage/pictures/library.ts';
import { admin, picturePath } from '../../urls.ts';

/** Of the article form's column for writing, in CSS pixels. */
export const columnWidth = 704;

/** A picture for scripts. */
export function pictureJson(picture: LibraryPicture) {
  const { id, alt, fileName, isDecoration, caption, credit } = picture;
  return { id, path: admin.picture(id), markdown: pictureMarkdown(id), thumbnail: thumbnailOf(picture), large: imageOf(picture, columnWidth), alt, fileName, isDecoration, caption, credit };
}

/** Without a description of its own, so that the text always shows the picture's current one. */
export function pictureMarkdown(id: number): string {
  return `![](${pictureAddress(id)})`;
}

export interface Image {
  src: string;
  /** In pixels. */
  width: number;
  height: number;
}

export function thumbnailOf(picture: Picture): Image {
  return imageOf(picture, 0);
}

/** The narrowest rendition that is at least `minWidth` pixels wide, or the widest. Every browser can show it. */
export function imageOf(picture: Picture, minWidth: number): Image {
  const renditions = fallbackRenditions(picture);
  const { name, width, height } = renditions.find((rendition) => rendition.width >= minWidth) ?? renditions[renditions.length - 1] ?? { name: '', width: picture.width, height: picture.height };
  return { src: picturePath(picture, name), width, height };
}

/** For the attribute `srcset`. */
export function sourcesOf(picture: Picture): string {
  return fallbackRenditions(picture).map(({ name, width }) => `${picturePath(picture, name)} ${width}w`).join(', ');
}

function fallbackRenditions(picture: Picture): Rendition[] {
  return renditionsIn(fallbackFormat(picture), picture);
}

/** What a picture is called in lists: its description, else the name of its file, else its number. */
export function pictureName({ text }: Messages, { id, alt, fileName }: { id: number; alt: string; fileName: string }): string {
  return alt || fileName || text('pictures.numbered', { id });
}

/** A picture in the grid. */
export function showListed(messages: Messages, picture: ListedPicture) {
  const { text } = messages;
  const isUndescribed = picture.alt === '' && !picture.isDecoration;
  return {
    href: admin.picture(picture.id),
    thumbnail: thumbnailOf(picture),
    // Style attributes are forbidden, so the style sheet has a class for every tenth of the width and height.
    focusClasses: `focus-x-${Math.round(picture.focus.x / 10)} focus-y-${Math.round(picture.focus.y / 10)}`,
    name: pictureName(messages, picture),
    use: text('pictures.uses', { count: picture.uses }),
    missing: isUndescribed ? text('pictures.noDescription') : undefined,
  };
}
