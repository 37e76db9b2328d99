import { crc32, deflateSync } from 'node:zlib';

/** A PNG chunk with its length and checksum (PNG, 5.3). */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([number(data.length, 4), body, number(crc32(body), 4)]);
}

/** A black PNG file of one channel with 8 bits. Its pixels are missing if there are none. `chunks` stand before the pixels. */
export function pngFile(width: number, height: number, { hasPixels = true, chunks = [] }: { hasPixels?: boolean; chunks?: Buffer[] } = {}): Buffer {
  const header = pngChunk('IHDR', Buffer.concat([number(width, 4), number(height, 4), Buffer.from([8, 0, 0, 0, 0])]));
  const pixels = pngChunk('IDAT', deflateSync(hasPixels ? Buffer.alloc((width + 1) * height) : Buffer.alloc(0)));
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), header, ...chunks, pixels, pngChunk('IEND', Buffer.alloc(0))]);
}

/** A GIF file that declares a size, with one frame of 1 × 1 pixel. */
export function gifFile(width: number, height: number): Buffer {
  const size = Buffer.concat([littleEndian(width), littleEndian(height)]);
  return Buffer.concat([Buffer.from('GIF89a'), size, Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0]), size, Buffer.from([0, 2, 2, 0x4c, 1, 0, 0x3b])]);
}

/** A JPEG file with another size in its frame header (ITU-T T.81, B.2.2). */
export function withJpegSize(jpeg: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(jpeg);
  for (let at = 2; at < changed.length; at += 2 + changed.readUInt16BE(at + 2)) {
    const marker = changed[at + 1] ?? 0;
    if (marker !== 0xc0 && marker !== 0xc2) continue;
    changed.writeUInt16BE(height, at + 5);
    changed.writeUInt16BE(width, at + 7);
    return changed;
  }
  throw new Error('The file has no frame header');
}

/** A JPEG file with another segment after its first marker, such as 0xed for APP13. */
export function withJpegSegment(jpeg: Buffer, marker: number, data: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, marker]), number(data.length + 2, 2), data, jpeg.subarray(2)]);
}

/** A segment of Photoshop's resources with IPTC data sets, by number in record 2 (IPTC IIM 4.2). */
export function iptcSegment(fields: Record<number, string | Buffer>, { isMarkedUtf8 = false } = {}): Buffer {
  const dataSet = (record: number, field: number, value: Buffer) => Buffer.concat([Buffer.from([0x1c, record, field]), number(value.length, 2), value]);
  const records = Buffer.concat([...(isMarkedUtf8 ? [dataSet(1, 90, Buffer.from('\u001b%G'))] : []), ...Object.entries(fields).map(([field, value]) => dataSet(2, Number(field), Buffer.from(value as string)))]);
  const resource = (id: number, data: Buffer) => Buffer.concat([Buffer.from('8BIM'), number(id, 2), Buffer.from([0, 0]), number(data.length, 4), data, Buffer.alloc(data.length % 2)]);
  return Buffer.concat([Buffer.from('Photoshop 3.0\0'), resource(0x03ed, Buffer.alloc(16)), resource(0x0404, records)]);
}

/** An EXIF segment with one text in its first directory (TIFF 6.0, 2). */
export function exifSegment(tag: number, text: string): Buffer {
  const value = Buffer.from(`${text}\0`);
  const directory = Buffer.concat([number(1, 2), number(tag, 2), number(2, 2), number(value.length, 4), number(26, 4), number(0, 4)]);
  return Buffer.concat([Buffer.from('Exif\0\0MM\0*'), number(8, 4), directory, value]);
}

function number(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

function littleEndian(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}
