import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pictureLimits } from '../../src/content/pictures/picture.ts';
import { gifFile, pngChunk, pngFile, withJpegSegment, withJpegSize } from '../support/image-files.ts';
import { drawPhotograph } from '../support/photograph.ts';
import { uploader } from '../support/uploads.ts';

const photograph = await drawPhotograph({ width: 300, height: 200, seed: 5 });
const formats = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const;
const files = new Map(await Promise.all(formats.map(async (format) => [format, await sharp(photograph).toFormat(format).toBuffer()] as const)));

function fileOf(format: (typeof formats)[number]): Buffer {
  return files.get(format) ?? Buffer.alloc(0);
}

test('the files of these tests are accepted before they are damaged', async () => {
  const { refusal } = await uploader();
  for (const [format, file] of files) expect(await refusal(file), format).toBe('accepted');
  expect(await refusal(pngFile(30, 20))).toBe('accepted');
  expect(await refusal(gifFile(1, 1))).toBe('accepted');
});

test('files that are no pictures, or of other formats, are refused by what they contain', async () => {
  const { refusal } = await uploader();
  const others = {
    'one byte': Buffer.from([0xff]),
    text: Buffer.from('A text about pictures.\n'.repeat(50)),
    html: Buffer.from('<!doctype html><img src="x" onerror="alert(1)">'),
    svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>'),
    'svg with a declaration': Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>&x;</text></svg>'),
    pdf: Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n'),
    tiff: await sharp(photograph).tiff().toBuffer(),
    'portable pixmap': Buffer.from('P6 1 1 255 \0\0\0'),
    radiance: Buffer.from('#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n\0\0\0\0'),
    'comma-separated values': Buffer.from('1,2,3\n4,5,6\n'),
    'vips image': Buffer.concat([Buffer.from('b6a6f208', 'hex'), Buffer.alloc(100)]),
    bmp: Buffer.concat([Buffer.from('BM'), Buffer.alloc(100)]),
    'JPEG 2000': Buffer.concat([Buffer.from('0000000c6a5020200d0a870a', 'hex'), Buffer.alloc(100)]),
    'JPEG XL': Buffer.concat([Buffer.from('ff0a', 'hex'), Buffer.alloc(100)]),
    zip: Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100)]),
    program: Buffer.concat([Buffer.from('\u007fELF'), Buffer.alloc(100)]),
    mp4: Buffer.concat([Buffer.from('000000186674797069736f6d', 'hex'), Buffer.alloc(100)]),
    zeros: Buffer.alloc(5000),
  };
  for (const [name, file] of Object.entries(others)) expect(await refusal(file), name).toBe('problems.pictureFormat');
  expect(await refusal(Buffer.alloc(0))).toBe('problems.pictureEmpty');
});

