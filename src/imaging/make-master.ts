import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { pictureLimits } from '../content/pictures/picture.ts';
import type { Master } from '../storage/pictures/save-picture.ts';
import { openPicture, refusing } from './decoder.ts';
import { readEmbeddedTexts, type EmbeddedTexts } from './embedded-texts.ts';

/** An opaque picture whose PNG file is this many times as large as its JPEG file is a photograph. A PNG master would be no better, and 10 MB large. */
const photographRatio = 3;

/** Decoded pixels: three bytes each, or four if any of them is transparent. */
interface Pixels {
  data: Buffer;
  width: number;
  height: number;
  channels: 3 | 4;
}

/** Decodes an uploaded file. @throws RefusedPicture */
export async function makeMaster(file: string): Promise<Master & EmbeddedTexts> {
  const { pixels: decoder, metadata } = await openPicture(file);
  const pixels = await withoutOpaqueAlpha(await decode(decoder));
  const { data, width, height, channels } = pixels;
  return {
    data: await encode(pixels, { isLossless: metadata.format === 'png' || metadata.format === 'gif' }),
    hash: createHash('sha256').update(`${width}×${height}×${channels}:`).update(data).digest('hex'),
    width,
    height,
    isTransparent: channels === 4,
    colour: await dominantColour(pixels),
    ...readEmbeddedTexts(metadata),
  };
}

async function decode(decoder: Sharp): Promise<Pixels> {
  const { masterSide } = pictureLimits;
  const upright = decoder.autoOrient().resize({ width: masterSide, height: masterSide, fit: 'inside', withoutEnlargement: true });
  const { data, info } = await refusing(upright.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true }));
  return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
}

async function withoutOpaqueAlpha(pixels: Pixels): Promise<Pixels> {
  if (pixels.channels === 3 || hasTransparentPixel(pixels)) return pixels;
  return { ...pixels, data: await open(pixels).removeAlpha().raw().toBuffer(), channels: 3 };
}

function hasTransparentPixel({ data }: Pixels): boolean {
  for (let index = 3; index < data.length; index += 4) if (data[index] !== 255) return true;
  return false;
}

function open({ data, ...raw }: Pixels): Sharp {
  return sharp(data, { raw });
}

async function encode(pixels: Pixels, { isLossless }: { isLossless: boolean }): Promise<Buffer> {
  const png = async () => open(pixels).png({ compressionLevel: 9 }).toBuffer();
  if (pixels.channels === 4) return png();
  const jpeg = await open(pixels).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
  if (!isLossless) return jpeg;
  const lossless = await png();
  return lossless.length > jpeg.length * photographRatio ? jpeg : lossless;
}

/** As in `#8a7f6b`. */
async function dominantColour(pixels: Pixels): Promise<string> {
  const small = await open(pixels).flatten({ background: '#fff' }).resize({ width: 100, height: 100, fit: 'fill' }).png().toBuffer();
  const { dominant } = await sharp(small).stats();
  return `#${[dominant.r, dominant.g, dominant.b].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
