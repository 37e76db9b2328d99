import type { FocalPoint, Picture } from '../../content/pictures/picture.ts';
import { cropAround } from '../../content/pictures/renditions.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import { imageOf } from './shown-picture.ts';

const shapes = [
  { label: 'pictures.cropLists', width: 3, height: 2 },
  { label: 'pictures.cropSquare', width: 1, height: 1 },
  { label: 'pictures.cropShare', width: 1200, height: 630 },
] as const satisfies { label: MessageKey; width: number; height: number }[];

/** The crops as SVG views of the whole picture, because style attributes are forbidden and a script can move the views. */
export function cropPreviews({ text }: Messages, picture: Picture, focus: FocalPoint) {
  const { src } = imageOf(picture, 640);
  return shapes.map(({ label, width, height }) => {
    const { left, top, ...crop } = cropAround(picture, width / height, focus);
    return { label: text(label), ratio: width / height, src, width: picture.width, height: picture.height, viewBox: `${left} ${top} ${crop.width} ${crop.height}` };
  });
}
