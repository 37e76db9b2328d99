import { pictureIdsIn } from '../../content/pictures/body-pictures.ts';
import type { Messages } from '../../messages/messages.ts';
import type { Handle } from '../../storage/database/schema.ts';
import { findPictures } from '../../storage/pictures/pictures.ts';
import { showPicture, type ShownPicture } from './shown-picture.ts';

/** In CSS pixels. */
const thumbnailWidth = 160;
/** A text with more pictures than these shows the first. */
const maxShown = 50;

/** The pictures that a body names, in the order of the text, so that an editor sees them beside their Markdown. */
export async function listBodyPictures(db: Handle, messages: Messages, body: string): Promise<ShownPicture[]> {
  const ids = pictureIdsIn(body).slice(0, maxShown);
  const found = await findPictures(db, ids);
  const alts = altsIn(body);
  return ids.map((id) => showPicture(messages, id, found.get(id), { alt: alts.get(id) ?? '', caption: '' }, thumbnailWidth));
}

// Without `[` in the first group, the search takes time proportional to the length of the text.
const image = /!\[([^[\]\n]*)\]\(picture:(\d{1,9})[\s)]/g;

/** The alternative text of each picture where the Markdown names it first. */
function altsIn(body: string): Map<number, string> {
  return new Map([...body.matchAll(image)].toReversed().map(([, alt = '', id]) => [Number(id), alt]));
}

export function describeUnknown({ text, language }: Messages, pictures: ShownPicture[]): string[] {
  const ids = pictures.filter(({ image }) => !image).map(({ id }) => String(id));
  return ids.length === 0 ? [] : [text('articlePictures.unknown', { count: ids.length, ids: new Intl.ListFormat(language).format(ids) })];
}
