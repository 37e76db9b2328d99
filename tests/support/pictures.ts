import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { PictureDetails } from '../../src/content/pictures/picture.ts';
import { addPicture } from '../../src/storage/pictures/save-picture.ts';
import { drawPhotograph } from './photograph.ts';
import { now, type TestSite } from './test-site.ts';

let count = 0;

/** Stores a picture without an upload. Its size is 1600 × 1067 pixels unless another one is given. */
export async function storePicture({ context }: TestSite, { width = 1600, height = 1067, fileName = '', isTransparent = false, ...details }: Partial<PictureDetails> & { width?: number; height?: number; fileName?: string; isTransparent?: boolean } = {}): Promise<number> {
  count += 1;
  // Drawing a large photograph takes seconds.
  const small = await drawPhotograph({ width: Math.ceil(width / 4), height: Math.ceil(height / 4), seed: count });
  const photograph = sharp(small).resize(width, height, { fit: 'fill' });
  const data = await (isTransparent ? photograph.ensureAlpha(0.5).png() : photograph.jpeg({ quality: 90 })).toBuffer();
  const picture = { hash: createHash('sha256').update(data).digest('hex'), width, height, isTransparent, colour: '#7a6f80', data, fileName, alt: 'A valley at dusk', isDecoration: false, caption: '', credit: '', focus: { x: 50, y: 50 }, ...details };
  return (await addPicture(context.db, picture, null, now)).id;
}
