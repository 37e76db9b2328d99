import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { cropRendition, findRendition, listRenditions, type Rendition } from '../../src/content/pictures/renditions.ts';
import { Imaging } from '../../src/imaging/imaging.ts';
import { deletePicture } from '../../src/storage/pictures/save-picture.ts';
import { findPicture } from '../../src/storage/pictures/pictures.ts';
import { leaseRendition } from '../../src/storage/pictures/renditions.ts';
import { RecordingImaging } from '../support/recording-imaging.ts';
import { storePicture } from '../support/pictures.ts';
import { emptySite, now, openSite, stored, type TestSite } from '../support/test-site.ts';
import { startImaging } from '../support/uploads.ts';

async function addPicture(site: TestSite, size = { width: 700, height: 467 }) {
  const id = await storePicture(site, size);
  const picture = await findPicture(site.context.db.reader, id);
  if (!picture) throw new Error(`There is no picture ${id}`);
  const rendition = (name: string): Rendition => {
    const found = findRendition(picture, name);
    if (!found || 'moved' in found) throw new Error(`There is no rendition ${name}`);
    return found;
  };
  return { picture, rendition };
}

function recordingImaging(): RecordingImaging {
  const imaging = new RecordingImaging();
  onTestFinished(() => imaging.close());
  return imaging;
}

async function storedNames(site: TestSite): Promise<unknown[]> {
  return (await stored(site, 'select name from rendition where data is not null order by name')).map(({ name }) => name);
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(10);
}

test('requests for the same rendition share one job, and later ones get the stored file', async () => {
  const imaging = recordingImaging();
  const site = await emptySite({}, { imaging });
  const { picture, rendition } = await addPicture(site);
  const files = await Promise.all(Array.from({ length: 5 }, () => site.context.renditions.find(picture, rendition('320.avif'))));
  files.push(await site.context.renditions.find(picture, rendition('320.avif')));
  expect(new Set(files.map((file) => file.toString('base64'))).size).toBe(1);
  expect(imaging.made).toEqual(['320.avif']);
});

test('two processes that need the same rendition make it once', async () => {
  const imaging = recordingImaging();
  const site = await emptySite({}, { imaging });
  const { picture, rendition } = await addPicture(site);
  const other = fork(fileURLToPath(new URL('../support/rendering-process.ts', import.meta.url)), [JSON.stringify(site.environment)], { execArgv: [] });
  onTestFinished(() => void other.kill('SIGKILL'));
  expect(await once(other, 'message')).toEqual(['ready', undefined]);
  // The clock of the tests stands still, and leases end by the clock.
  site.time.now = Date.now();
  const names = ['320.avif', '640.avif', '320.jpg', '640.jpg', 'square-50-50.jpg'];
  const answered = once(other, 'message');
  other.send({ id: picture.id, names });
  const files = await Promise.all(names.map(async (name) => (await site.context.renditions.find(picture, rendition(name))).toString('base64')));
  const [theirs] = await answered;
  expect(theirs.files).toEqual(files);
  expect([...imaging.made, ...theirs.made].toSorted()).toEqual(names.toSorted());
});

test('a process waits while another has the lease, and takes it over when it has run out', async () => {
  const imaging = recordingImaging();
  const site = await emptySite({}, { imaging });
  const { context, time } = site;
  const { picture, rendition } = await addPicture(site);
  expect(await leaseRendition(context.db, picture.id, '320.avif', now, now + 1000)).toBe(true);
  expect(await leaseRendition(context.db, picture.id, '320.avif', now + 999, now + 2000)).toBe(false);
  const found = context.renditions.find(picture, rendition('320.avif'));
  await delay(300);
  expect(imaging.made).toEqual([]);
  time.now = now + 1001;
  expect(await found).toBeInstanceOf(Buffer);
  expect(imaging.made).toEqual(['320.avif']);
});

test('a site that waits for another process’s rendition closes at once, and the process goes on to its end', async () => {
  const site = await emptySite();
  const { picture } = await addPicture(site);
  expect(await leaseRendition(site.context.db, picture.id, '320.avif', now, Date.now() + 60_000)).toBe(true);
  const closing = await promisify(execFile)(process.execPath, [fileURLToPath(new URL('../support/closing-process.ts', import.meta.url)), JSON.stringify(site.environment), String(picture.id), '320.avif']);
  expect(closing.stdout).toContain('The server is stopping');
});

test('a lease is not given for a stored rendition, nor for a picture that does not exist', async () => {
  const site = await emptySite();
  const { context } = site;
  const { picture, rendition } = await addPicture(site);
  await context.renditions.find(picture, rendition('320.jpg'));
  expect(await leaseRendition(context.db, picture.id, '320.jpg', now + 1e9, now + 2e9)).toBe(false);
  expect(await leaseRendition(context.db, picture.id + 1, '320.jpg', now, now + 1000)).toBe(false);
  await expect(context.renditions.find({ id: picture.id + 1 }, rendition('320.jpg'))).rejects.toMatchObject({ status: 404 });
});

