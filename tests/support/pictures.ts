import { createHash } from 'node:crypto';
import type { PictureDetails } from '../../src/content/pictures/picture.ts';
import { addPicture } from '../../src/storage/pictures/save-picture.ts';
import { drawPhotograph } from './photograph.ts';
import type { TestSite } from './test-site.ts';

let count = 0;

/** Stores a picture without an upload. Its size is 1600 × 1067 pixels unless another one is given. */
export async function storePicture({ context }: TestSite, { width = 1600, height = 1067, fileName = '', ...details }: Partial<PictureDetails> & { width?: number; height?: number; fileName?: string } = {}): Promise<number> {
  count += 1;
  const data = await drawPhotograph({ width, height, seed: count });
  const picture = { hash: createHash('sha256').update(data).digest('hex'), width, height, isTransparent: false, colour: '#7a6f80', data, fileName, alt: 'A valley at dusk', isDecoration: false, caption: '', credit: '', focus: { x: 50, y: 50 }, ...details };
  return (await addPicture(context.db, picture, null, context.clock())).id;
}
