import { createHash } from 'node:crypto';
import sharp from 'sharp';
import request from 'supertest';
import { expect, test } from 'vitest';
import { picturePath } from '../../../src/urls.ts';
import { changePicture, deletePicture } from '../../../src/storage/pictures/save-picture.ts';
import { findPicture } from '../../../src/storage/pictures/pictures.ts';
import { makeEditor } from '../../support/admin.ts';
import { storePicture } from '../../support/pictures.ts';
import { emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

async function siteWithPicture(details: Parameters<typeof storePicture>[1] = {}) {
  const site = await emptySite();
  const id = await storePicture(site, { width: 700, height: 467, ...details });
  const picture = await pictureOf(site, id);
  return { ...site, site, id, picture, path: (file: string) => picturePath(picture, file) };
}

async function pictureOf({ context }: TestSite, id: number) {
  const picture = await findPicture(context.db.reader, id);
  if (!picture) throw new Error(`There is no picture ${id}`);
  return picture;
}

test('each rendition of the list is served in its format and size, with a type, a length, an immutable lifetime, and for other sites', async () => {
  const { app, path } = await siteWithPicture();
  const expected = { '320.avif': ['image/avif', 320, 213], '640.avif': ['image/avif', 640, 427], '320.jpg': ['image/jpeg', 320, 213], '640.jpg': ['image/jpeg', 640, 427], 'share-50-50.jpg': ['image/jpeg', 700, 368], 'square-50-50.jpg': ['image/jpeg', 467, 467], 'standard-50-50.jpg': ['image/jpeg', 623, 467], 'wide-50-50.jpg': ['image/jpeg', 700, 394] };
  for (const [file, [type, width, height]] of Object.entries(expected)) {
    const { status, headers, body } = await request(app).get(path(file)).responseType('blob');
    expect({ status, type: headers['content-type'], length: headers['content-length'] }, file).toEqual({ status: 200, type, length: String(body.length) });
    expect(headers, file).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff', 'accept-ranges': 'bytes' });
    expect(await sharp(body).metadata(), file).toMatchObject({ width, height });
  }
});

test('a picture’s other addresses do not exist, and asking for them makes nothing', async () => {
  const { site, app, id, picture, path } = await siteWithPicture();
  const wrong = ['641.avif', '960.avif', '0.avif', '-320.avif', '320.png', '320.webp', '320', '320.avif.jpg', 'share.jpg', 'share-50-50.avif', 'other-50-50.jpg', 'constructor-50-50.jpg', '%33%32%30.avif', '..', '320.avif%00'].map(path);
  const otherPictures = [`/pictures/${id + 1}-${picture.hash.slice(0, 12)}/320.avif`, `/pictures/${id}-000000000000/320.avif`, `/pictures/${id}-${picture.hash}/320.avif`, `/pictures/0${id}-${picture.hash.slice(0, 12)}/320.avif`, `/pictures/99999999999-${picture.hash.slice(0, 12)}/320.avif`, `/pictures/${id}-/320.avif`];
  for (const address of [...wrong, ...otherPictures]) expect([400, 404], address).toContain((await request(app).get(address)).status);
  const { text, headers } = await request(app).get(path('641.avif'));
  expect(text).toContain('<!doctype html>');
  expect(headers['cache-control']).toBe('no-store');
  expect(await stored(site, 'select name from rendition')).toEqual([]);
});

test('a picture narrower than the narrowest width has one rendition, of its own width', async () => {
  const { app, path } = await siteWithPicture({ width: 200, height: 150 });
  expect((await request(app).get(path('200.avif'))).status).toBe(200);
  expect((await request(app).get(path('320.avif'))).status).toBe(404);
});

test('a crop around a former focal point redirects to the current one, and the former file is dropped', async () => {
  const { site, app, id, context, picture, path } = await siteWithPicture();
  expect((await request(app).get(path('square-50-50.jpg'))).status).toBe(200);
  const { alt, isDecoration, caption, credit } = picture;
  const editor = await makeEditor(site, { role: 'editor' });
  await changePicture(context.db, id, 1, { alt, isDecoration, caption, credit, focus: { x: 10, y: 90 } }, editor.id, now);
  const { status, headers } = await request(app).get(path('square-50-50.jpg'));
  expect({ status, location: headers['location'], caching: headers['cache-control'], policy: headers['cross-origin-resource-policy'] }).toEqual({ status: 307, location: path('square-10-90.jpg'), caching: 'no-cache', policy: 'cross-origin' });
  expect((await request(app).get(path('square-10-90.jpg'))).status).toBe(200);
  expect(await stored(site, 'select name from rendition')).toEqual([{ name: 'square-10-90.jpg' }]);
});

test('HEAD answers like GET, without a body', async () => {
  const { app, path } = await siteWithPicture();
  const head = await request(app).head(path('320.jpg'));
  const get = await request(app).get(path('320.jpg'));
  expect(head.status).toBe(200);
  expect(head.body).toEqual({});
  for (const name of ['content-type', 'content-length', 'etag', 'cache-control', 'accept-ranges']) expect(head.headers[name], name).toBe(get.headers[name]);
});

test('a browser that has the file gets a 304', async () => {
  const { app, path } = await siteWithPicture();
  const { headers } = await request(app).get(path('320.jpg'));
  const { status, text, headers: repeated } = await request(app).get(path('320.jpg')).set('If-None-Match', `"other", ${headers['etag']}`).set('Range', 'bytes=0-9');
  expect([status, text ?? '']).toEqual([304, '']);
  expect(repeated).toMatchObject({ etag: headers['etag'], 'cache-control': headers['cache-control'] });
  expect((await request(app).get(path('320.jpg')).set('If-None-Match', '"other"')).status).toBe(200);
  expect((await request(app).get(path('640.jpg')).set('If-None-Match', headers['etag'] ?? '')).status).toBe(200);
});

test('a part of the file can be requested, also its end, and only of the same version', async () => {
  const { app, path } = await siteWithPicture();
  const whole = await request(app).get(path('320.jpg'));
  const data: Buffer = whole.body;
  const part = async (headers: Record<string, string>) => {
    const { status, body, headers: { 'content-range': range, 'content-length': length } } = await request(app).get(path('320.jpg')).set(headers);
    return { status, body, range, length };
  };
  expect(await part({ Range: 'bytes=10-19' })).toEqual({ status: 206, body: data.subarray(10, 20), range: `bytes 10-19/${data.length}`, length: '10' });
  expect(await part({ Range: 'bytes=-7' })).toMatchObject({ status: 206, body: data.subarray(-7), length: '7' });
  expect(await part({ Range: `bytes=${data.length - 3}-999999999` })).toMatchObject({ status: 206, body: data.subarray(-3), range: `bytes ${data.length - 3}-${data.length - 1}/${data.length}` });
  expect(await part({ Range: 'bytes=0-', 'If-Range': whole.headers['etag'] ?? '' })).toMatchObject({ status: 206, body: data });
  const ignored: Record<string, string>[] = [{ Range: 'bytes=0-9', 'If-Range': '"other"' }, { Range: 'bytes=0-9', 'If-Range': 'Sun, 23 Mar 2025 16:55:14 GMT' }, { Range: 'bytes=0-1,5-6' }, { Range: 'lines=0-9' }, { Range: 'bytes=x' }];
  for (const headers of ignored) expect(await part(headers), JSON.stringify(headers)).toMatchObject({ status: 200, body: data, range: undefined });
});

test('a part beyond the end is refused with the length', async () => {
  const { app, path } = await siteWithPicture();
  const { body } = await request(app).get(path('320.jpg'));
  const { status, headers } = await request(app).get(path('320.jpg')).set('Range', `bytes=${body.length}-`);
  expect({ status, range: headers['content-range'], caching: headers['cache-control'] }).toEqual({ status: 416, range: `bytes */${body.length}`, caching: 'no-store' });
});

test('HEAD ignores ranges', async () => {
  const { app, path } = await siteWithPicture();
  const { status, headers } = await request(app).head(path('320.jpg')).set('Range', 'bytes=0-9');
  expect([status, headers['content-range']]).toEqual([200, undefined]);
});

test('other methods are refused', async () => {
  const { app, path } = await siteWithPicture();
  for (const method of ['post', 'put', 'delete', 'patch'] as const) {
    const { status, headers } = await request(app)[method](path('320.jpg'));
    expect([status, headers['allow']], method).toEqual([405, 'GET, HEAD, OPTIONS']);
  }
});

test('a deleted picture is gone', async () => {
  const { app, id, context, path } = await siteWithPicture();
  expect((await request(app).get(path('320.jpg'))).status).toBe(200);
  expect(await deletePicture(context.db, id, null, now)).toBe(true);
  expect((await request(app).get(path('320.jpg'))).status).toBe(404);
});

test('the page cache holds no pictures, and a file stays the same until it is made anew', async () => {
  const { context, app, path } = await siteWithPicture();
  const before = context.pages.counts;
  const first = await request(app).get(path('320.jpg'));
  const again = await request(app).get(path('320.jpg'));
  expect(context.pages.counts).toEqual(before);
  const hash = (body: Buffer) => createHash('sha256').update(body).digest('hex');
  expect([hash(again.body), again.headers['etag']]).toEqual([hash(first.body), first.headers['etag']]);
});
