import { pictureIdsIn } from '../../content/pictures/body-pictures.ts';
import { isBlank } from '../../content/text/text.ts';
import type { Messages } from '../../messages/messages.ts';
import type { Handle } from '../../storage/database/schema.ts';
import { findLibraryPictures } from '../../storage/pictures/library.ts';
import { showPicture, type ShownPicture } from './shown-picture.ts';

export interface BodyPicture extends ShownPicture {
  /** The description in the text, which replaces the picture's own; empty: it doesn't, at least in one place. */
  ownAlt: string;
}

/** In CSS pixels. */
const thumbnailWidth = 160;
/** A text with more pictures than these shows the first. */
const maxShown = 50;

/** The pictures that a body names, in the order of the text, so that an editor sees them beside their Markdown. */
export async function listBodyPictures(db: Handle, messages: Messages, body: string): Promise<BodyPicture[]> {
  const ids = pictureIdsIn(body).slice(0, maxShown);
  const found = await findLibraryPictures(db, ids);
  const alts = altsIn(body);
  return ids.map((id) => {
    const ownAlt = alts.get(id) ?? '';
    const shown = showPicture(messages, id, found.get(id), { alt: ownAlt, caption: '' }, thumbnailWidth);
    const fileName = shown.isDescribed ? '' : found.get(id)?.fileName;
    return { ...shown, ownAlt, name: fileName ? messages.text('articlePictures.named', { id, name: fileName }) : shown.name };
  });
}

// Without `[` in the first group, the search takes time proportional to the length of the text.
const image = /!\[([^[\]\n]*)\]\(picture:(\d{1,9})[\s)]/g;

/** The alternative text of each picture where the Markdown names it first, or an empty one if any place has none. */
function altsIn(body: string): Map<number, string> {
  const alts = new Map<number, string>();
  for (const [, alt = '', text] of body.matchAll(image)) {
    const id = Number(text);
    alts.set(id, isBlank(alt) ? '' : (alts.get(id) ?? alt));
  }
  return alts;
}

export function describeUnknown({ text, language }: Messages, pictures: ShownPicture[]): string[] {
  const ids = pictures.filter(({ image }) => !image).map(({ id }) => String(id));
  return ids.length === 0 ? [] : [text('articlePictures.unknown', { count: ids.length, ids: new Intl.ListFormat(language).format(ids) })];
}
