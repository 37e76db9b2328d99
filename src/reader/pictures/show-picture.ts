import { LRUCache } from 'lru-cache';
import { parseCaption } from '../../content/pictures/caption.ts';
import { altOf, type Picture, type TextOverrides } from '../../content/pictures/picture.ts';
import { contentTypes, cropAround, fallbackFormat, renditionsIn, type Rendition } from '../../content/pictures/renditions.ts';
import { picturePath } from '../../urls.ts';
import type { Site } from '../site.ts';
import { portraitIn, sizesIn, type Place } from './places.ts';

/** What a view needs to print a picture. */
export interface ShownPicture {
  className: string;
  alt: string;
  captionHtml: string;
  credit: string;
  /** Of the master, in pixels. */
  width: number;
  height: number;
  /** Shown until the picture has loaded. Undefined if it would stay visible. */
  colour: string | undefined;
  avifSrcset: string;
  fallbackSrcset: string;
  /** The address of the fallback for programs that can't read `srcset`. */
  src: string;
  sizes: string;
  isEager: boolean;
}

/** Pictures narrower than this, in pixels, keep their size in places that show the whole picture. */
const smallWidth = 480;
/** The width in pixels of the rendition in `src`. */
const plainWidth = 640;
const maxPortraitRatio = 4 / 5;

export function showPicture(site: Site, picture: Picture, wholePlace: Place, overrides: TextOverrides): ShownPicture {
  const { width, height } = picture;
  const { maxWidth = Infinity } = wholePlace;
  const isSmall = wholePlace.ratio === undefined && !wholePlace.isShared && width < smallWidth;
  const place = wholePlace.hasNarrowPortraits && !isSmall && width / height < maxPortraitRatio ? portraitIn(wholePlace) : wholePlace;
  const fallback = renditionsIn(fallbackFormat(picture), picture);
  const srcset = (renditions: Rendition[]) => renditions.filter((rendition) => rendition.width <= maxWidth || renditions.length === 1).map((rendition) => `${picturePath(picture, rendition.name)} ${rendition.width}w`).join(', ');
  return {
    className: ['picture', place.className, isSmall ? 'small' : '', picture.isTransparent ? 'transparent' : '', ...cropClasses(picture, place)].filter(Boolean).join(' '),
    alt: altOf(picture, overrides.alt) ?? '',
    captionHtml: captionHtml(overrides.caption || picture.caption, site.url),
    credit: picture.credit,
    width,
    height,
    colour: isSmall || picture.isTransparent ? undefined : picture.colour,
    avifSrcset: srcset(renditionsIn('avif', picture)),
    fallbackSrcset: srcset(fallback),
    src: picturePath(picture, (fallback.find((rendition) => rendition.width >= plainWidth) ?? fallback.at(-1))?.name ?? ''),
    sizes: isSmall ? `${width}px` : sizesIn(place, width / height),
    isEager: place.isEager ?? false,
  };
}

function cropClasses(picture: Picture, { ratio, minRatio = 0 }: Place): string[] {
  const isTall = picture.width / picture.height < minRatio;
  const visible = ratio ?? (isTall ? minRatio : undefined);
  return visible === undefined ? [] : [isTall ? 'tall' : '', ...positionClasses(picture, visible)];
}

/** Where the visible part lies: in tenths, because pages have no inline styles. The middle needs no class. */
function positionClasses(picture: Picture, ratio: number): string[] {
  const { left, top, width, height } = cropAround(picture, ratio, picture.focus);
  const tenths = (offset: number, hidden: number, focus: number) => Math.round(hidden > 0 ? (10 * offset) / hidden : focus / 10);
  const [x, y] = [tenths(left, picture.width - width, picture.focus.x), tenths(top, picture.height - height, picture.focus.y)];
  return [x === 5 ? '' : `crop-x-${x}`, y === 5 ? '' : `crop-y-${y}`];
}

/** Memoized, because parsing and sanitising a caption takes about 50 µs. */
const captions = new LRUCache<string, string>({ max: 1000 });

function captionHtml(caption: string, siteUrl: string): string {
  if (caption === '') return '';
  const key = `${siteUrl} ${caption}`;
  const html = captions.get(key) ?? parseCaption(caption, siteUrl).html;
  captions.set(key, html);
  return html;
}

/** The page cache's tags for pictures. */
export function picturesShown(ids: number[]): string[] {
  // A page with very many pictures changes with each of them, because its tags must fit into a header.
  return ids.length > maxTags ? ['pictures'] : ids.map((id) => `picture:${id}`);
}

const maxTags = 100;

/** A `Link` header by which the browser requests the picture before it has parsed the page. */
export function preloadLink({ avifSrcset, sizes }: ShownPicture): string {
  const [first = ''] = avifSrcset.split(' ', 1);
  return `<${first}>; rel=preload; as=image; imagesrcset="${avifSrcset}"; imagesizes="${sizes}"; type="${contentTypes.avif}"; fetchpriority=high`;
}
