import { createHash } from 'node:crypto';
import sharp from 'sharp';
import request, { type Test } from 'supertest';
import type { PictureDetails } from '../../src/content/pictures/picture.ts';
import { addPicture } from '../../src/storage/pictures/save-picture.ts';
import type { Browser } from './admin.ts';
import { drawPhotograph } from './photograph.ts';
import type { TestSite } from './test-site.ts';

let count = 0;

/** Stores a picture without an upload. Its size is 1600 × 1067 pixels unless another one is given. */
export async function storePicture({ context }: TestSite, { width = 1600, height = 1067, fileName = '', isTransparent = false, ownerId = null, ...details }: Partial<PictureDetails> & { width?: number; height?: number; fileName?: string; isTransparent?: boolean; ownerId?: number | null } = {}): Promise<number> {
  count += 1;
  // Bytes after the end of a picture make another file of it, with another hash.
  const data = Buffer.concat([await draw(width, height, isTransparent), Buffer.from(String(count))]);
  const picture = { hash: createHash('sha256').update(data).digest('hex'), width, height, isTransparent, colour: '#7a6f80', data, fileName, alt: 'A valley at dusk', isDecoration: false, caption: '', credit: '', focus: { x: 50, y: 50 }, ...details };
  return (await addPicture(context.db, picture, ownerId, context.clock())).id;
}

const drawn = new Map<string, Promise<Buffer>>();

/** Each kind is drawn once, because drawing takes longer than many tests. */
async function draw(width: number, height: number, isTransparent: boolean): Promise<Buffer> {
  const key = `${width}x${height} ${isTransparent}`;
  const picture = drawn.get(key) ?? drawNow(width, height, isTransparent);
  drawn.set(key, picture);
  return picture;
}

async function drawNow(width: number, height: number, isTransparent: boolean): Promise<Buffer> {
  // Drawing a large photograph takes seconds.
  const small = await drawPhotograph({ width: Math.ceil(width / 4), height: Math.ceil(height / 4) });
  const photograph = sharp(small).resize(width, height, { fit: 'fill' });
  return (isTransparent ? photograph.ensureAlpha(0.5).png() : photograph.jpeg({ quality: 90 })).toBuffer();
}

export interface UploadedTestFile {
  data: Buffer | string;
  name: string;
  field?: string;
}

/** Sends files and texts as a multipart form, to the library unless another path is given. */
export function sendFiles({ app }: TestSite, { cookie }: Pick<Browser, 'cookie'>, files: UploadedTestFile[], { path = '/admin/pictures', fields = {}, accept = 'text/html' }: { path?: string; fields?: Record<string, string>; accept?: string } = {}): Test {
  let sent = request(app).post(path).set({ 'Cookie': cookie, 'Sec-Fetch-Site': 'same-origin', 'Accept': accept });
  for (const [name, value] of Object.entries(fields)) sent = sent.field(name, value);
  for (const { data, name, field = 'file' } of files) sent = sent.attach(field, Buffer.from(data), name);
  return sent;
}

/** Sends files as a script does. */
export function sendFilesByScript(site: TestSite, editor: Pick<Browser, 'cookie'>, files: UploadedTestFile[]): Test {
  return sendFiles(site, editor, files, { accept: 'application/json' });
}
