import type { ArticleInput, FieldError } from '../articles/article.ts';
import { splitAtPictures, type PlacedPicture } from './body-pictures.ts';
import { altOf, type Picture } from './picture.ts';

/**
 * The pictures of an article that have neither an alternative text nor the decoration mark, or that do not exist.
 *
 * @param bodyHtml the rendered body
 * @param pictures the library's pictures by id, as far as they exist
 */
export function missingDescriptions({ picture: leadId, pictureAlt }: Pick<ArticleInput, 'picture' | 'pictureAlt'>, bodyHtml: string, pictures: ReadonlyMap<number, Picture>): FieldError[] {
  const errors: FieldError[] = [];
  const lead = leadId === null ? undefined : pictures.get(leadId);
  if (leadId !== null && !lead) errors.push({ field: 'picture', problem: { key: 'problems.noPicture', values: { id: leadId } } });
  if (lead && altOf(lead, pictureAlt) === undefined) errors.push({ field: 'picture', problem: { key: 'problems.noPictureAlt' } });
  const placed = splitAtPictures(bodyHtml).filter((part): part is PlacedPicture => typeof part !== 'string');
  const reported = new Set<number>();
  for (const { id, alt } of placed) {
    const picture = pictures.get(id);
    if (reported.has(id) || (picture && altOf(picture, alt) !== undefined)) continue;
    reported.add(id);
    errors.push({ field: 'body', problem: { key: picture ? 'problems.bodyPictureAlt' : 'problems.noPicture', values: { id } } });
  }
  return errors;
}