test('a HEIC picture is refused with the advice to export it', async () => {
  const { refusal } = await uploader();
  for (const brand of ['heic', 'heix', 'hevc', 'heim', 'mif1', 'msf1']) {
    const file = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\0\0mif1heic`), Buffer.alloc(500)]);
    expect(await refusal(file), brand).toBe('problems.pictureHeic');
  }
});

test('text behind the first bytes of a picture is refused', async () => {
  const { refusal } = await uploader();
  for (const [format, file] of files) {
    for (const length of [2, 4, 8, 12, 16, 32]) {
      const disguised = Buffer.concat([file.subarray(0, length), Buffer.from('<script>alert(document.cookie)</script>'.repeat(20))]);
      expect(['problems.pictureFormat', 'problems.pictureDamaged', 'problems.picturePixels'], `${format}, ${length}`).toContain(await refusal(disguised));
    }
  }
});

test('a file that is cut off anywhere is refused', async () => {
  const { refusal } = await uploader();
  for (const [format, file] of files) {
    for (const share of [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97]) {
      const cut = file.subarray(0, Math.floor(file.length * share));
      expect(['problems.pictureFormat', 'problems.pictureDamaged'], `${format}, ${share}`).toContain(await refusal(cut));
    }
  }
});

test('damaged bytes never make anything but a picture or a refusal', async () => {
  const { refusal, imaging } = await uploader();
  const before = imaging.processId;
  for (const [format, file] of files) {
    for (let round = 0; round < 15; round += 1) {
      const damaged = Buffer.from(file);
      for (let index = 0; index < 12; index += 1) damaged[(round * 7919 + index * 104_729) % file.length] = (round * 31 + index * 17) % 256;
      expect(['accepted', 'problems.pictureFormat', 'problems.pictureDamaged', 'problems.picturePixels', 'problems.pictureHeic'], `${format}, ${round}`).toContain(await refusal(damaged));
    }
  }
  // None of them has crashed it.
  expect(imaging.processId).toBe(before);
});

test('headers that declare too many pixels are refused without decoding', async () => {
  const { refusal } = await uploader();
  expect(await refusal(pngFile(50_000, 50_000, { hasPixels: false }))).toBe('problems.picturePixels');
  expect(await refusal(pngFile(60_001, 1000, { hasPixels: false }))).toBe('problems.picturePixels');
  expect(await refusal(withJpegSize(fileOf('jpeg'), 65_000, 65_000))).toBe('problems.picturePixels');
  expect(await refusal(gifFile(65_535, 65_535))).toBe('problems.picturePixels');
  const webp = Buffer.from(await sharp(photograph).ensureAlpha(0.5).webp().toBuffer());
  expect(webp.toString('latin1', 12, 16)).toBe('VP8X');
  webp.writeUIntLE(16_382, 24, 3);
  webp.writeUIntLE(16_382, 27, 3);
  expect(['problems.picturePixels', 'problems.pictureDamaged']).toContain(await refusal(webp));
});

test('a picture without height or width is refused', async () => {
  const { refusal } = await uploader();
  const empty = { png: pngFile(0, 0, { hasPixels: false }), 'png without height': pngFile(10, 0, { hasPixels: false }), jpeg: withJpegSize(fileOf('jpeg'), 0, 0), 'jpeg without width': withJpegSize(fileOf('jpeg'), 0, 100), 'png with the largest numbers': pngFile(0xffff_ffff, 0xffff_ffff, { hasPixels: false }) };
  for (const [name, file] of Object.entries(empty)) expect(['problems.pictureDamaged', 'problems.pictureFormat', 'problems.picturePixels'], name).toContain(await refusal(file));
});

test('a file over 20 MB is refused, whatever it contains', async () => {
  const { refusal } = await uploader();
  const padding = Buffer.alloc(pictureLimits.fileSize - photograph.length);
  expect(await refusal(Buffer.concat([photograph, padding]))).toBe('accepted');
  expect(await refusal(Buffer.concat([photograph, padding, Buffer.alloc(1)]))).toBe('problems.pictureFileSize');
});

test('compressed texts and profiles that would fill the memory do not', async () => {
  const { refusal } = await uploader();
  const bomb = deflateSync(Buffer.alloc(300 * 1024 * 1024));
  const chunks = { zTXt: Buffer.concat([Buffer.from('Comment\0\0'), bomb]), iCCP: Buffer.concat([Buffer.from('Profile\0\0'), bomb]), iTXt: Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\u0001\0\0\0'), bomb]) };
  for (const [type, data] of Object.entries(chunks)) expect(['accepted', 'problems.pictureDamaged'], type).toContain(await refusal(pngFile(30, 20, { chunks: [pngChunk(type, data)] })));
});

test('a picture with something else behind it, or in its comments, loses both', async () => {
  const { makeMaster } = await uploader();
  const script = '<script>alert(1)</script><?php system("id") ?>';
  const polyglots = [Buffer.concat([photograph, Buffer.from(script)]), withJpegSegment(photograph, 0xfe, Buffer.from(script)), withJpegSegment(photograph, 0xe1, Buffer.from(script)), pngFile(30, 20, { chunks: [pngChunk('tEXt', Buffer.from(`Comment\0${script}`))] }), Buffer.concat([fileOf('gif'), Buffer.from(script)]), Buffer.concat([fileOf('webp'), Buffer.from(script)])];
  for (const file of polyglots) {
    const { data } = await makeMaster(file);
    expect(file.includes('alert(1)')).toBe(true);
    expect(data.includes('alert(1)')).toBe(false);
  }
});
