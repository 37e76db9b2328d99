import { splitAtPictures, type PlacedPicture } from '../../content/pictures/body-pictures.ts';
import type { Picture } from '../../content/pictures/picture.ts';
import type { Site } from '../site.ts';
import { shareOf, type Place } from './places.ts';
import { showPicture, type ShownPicture } from './show-picture.ts';

/** A picture that does not exist any more leaves its alternative text. */
export type BodyPart = { html: string } | { figure: ShownPicture; linkHtml: string } | { inline: ShownPicture } | { missing: string; isFigure: boolean; linkHtml: string };

type Pictures = ReadonlyMap<number, Picture>;
type Split = (string | PlacedPicture)[];

/** Pictures side by side, by their index in the split body. */
interface Row {
  start: number;
  pictures: number[];
  /** Twentieths of the row for the first of two pictures, so that both get the same height. */
  firstShare: number | undefined;
}

const rowStart = '<div class="pictures">\n';

/**
 * Splits rendered HTML into parts for the view `_body`.
 *
 * @param pictures the library's pictures by id, as far as they exist
 */
export function showBody(site: Site, html: string, pictures: Pictures, place: Place): BodyPart[] {
  const parts = splitAtPictures(html);
  const rows = findRows(parts, pictures);
  const places = new Map(rows.flatMap((row) => placesIn(row, place)));
  const parted = parts.map((part, index) => (typeof part === 'string' ? { html: part } : showPlaced(site, part, pictures.get(part.id), places.get(index) ?? place)));
  for (const { start, firstShare } of rows) if (firstShare !== undefined) parted[start] = { html: String(parts[start]).replace(/pictures">\n$/, `pictures first-${firstShare}">\n`) };
  return parted;
}

function showPlaced(site: Site, placed: PlacedPicture, picture: Picture | undefined, place: Place): BodyPart {
  if (!picture) return { missing: placed.alt, isFigure: placed.isFigure, linkHtml: placed.linkHtml };
  return placed.isFigure ? { figure: showPicture(site, picture, place, placed), linkHtml: placed.linkHtml } : { inline: showPicture(site, picture, { ...place, hasNarrowPortraits: false }, placed) };
}

function findRows(parts: Split, pictures: Pictures): Row[] {
  return parts.flatMap((part, start) => {
    if (typeof part !== 'string' || !part.endsWith(rowStart)) return [];
    const row = [start + 1];
    while (parts[start + 2 * row.length] === '\n') row.push(start + 2 * row.length + 1);
    const present = row.filter((index) => ratioOf(parts[index], pictures) !== undefined);
    const [left, right] = present.map((index) => ratioOf(parts[index], pictures));
    const isPair = row.length === 2 && left !== undefined && right !== undefined;
    return [{ start, pictures: present, firstShare: isPair ? Math.min(14, Math.max(6, Math.round((20 * left) / (left + right)))) : undefined }];
  });
}

function ratioOf(part: string | PlacedPicture | undefined, pictures: Pictures): number | undefined {
  const picture = typeof part === 'object' ? pictures.get(part.id) : undefined;
  return picture && picture.width / picture.height;
}

/** The last of an odd number of pictures is as wide as the body. */
function placesIn({ pictures, firstShare }: Row, place: Place): [number, Place][] {
  if (firstShare !== undefined) return pictures.map((index, at) => [index, shareOf(place, (at === 0 ? firstShare : 20 - firstShare) / 20)]);
  return pictures.map((index, at) => [index, at % 2 === 0 && at === pictures.length - 1 ? place : shareOf(place, 1 / 2)]);
}
