import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { ultraHdrFile } from '../support/image-files.ts';
import { drawPhotograph } from '../support/photograph.ts';
import { uploader } from '../support/uploads.ts';

const photograph = await drawPhotograph({ width: 600, height: 400, seed: 3 });

/** The mean of each channel. */
async function meanColour(picture: Buffer): Promise<number[]> {
  return (await sharp(picture).stats()).channels.map(({ mean }) => Math.round(mean));
}

async function flat(colour: { r: number; g: number; b: number }, { width = 60, height = 40 } = {}) {
  return sharp({ create: { width, height, channels: 3, background: colour } });
}

test('each accepted format gives a master of the same size', async () => {
  const { makeMaster } = await uploader();
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif'] as const) {
    const master = await makeMaster(await sharp(photograph).toFormat(format).toBuffer());
    expect(master, format).toMatchObject({ width: 600, height: 400, isTransparent: false });
    expect(await sharp(master.data).metadata(), format).toMatchObject({ width: 600, height: 400, channels: 3, space: 'srgb', depth: 'uchar' });
  }
});

test('a master is at most 2560 px on its longer side, and a small one is not enlarged', async () => {
  const { makeMaster } = await uploader();
  expect(await makeMaster(await sharp(photograph).resize(3000, 1000, { fit: 'fill' }).jpeg().toBuffer())).toMatchObject({ width: 2560, height: 853 });
  expect(await makeMaster(await sharp(photograph).resize(100, 2600, { fit: 'fill' }).jpeg().toBuffer())).toMatchObject({ width: 98, height: 2560 });
  expect(await makeMaster(await sharp(photograph).resize(1, 1).jpeg().toBuffer())).toMatchObject({ width: 1, height: 1 });
});

test('all eight orientations of EXIF give the same upright pixels', async () => {
  const { makeMaster } = await uploader();
  const upright = await sharp(photograph).resize(60, 40).png().toBuffer();
  const turned = async (...steps: ((image: Sharp) => Sharp)[]) => {
    let image = upright;
    for (const step of steps) image = await step(sharp(image)).png().toBuffer();
    return image;
  };
  const quarter = (image: Sharp) => image.rotate(90);
  const stored = [upright, await turned((image) => image.flop()), await turned((image) => image.rotate(180)), await turned((image) => image.flip()), await turned(quarter, (image) => image.flop()), await turned((image) => image.rotate(270)), await turned(quarter, (image) => image.flip()), await turned(quarter)];
  const hashes = new Set<string>();
  for (const [index, image] of stored.entries()) {
    const file = await sharp(image).withMetadata({ orientation: index + 1 }).png().toBuffer();
    expect((await sharp(file).metadata()).orientation).toBe(index + 1);
    const { hash, width, height } = await makeMaster(file);
    expect([width, height], `orientation ${index + 1}`).toEqual([60, 40]);
    hashes.add(hash);
  }
  expect(hashes.size).toBe(1);
});

test('a rotated JPEG keeps its limits on the upright picture', async () => {
  const { makeMaster } = await uploader();
  const file = await sharp(photograph).resize(3000, 1500, { fit: 'fill' }).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect(await makeMaster(file)).toMatchObject({ width: 1280, height: 2560 });
});

test('the same picture has the same hash in every lossless file, and another picture has another', async () => {
  const { makeMaster } = await uploader();
  const small = await sharp(photograph).resize(300).png().toBuffer();
  const hashOf = async (data: Buffer) => (await makeMaster(data)).hash;
  const hash = await hashOf(small);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await hashOf(small)).toBe(hash);
  expect(await hashOf(await sharp(small).png({ progressive: true, compressionLevel: 1 }).toBuffer())).toBe(hash);
  expect(await hashOf(await sharp(small).webp({ lossless: true }).toBuffer())).toBe(hash);
  expect(await hashOf(await sharp(small).ensureAlpha().png().toBuffer())).toBe(hash);
  expect(await hashOf(await sharp(small).withExif({ IFD0: { Copyright: 'Somebody' } }).png().toBuffer())).toBe(hash);
  expect(await hashOf(await sharp(small).flop().png().toBuffer())).not.toBe(hash);
});

test('two pictures of one colour with the same number of pixels have different hashes', async () => {
  const { makeMaster } = await uploader();
  const colour = { r: 10, g: 20, b: 30 };
  const wide = await makeMaster(await (await flat(colour, { width: 60, height: 40 })).png().toBuffer());
  const tall = await makeMaster(await (await flat(colour, { width: 40, height: 60 })).png().toBuffer());
  expect(wide.hash).not.toBe(tall.hash);
});

test('a picture is transparent only if a pixel is', async () => {
  const { makeMaster } = await uploader();
  const opaque = await sharp(photograph).ensureAlpha().png().toBuffer();
  expect(await makeMaster(opaque)).toMatchObject({ isTransparent: false });
  const hole = await sharp({ create: { width: 20, height: 20, channels: 4, background: '#000' } }).png().toBuffer();
  const cutOut = await sharp(photograph).resize(64, 64).ensureAlpha().composite([{ input: hole, left: 40, top: 40, blend: 'dest-out' }]).png().toBuffer();
  for (const format of ['png', 'webp', 'avif', 'gif'] as const) {
    const master = await makeMaster(await sharp(cutOut).toFormat(format).toBuffer());
    expect(master.isTransparent, format).toBe(true);
    expect(await sharp(master.data).metadata(), format).toMatchObject({ format: 'png', hasAlpha: true });
  }
});

