import { randomBytes } from 'node:crypto';
import sharp from 'sharp';

const side = 7740;

/** JPEG files of noise, 60 megapixels and about 20 MB each. All differ. */
export async function makeNoiseFiles(count: number): Promise<Buffer[]> {
  const file = await noise();
  // The first entry of the quantisation table scales the brightness of each block (ITU-T T.81, B.2.4.1), so another one makes another picture.
  const entry = file.indexOf(Buffer.from([0xff, 0xdb])) + 5;
  return Array.from({ length: count }, (_, index) => {
    const changed = Buffer.from(file);
    changed[entry] = index + 1;
    return changed;
  });
}

/** Noise of a quarter of the width, enlarged, because noise of the full size takes 40 MB at any usable quality. */
async function noise(): Promise<Buffer> {
  const small = Math.ceil(side / 4);
  return sharp(randomBytes(small * small * 3), { raw: { width: small, height: small, channels: 3 } }).resize(side, side, { kernel: 'cubic' }).jpeg({ quality: 78 }).toBuffer();
}
