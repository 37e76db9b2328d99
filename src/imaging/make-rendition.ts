import sharp, { type Sharp } from 'sharp';
import type { Rendition } from '../content/pictures/renditions.ts';

/** @param master a JPEG or PNG file */
export async function makeRendition(master: Uint8Array, { crop, width, height, format }: Rendition): Promise<Buffer> {
  const whole = sharp(master);
  const resized = (crop ? whole.extract(crop) : whole).resize({ width, height, fit: 'fill' });
  return encoders[format](resized).toBuffer();
}

const encoders: Record<Rendition['format'], (image: Sharp) => Sharp> = {
  avif: (image) => image.avif({ quality: 50, effort: 3, chromaSubsampling: '4:2:0' }),
  jpg: (image) => image.flatten({ background: '#fff' }).jpeg({ quality: 76, mozjpeg: true }),
  png: (image) => image.png({ compressionLevel: 9 }),
};
