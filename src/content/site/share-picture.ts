import type { Problem } from '../problem.ts';

/** In pixels. Link previews ignore smaller pictures, or show them blurred. */
const minSize = { width: 300, height: 157 };

/** Why a picture can't be the share picture; undefined if it can. */
export function sharePictureProblem(id: number, picture: { width: number; height: number } | undefined): Problem | undefined {
  if (!picture) return { key: 'problems.noPicture', values: { id } };
  const { width, height } = picture;
  return width < minSize.width || height < minSize.height ? { key: 'problems.sharePictureTooSmall', values: { id, width, height, minWidth: minSize.width, minHeight: minSize.height } } : undefined;
}
