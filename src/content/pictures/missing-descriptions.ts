import type { ArticleInput, FieldError } from '../articles/article.ts';
import { hasTooManyPictures, maxPlaces, splitAtPictures, type PlacedPicture } from './body-pictures.ts';
import { isBlank } from '../text/text.ts';
import { altOf, type Picture } from './picture.ts';

type Lead = Pick<ArticleInput, 'picture' | 'pictureAlt'>;

/**
 * The pictures of an article that have neither an alternative text nor the decoration mark, or that do not exist. Also
 * whether the body has too many.
 *
 * @param bodyHtml the rendered body
 * @param pictures the library's pictures by id, as far as they exist
 */
export function missingDescriptions({ picture: leadId, pictureAlt }: Lead, bodyHtml: string, pictures: ReadonlyMap<number, Picture>): FieldError[] {
  const errors: FieldError[] = [];
  const lead = leadId === null ? undefined : pictures.get(leadId);
  if (leadId !== null && !lead) errors.push({ field: 'picture', problem: { key: 'problems.noPicture', values: { id: leadId } } });
  if (lead && altOf(lead, pictureAlt) === undefined) errors.push({ field: 'picture', problem: { key: 'problems.noPictureAlt' } });
  if (hasTooManyPictures(bodyHtml)) errors.push({ field: 'body', problem: { key: 'problems.tooManyPictures', values: { limit: maxPlaces } } });
  const reported = new Set<number>();
  for (const { id, alt } of placedIn(bodyHtml)) {
    const picture = pictures.get(id);
    if (reported.has(id) || (picture && altOf(picture, alt) !== undefined)) continue;
    reported.add(id);
    errors.push({ field: 'body', problem: { key: picture ? 'problems.bodyPictureAlt' : 'problems.noPicture', values: { id } } });
  }
  return errors;
}

/** Whether a text shows an existing picture that has neither an alternative text nor the decoration mark. */
export function lacksDescription({ picture: leadId, pictureAlt }: Lead, bodyHtml: string, pictures: ReadonlyMap<number, Picture>): boolean {
  const lead = leadId === null ? undefined : pictures.get(leadId);
  const places = [...(lead ? [{ picture: lead, alt: pictureAlt }] : []), ...placedIn(bodyHtml).map(({ id, alt }) => ({ picture: pictures.get(id), alt }))];
  return places.some(({ picture, alt }) => picture !== undefined && altOf(picture, alt) === undefined);
}

/** Whether a text shows a picture without an alternative text of its own for it. */
export function reliesOnDescription({ picture, pictureAlt }: Lead, bodyHtml: string, pictureId: number): boolean {
  return (picture === pictureId && isBlank(pictureAlt)) || placedIn(bodyHtml).some(({ id, alt }) => id === pictureId && isBlank(alt));
}

function placedIn(bodyHtml: string): PlacedPicture[] {
  return splitAtPictures(bodyHtml).filter((part) => typeof part !== 'string');
}
