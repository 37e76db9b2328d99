import { parseCaption } from '../../content/pictures/caption.ts';
import { altOf, type Picture } from '../../content/pictures/picture.ts';
import { contentTypes, cropRendition, fallbackFormat, renditionsIn, type CropName, type Rendition } from '../../content/pictures/renditions.ts';
import { isBlank } from '../../content/text/text.ts';
import type { LeadPicture } from '../../storage/pictures/pictures.ts';
import * as urls from '../../urls.ts';
import type { Site } from '../site.ts';

/** One rendition of a picture, for feed readers, search engines and link previews. */
export interface Image {
  /** Absolute. */
  url: string;
  /** A media type, such as `image/jpeg`. */
  type: string;
  /** In pixels. */
  width: number;
  height: number;
}

export interface ImageTexts {
  /** Empty if the picture is a decoration. */
  alt: string;
  caption: { html: string; text: string };
  credit: string;
}

/** In pixels. Google Discover shows large pictures only from 1200. */
const maxWidth = 1280;

/** The whole picture in a format that every program can read. */
export function wholeImage(site: Site, picture: Picture): Image {
  const rendition = renditionsIn(fallbackFormat(picture), picture).reduce((widest, wider) => (wider.width <= maxWidth ? wider : widest));
  return imageOf(site, picture, rendition);
}

export function croppedImage(site: Site, picture: Picture, crop: CropName): Image {
  return imageOf(site, picture, cropRendition(crop, picture));
}

function imageOf(site: Site, picture: Picture, { name, format, width, height }: Rendition): Image {
  return { url: urls.absolute(site.url, urls.picturePath(picture, name)), type: contentTypes[format], width, height };
}

export function imageTexts(site: Site, { picture, alt, caption: ownCaption }: LeadPicture): ImageTexts {
  const caption = isBlank(ownCaption) ? picture.caption : ownCaption;
  return { alt: altOf(picture, alt) ?? '', caption: isBlank(caption) ? { html: '', text: '' } : parseCaption(caption, site.url), credit: picture.credit };
}

/** The picture that represents a page elsewhere: its own, or else the site's share picture. One that is too small does not count. */
export function representativePicture({ sharePicture }: Site, own: LeadPicture | undefined): LeadPicture | undefined {
  const share = sharePicture && { picture: sharePicture, alt: '', caption: '' };
  return [own, share].find((one) => one && isLargeEnough(one.picture));
}

/** Facebook shows no smaller images. In pixels. */
const minSide = 200;

function isLargeEnough(picture: Picture): boolean {
  const { width, height } = cropRendition('share', picture);
  return width >= minSide && height >= minSide;
}
