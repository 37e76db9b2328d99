import type { FocalPoint, Picture } from './picture.ts';

/** In pixels. Renditions are never wider than the master. */
export const widths = [320, 640, 960, 1280, 1920];

export type Format = 'avif' | 'jpg' | 'png';

export const contentTypes: Record<Format, string> = { avif: 'image/avif', jpg: 'image/jpeg', png: 'image/png' };

/** Crops for link previews and search engines, around the focal point. The sizes are upper bounds. */
export const crops = { share: { width: 1200, height: 630 }, square: { width: 1200, height: 1200 }, standard: { width: 1200, height: 900 }, wide: { width: 1200, height: 675 } };

export type CropName = keyof typeof crops;

export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** One size and format made from a picture's master. */
export interface Rendition {
  /** The file name in its address: `640.avif`, or `share-50-30.jpg` for a crop. */
  name: string;
  format: Format;
  /** In pixels. */
  width: number;
  height: number;
  /** The part of the master that it shows. Undefined: all of it. */
  crop: Rectangle | undefined;
}

type Shape = Pick<Picture, 'width' | 'height' | 'isTransparent' | 'focus'>;

/** The renditions of the whole picture in one format, narrowest first. A picture narrower than all widths has one of its own width. */
export function renditionsIn(format: Format, picture: Shape): Rendition[] {
  const fitting = widths.filter((width) => width <= picture.width);
  return (fitting.length > 0 ? fitting : [picture.width]).map((width) => ({ name: `${width}.${format}`, format, width, height: Math.max(1, Math.round((picture.height * width) / picture.width)), crop: undefined }));
}

/** For programs that can't read AVIF. JPEG has no transparency. */
export function fallbackFormat({ isTransparent }: Pick<Picture, 'isTransparent'>): 'jpg' | 'png' {
  return isTransparent ? 'png' : 'jpg';
}

export function cropRendition(name: CropName, picture: Shape): Rendition {
  const { x, y } = picture.focus;
  const target = crops[name];
  const crop = cropAround(picture, target.width / target.height, picture.focus);
  const scale = Math.min(1, target.width / crop.width);
  return { name: `${name}-${x}-${y}.jpg`, format: 'jpg', width: Math.max(1, Math.round(crop.width * scale)), height: Math.max(1, Math.round(crop.height * scale)), crop };
}

/** All that exist for a picture. */
export function listRenditions(picture: Shape): Rendition[] {
  const cropNames: CropName[] = ['share', 'square', 'standard', 'wide'];
  return [...renditionsIn('avif', picture), ...renditionsIn(fallbackFormat(picture), picture), ...cropNames.map((name) => cropRendition(name, picture))];
}

/** The rendition with a file name. A crop around a former focal point is `moved` to the current one. */
export function findRendition(picture: Shape, name: string): Rendition | { moved: Rendition } | undefined {
  const found = listRenditions(picture).find((rendition) => rendition.name === name);
  if (found) return found;
  const [, crop = ''] = /^([a-z]+)-\d{1,3}-\d{1,3}\.jpg$/.exec(name) ?? [];
  return isCropName(crop) ? { moved: cropRendition(crop, picture) } : undefined;
}

function isCropName(name: string): name is CropName {
  return Object.hasOwn(crops, name);
}

/** The largest part of the picture with a ratio of width to height, with the focal point as near to its middle as possible. */
export function cropAround({ width, height }: Pick<Picture, 'width' | 'height'>, ratio: number, focus: FocalPoint): Rectangle {
  const cropWidth = Math.max(1, Math.min(width, Math.round(height * ratio)));
  const cropHeight = Math.max(1, Math.min(height, Math.round(width / ratio)));
  const offset = (whole: number, part: number, percent: number) => Math.round(Math.min(whole - part, Math.max(0, (whole * percent) / 100 - part / 2)));
  return { left: offset(width, cropWidth, focus.x), top: offset(height, cropHeight, focus.y), width: cropWidth, height: cropHeight };
}