test('a rendition whose process is killed leaves no lease, and the next request makes it', async () => {
  const imaging = startImaging();
  const site = await emptySite({}, { imaging });
  const { context } = site;
  const { picture, rendition } = await addPicture(site, { width: 2000, height: 1333 });
  const failed = context.renditions.find(picture, rendition('1920.avif')).catch((error: unknown) => error);
  await until(async () => imaging.processId !== undefined);
  process.kill(imaging.processId ?? 0, 'SIGKILL');
  expect(String(await failed)).toContain('SIGKILL');
  expect(await stored(site, 'select name from rendition')).toEqual([]);
  expect(await context.renditions.find(picture, rendition('320.avif'))).toBeInstanceOf(Buffer);
});

test('a new picture’s renditions are all made in the background, and a requested one comes first', async () => {
  const imaging = recordingImaging();
  const site = await emptySite({}, { imaging });
  const { picture, rendition } = await addPicture(site);
  site.context.renditions.prepare(picture);
  await site.context.renditions.find(picture, rendition('wide-50-50.jpg'));
  expect(imaging.made.indexOf('wide-50-50.jpg')).toBeLessThan(3);
  const names = listRenditions(picture).map(({ name }) => name).toSorted();
  await until(async () => (await storedNames(site)).length === names.length);
  expect(await storedNames(site)).toEqual(names);
  expect(imaging.made.toSorted()).toEqual(names);
});

test('a flood of requests for renditions is refused before it fills the queue', async () => {
  const site = await emptySite();
  const pictures = [];
  for (let count = 0; count < 9; count += 1) pictures.push(await addPicture(site, { width: 330, height: 20 + count }));
  const wanted = pictures.flatMap(({ picture }) => listRenditions(picture).map((rendition) => ({ picture, rendition })));
  expect(wanted.length).toBeGreaterThan(50);
  const outcomes = await Promise.allSettled(wanted.map(async ({ picture, rendition }) => site.context.renditions.find(picture, rendition)));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.map(({ reason }) => reason.status)).toEqual(Array.from({ length: wanted.length - 40 }, () => 503));
  const again = wanted.filter((_, index) => outcomes[index]?.status === 'rejected');
  await Promise.all(again.map(async ({ picture, rendition }) => site.context.renditions.find(picture, rendition)));
  expect((await storedNames(site)).length).toBe(wanted.length);
});

test('a picture that is deleted while its rendition is made leaves nothing behind', async () => {
  const imaging = startImaging();
  const site = await emptySite({}, { imaging });
  const { picture, rendition } = await addPicture(site);
  const found = site.context.renditions.find(picture, rendition('640.avif')).catch((error: unknown) => error);
  await until(async () => (await stored(site, 'select name from rendition')).length > 0);
  expect(await deletePicture(site.context.db, picture.id, null, now)).toBe(true);
  await found;
  expect(await stored(site, 'select name from rendition')).toEqual([]);
});

test('closing stops the background work, refuses requests and leaves no lease', async () => {
  const imaging = new Imaging();
  const first = await emptySite();
  const site = await openSite(first.folder, first.environment, { imaging });
  const { picture, rendition } = await addPicture(first, { width: 2000, height: 1333 });
  site.context.renditions.prepare(picture);
  const waiting = site.context.renditions.find(picture, rendition('1920.avif')).catch((error: unknown) => error);
  await until(async () => imaging.processId !== undefined);
  await site.context.close();
  expect(await waiting).toMatchObject({ status: 503 });
  await expect(site.context.renditions.find(picture, rendition('320.avif'))).rejects.toBeDefined();
  expect(await stored(first, 'select name from rendition where data is null')).toEqual([]);
});

test('crops show the part around the focal point, and transparency becomes white in JPEG only', async () => {
  const imaging = startImaging();
  const blue = await sharp({ create: { width: 500, height: 100, channels: 3, background: '#0000ff' } }).png().toBuffer();
  const master = await sharp({ create: { width: 1000, height: 100, channels: 3, background: '#ff0000' } }).composite([{ input: blue, left: 500, top: 0 }]).png().toBuffer();
  const shape = { width: 1000, height: 100, isTransparent: true };
  const colourOf = async (data: Buffer | undefined) => (await sharp(data).resize(1, 1).raw().toBuffer()).toString('hex');
  const crop = async (x: number) => imaging.makeRendition(async () => master, cropRendition('square', { ...shape, focus: { x, y: 50 } }), 'requested');
  expect(await colourOf(await crop(0))).toMatch(/^f[c-f]0/);
  expect(await colourOf(await crop(100))).toMatch(/f[c-f]$/);
  const clear = await sharp({ create: { width: 1000, height: 100, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer();
  const inFormat = async (name: string) => {
    const rendition = findRendition({ ...shape, focus: { x: 50, y: 50 } }, name);
    if (!rendition || 'moved' in rendition) throw new Error(`There is no rendition ${name}`);
    return imaging.makeRendition(async () => clear, rendition, 'requested');
  };
  expect(await colourOf(await inFormat('square-50-50.jpg'))).toBe('ffffff');
  for (const name of ['320.png', '320.avif']) expect(await colourOf(await inFormat(name)), name).toMatch(/00$/);
});