test('photographs become JPEG, also from PNG; graphics and transparent pictures stay lossless', async () => {
  const { makeMaster } = await uploader();
  const formatOf = async (data: Buffer) => (await sharp((await makeMaster(data)).data).metadata()).format;
  const large = await drawPhotograph({ width: 800, height: 533, seed: 4 });
  expect(await formatOf(large)).toBe('jpeg');
  expect(await formatOf(await sharp(large).png().toBuffer())).toBe('jpeg');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="600" fill="#fff"/>${Array.from({ length: 12 }, (_, bar) => `<rect x="${40 + bar * 70}" y="${60 + bar * 30}" width="50" height="${500 - bar * 30}" fill="#36c"/>`).join('')}</svg>`;
  const chart = await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
  expect(await formatOf(chart)).toBe('png');
  const { data } = await makeMaster(chart);
  expect(await sharp(data).raw().toBuffer()).toEqual(await sharp(chart).raw().toBuffer());
});

test('CMYK, grey, 16 bits and a palette become sRGB with 8 bits', async () => {
  const { makeMaster } = await uploader();
  const red = await flat({ r: 200, g: 40, b: 40 });
  const files = {
    cmyk: await red.clone().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
    deep: await red.clone().toColourspace('rgb16').png().toBuffer(),
    palette: await red.clone().png({ palette: true }).toBuffer(),
    grey: await red.clone().greyscale().jpeg().toBuffer(),
    deepGrey: await red.clone().greyscale().toColourspace('grey16').png().toBuffer(),
  };
  expect((await sharp(files.cmyk).metadata()).space).toBe('cmyk');
  expect((await sharp(files.deep).metadata()).depth).toBe('ushort');
  for (const [name, file] of Object.entries(files)) {
    const { data } = await makeMaster(file);
    expect(await sharp(data).metadata(), name).toMatchObject({ space: 'srgb', channels: 3, depth: 'uchar' });
    const [r = 0, g = 0, b = 0] = await meanColour(data);
    if (name.toLowerCase().includes('grey')) expect(Math.max(r, g, b) - Math.min(r, g, b), name).toBeLessThan(3);
    else expect([r > 170, g < 80, b < 80], `${name}: ${r} ${g} ${b}`).toEqual([true, true, true]);
  }
});

test('a wide-gamut picture is converted by its profile', async () => {
  const { makeMaster } = await uploader();
  const orange = { r: 200, g: 120, b: 60 };
  const p3 = await (await flat(orange)).withIccProfile('p3').png().toBuffer();
  expect((await sharp(p3).metadata()).icc).toBeDefined();
  const { data } = await makeMaster(p3);
  // The stored numbers are those of Display P3, so taking them for sRGB would give a duller colour.
  const p3Numbers = await sharp(p3, { ignoreIcc: true }).raw().toBuffer();
  const [r = 0, g = 0, b = 0] = await meanColour(data);
  expect(Math.abs(r - orange.r) + Math.abs(g - orange.g) + Math.abs(b - orange.b)).toBeLessThan(6);
  expect(Math.abs((p3Numbers[0] ?? 0) - orange.r)).toBeGreaterThan(6);
});

test('a broken colour profile is ignored', async () => {
  const { makeMaster } = await uploader();
  const file = await (await flat({ r: 200, g: 120, b: 60 })).withIccProfile('p3').jpeg().toBuffer();
  const at = file.indexOf('ICC_PROFILE');
  const broken = Buffer.concat([file.subarray(0, at + 14), Buffer.alloc(200, 0x7f), file.subarray(at + 214)]);
  expect(await makeMaster(broken)).toMatchObject({ width: 60, height: 40 });
});

test('an Ultra HDR photograph from a phone is decoded like its plain JPEG', async () => {
  const { makeMaster } = await uploader();
  const file = ultraHdrFile(photograph, await sharp(photograph).resize(150).greyscale().jpeg().toBuffer());
  expect((await sharp(file).metadata()).gainMap).toBeDefined();
  expect((await makeMaster(file)).hash).toBe((await makeMaster(photograph)).hash);
});

test('of an animation, the first frame is taken', async () => {
  const { makeMaster } = await uploader();
  const frames = Buffer.concat([await (await flat({ r: 250, g: 0, b: 0 })).raw().toBuffer(), await (await flat({ r: 0, g: 0, b: 250 })).raw().toBuffer()]);
  for (const format of ['gif', 'webp'] as const) {
    const animation = await sharp(frames, { raw: { width: 60, height: 80, channels: 3, pageHeight: 40 } }).toFormat(format, { delay: [100, 100] }).toBuffer();
    expect((await sharp(animation, { animated: true }).metadata()).pages, format).toBe(2);
    const master = await makeMaster(animation);
    expect(master, format).toMatchObject({ width: 60, height: 40 });
    const [r = 0, , b = 0] = await meanColour(master.data);
    expect([r > 200, b < 50], format).toEqual([true, true]);
  }
});

test('the dominant colour is that of the largest area', async () => {
  const { makeMaster } = await uploader();
  const spot = await (await flat({ r: 255, g: 255, b: 0 }, { width: 60, height: 60 })).png().toBuffer();
  const picture = await (await flat({ r: 24, g: 72, b: 120 }, { width: 200, height: 150 })).composite([{ input: spot, left: 10, top: 10 }]).png().toBuffer();
  expect((await makeMaster(picture)).colour).toBe('#184878');
});
