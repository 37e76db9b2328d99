import { splitAtPictures, type PlacedPicture } from '../../content/pictures/body-pictures.ts';
import { altOf, type Picture } from '../../content/pictures/picture.ts';
import { escapeHtml } from '../../content/text/text.ts';
import type { LeadPicture } from '../../storage/pictures/pictures.ts';
import { imageTexts, wholeImage, type Image } from '../pictures/image.ts';
import type { Site } from '../site.ts';

/** What feeds say about an article's lead picture, apart from the picture in the content. */
export interface FeedImage extends Image {
  /** Plain text; empty if there is nothing to say. */
  description: string;
  credit: string;
}

/** The URL is also the one in the content, so that feed readers can tell that both are the same picture. */
export function feedImage(site: Site, lead: LeadPicture): FeedImage {
  const { alt, caption, credit } = imageTexts(site, lead);
  return { ...wholeImage(site, lead.picture), description: caption.text || alt, credit };
}

/** @param linkHtml the start tag of a link around the picture */
export function figureHtml(site: Site, shown: LeadPicture, linkHtml = ''): string {
  const { alt, caption, credit } = imageTexts(site, shown);
  const texts = [caption.html, credit && `<small>${escapeHtml(credit)}</small>`].filter(Boolean).join(' ');
  const image = imageHtml(site, shown.picture, alt);
  return `<figure>${linkHtml ? `${linkHtml}${image}</a>` : image}${texts && `<figcaption>${texts}</figcaption>`}</figure>`;
}

function imageHtml(site: Site, picture: Picture, alt: string): string {
  const { url, width, height } = wholeImage(site, picture);
  return `<img src="${url}" width="${width}" height="${height}" alt="${escapeHtml(alt)}">`;
}

/** A rendered body with its pictures as plain HTML. A picture that does not exist leaves its alternative text. */
export function bodyWithPictures(site: Site, bodyHtml: string, pictures: ReadonlyMap<number, Picture>): string {
  return splitAtPictures(bodyHtml).map((part) => (typeof part === 'string' ? part : placedHtml(site, part, pictures.get(part.id)))).join('');
}

function placedHtml(site: Site, { alt, caption, isFigure, linkHtml }: PlacedPicture, picture: Picture | undefined): string {
  if (!picture) return linkHtml ? `${linkHtml}${escapeHtml(alt)}</a>` : escapeHtml(alt);
  return isFigure ? figureHtml(site, { picture, alt, caption }, linkHtml) : imageHtml(site, picture, altOf(picture, alt) ?? '');
}
