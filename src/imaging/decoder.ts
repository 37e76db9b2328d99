import { open } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { pictureLimits } from '../content/pictures/picture.ts';
import { RefusedPicture } from './refused-picture.ts';

sharp.cache(false);
sharp.concurrency(1);
// Only these formats can be decoded, whatever a file claims to be.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadHeif', 'VipsForeignLoadNsgif'] });

/** A decoder for the first frame of an uploaded file, and what the file says about itself. */
export interface Decoder {
  pixels: Sharp;
  metadata: Metadata;
}

/** @throws RefusedPicture if the file is empty or too large, or has none of the accepted formats */
export async function openPicture(file: string): Promise<Decoder> {
  const { size, start } = await readStart(file);
  if (size === 0) throw new RefusedPicture({ key: 'problems.pictureEmpty' });
  if (size > pictureLimits.fileSize) throw new RefusedPicture({ key: 'problems.pictureFileSize', values: { limit: pictureLimits.fileSize / 1024 ** 2 } });
  if (isHeic(start)) throw new RefusedPicture({ key: 'problems.pictureHeic' });
  // Warnings are common in pictures from phones. Truncated files are errors.
  const pixels = sharp(file, { failOn: 'error', limitInputPixels: pictureLimits.pixels });
  return { pixels, metadata: await refusing(pixels.metadata()) };
}

/** Rejects with RefusedPicture if the library can't decode the file. */
export async function refusing<Result>(decoded: Promise<Result>): Promise<Result> {
  try {
    return await decoded;
  } catch (error) {
    throw refusalFor(error);
  }
}

function refusalFor(cause: unknown): RefusedPicture {
  const message = cause instanceof Error ? cause.message : '';
  if (message.includes('exceeds pixel limit')) return new RefusedPicture({ key: 'problems.picturePixels', values: { limit: pictureLimits.pixels / 1e6 } }, { cause });
  return new RefusedPicture({ key: message.includes('unsupported image format') ? 'problems.pictureFormat' : 'problems.pictureDamaged' }, { cause });
}

async function readStart(file: string): Promise<{ size: number; start: Buffer }> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return { size: (await handle.stat()).size, start: buffer.subarray(0, bytesRead) };
  } finally {
    await handle.close();
  }
}

/** Detects HEIC files (ISO/IEC 23008-12) by their brand. sharp can't decode them. AVIF files have the same header with another brand. */
function isHeic(start: Buffer): boolean {
  const text = start.toString('latin1');
  return text.slice(4, 8) === 'ftyp' && /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/.test(text.slice(8, 12)) && !text.includes('avif');
}
