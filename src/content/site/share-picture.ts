import { crops } from '../pictures/renditions.ts';
import type { Problem } from '../problem.ts';

/** In pixels. Link previews ignore pictures below the minimum, or show them blurred. */
export const sharePictureSizes = { minWidth: 300, minHeight: 157, bestWidth: crops.share.width, bestHeight: crops.share.height };

/** Why a picture can't be the share picture; undefined if it can. */
export function sharePictureProblem(id: number, picture: { width: number; height: number } | undefined): Problem | undefined {
  if (!picture) return { key: 'problems.noPicture', values: { id } };
  const { width, height } = picture;
  return width < sharePictureSizes.minWidth || height < sharePictureSizes.minHeight ? { key: 'problems.sharePictureTooSmall', values: { id, width, height, ...sharePictureSizes } } : undefined;
}
