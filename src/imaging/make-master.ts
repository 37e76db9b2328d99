import { createHash } from 'node:crypto';
import sharp, { type OutputInfo, type Raw, type Sharp } from 'sharp';
import { pictureLimits } from '../content/pictures/picture.ts';
import type { Master } from '../storage/pictures/save-picture.ts';
import { openPicture, refusing } from './decoder.ts';
import { readEmbeddedTexts, type EmbeddedTexts } from './embedded-texts.ts';

/** A PNG file this many times as large as the same picture in JPEG is a photograph, where JPEG looks the same. */
const photographRatio = 3;

/** Decodes an uploaded file. @throws RefusedPicture */
export async function makeMaster(file: string): Promise<Master & EmbeddedTexts> {
  const { pixels, metadata } = await openPicture(file);
  const isLossless = metadata.format === 'png' || metadata.format === 'gif';
  const { data, info } = await decode(pixels);
  const isTransparent = hasTransparentPixel(data, info);
  const { channels } = info;
  const { width, height } = info;
  // A sharp instance keeps its input, so each use begins anew.
  const opaque = async (): Promise<{ data: Buffer; raw: Raw }> => {
    if (isTransparent || channels === 3) return { data, raw: { width, height, channels } };
    return { data: await sharp(data, { raw: { width, height, channels } }).removeAlpha().raw().toBuffer(), raw: { width, height, channels: 3 } };
  };
  const image = await opaque();
  const open = () => sharp(image.data, { raw: image.raw });
  return {
    data: await encode(open, { isLossless, isTransparent }),
    hash: createHash('sha256').update(`${width}×${height}×${image.raw.channels}:`).update(image.data).digest('hex'),
    width,
    height,
    isTransparent,
    colour: await dominantColour(open()),
    ...readEmbeddedTexts(metadata),
  };
}

async function decode(pixels: Sharp): Promise<{ data: Buffer; info: OutputInfo }> {
  const { masterSide } = pictureLimits;
  const upright = pixels.autoOrient().resize({ width: masterSide, height: masterSide, fit: 'inside', withoutEnlargement: true });
  return refusing(upright.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true }));
}

function hasTransparentPixel(data: Buffer, { channels }: OutputInfo): boolean {
  if (channels < 4) return false;
  for (let index = 3; index < data.length; index += 4) if (data[index] !== 255) return true;
  return false;
}

async function encode(open: () => Sharp, { isLossless, isTransparent }: { isLossless: boolean; isTransparent: boolean }): Promise<Buffer> {
  const png = async () => open().png({ compressionLevel: 9 }).toBuffer();
  if (isTransparent) return png();
  const jpeg = await open().jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
  if (!isLossless) return jpeg;
  const lossless = await png();
  return lossless.length > jpeg.length * photographRatio ? jpeg : lossless;
}

/** As in `#8a7f6b`. */
async function dominantColour(image: Sharp): Promise<string> {
  const small = await image.flatten({ background: '#fff' }).resize({ width: 100, height: 100, fit: 'fill' }).png().toBuffer();
  const { dominant } = await sharp(small).stats();
  return `#${[dominant.r, dominant.g, dominant.b].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
