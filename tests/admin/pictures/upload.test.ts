import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import sharp from 'sharp';
import request from 'supertest';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Role } from '../../../src/content/accounts/permissions.ts';
import { browser, makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { problemsOf } from '../../support/article-form.ts';
import { element, within, elements, text } from '../../support/html.ts';
import { drawPhotograph } from '../../support/photograph.ts';
import { sendFiles, sendFilesByScript, storePicture } from '../../support/pictures.ts';
import { addressOf, emptySite, stored, temporaryFolder, type TestSite } from '../../support/test-site.ts';

async function newsroom(role: Role = 'editor'): Promise<{ site: TestSite; editor: Browser }> {
  const site = await emptySite();
  return { site, editor: await signIn(site, (await makeEditor(site, { role, name: 'Ada Example' })).email) };
}

const photograph = async (seed: number) => drawPhotograph({ width: 400, height: 300, seed });
const megabyte = 1024 * 1024;

/** Gives the uploads of a test a temporary folder of their own, and returns what is in it. */
async function watchTemporaryFolder(): Promise<() => Promise<string[]>> {
  const folder = await temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return async () => readdir(folder, { recursive: true });
}

/** Sends the beginning of an upload, and leaves the request unfinished. */
async function beginUpload(site: TestSite, { cookie }: Pick<Browser, 'cookie'>, headers = 'Sec-Fetch-Site: same-origin'): Promise<Socket> {
  const socket = connect(Number(new URL(addressOf(site)).port), '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  socket.write(`POST /admin/pictures HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\n${headers}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000\r\n\r\n`);
  socket.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n');
  socket.write(randomBytes(300_000));
  return socket;
}

test('a long file name may break between its parts in headings', async () => {
  const site = await emptySite();
  const ada = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const id = await storePicture(site, { width: 320, height: 213, alt: '', fileName: 'Berge_am-See.jpg' });
  expect((await ada.get(`/admin/pictures/${id}`)).text).toContain('<h1><bdi>Berge_<wbr>am-<wbr>See.<wbr>jpg<wbr></bdi></h1>');
});

test('an empty file is refused with the reason', async () => {
  const site = await emptySite();
  const ada = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const { status, body } = await sendFiles(site, ada, [{ data: Buffer.alloc(0), name: 'empty.jpg' }], { accept: 'application/json' });
  expect([status, body.problems]).toEqual([422, [{ name: 'empty.jpg', problem: 'The file is empty. Choose another one.' }]]);
});

test('a script that uploads a picture gets its address, Markdown and thumbnail', async () => {
  const { site, editor } = await newsroom();
  const { status, body } = await sendFilesByScript(site, editor, [{ data: await photograph(1), name: 'harbour.jpg' }]);
  expect(status).toBe(201);
  const [{ hash }] = (await stored(site, 'select hash from picture')) as [{ hash: string }];
  const image = { src: `/pictures/1-${hash.slice(0, 12)}/320.jpg`, width: 320, height: 240 };
  expect(body).toEqual({
    pictures: [{ id: 1, isNew: true, path: '/admin/pictures/1', markdown: '![](picture:1)', thumbnail: image, large: image, alt: '', isDecoration: false, caption: '', credit: '', fileName: 'harbour.jpg' }],
    problems: [],
  });
});

test('of several files the pictures are stored, and each other one is reported with its name', async () => {
  const { site, editor } = await newsroom();
  const files = [{ data: await photograph(1), name: 'one.jpg' }, { data: '<svg xmlns="http://www.w3.org/2000/svg"/>', name: 'drawing.svg' }, { data: await photograph(2), name: 'two.jpg' }];
  const { status, body } = await sendFilesByScript(site, editor, files);
  expect([status, body.pictures.map(({ id }: { id: number }) => id), body.problems.map(({ name }: { name: string }) => name)]).toEqual([201, [1, 2], ['drawing.svg']]);
  expect(body.problems[0].problem).toContain('JPEG, PNG, WebP, AVIF or GIF');
});

test('without a script, one picture leads to its page, several to the library, and problems are listed there', async () => {
  const { site, editor } = await newsroom();
  const one = await sendFiles(site, editor, [{ data: await photograph(1), name: 'one.jpg' }]);
  expect([one.status, one.headers['location']]).toEqual([303, '/admin/pictures/1?done=upload']);
  const several = await sendFiles(site, editor, [{ data: await photograph(2), name: 'two.jpg' }, { data: await photograph(3), name: 'three.jpg' }]);
  expect([several.status, several.headers['location']]).toEqual([303, '/admin/pictures?done=upload']);
  const mixed = await sendFiles(site, editor, [{ data: 'No picture', name: 'notes.jpg' }, { data: await photograph(4), name: 'four.jpg' }]);
  expect([mixed.status, text(element(mixed.text, 'p', { class: 'notice' }))]).toEqual([422, 'One picture was uploaded.']);
  expect(problemsOf(mixed.text)[0]).toContain('notes.jpg: This file is not a picture in an accepted format.');
});

test('without a script, the library says how many pictures are new, and leads to those that it had already', async () => {
  const { site, editor } = await newsroom();
  const known = { data: await photograph(1), name: 'one.jpg' };
  await sendFiles(site, editor, [known]);
  const { status, headers } = await sendFiles(site, editor, [{ data: await photograph(2), name: 'two.jpg' }, known, { data: await photograph(3), name: 'three.jpg' }]);
  expect(status).toBe(303);
  const notice = element((await editor.get(headers['location'] ?? '')).text, 'p', { class: 'notice' });
  expect([text(notice), within(notice, 'a').map(({ attribs }) => attribs['href'])]).toEqual(['2 pictures were uploaded, 1 was in the library already: Picture 1', ['/admin/pictures/1']]);
  const mixed = await sendFiles(site, editor, [known, { data: 'No picture', name: 'notes.jpg' }]);
  expect(text(element(mixed.text, 'p', { class: 'notice' }))).toBe('No new picture was uploaded, 1 was in the library already: Picture 1');
});

test('the same picture twice is one picture, whoever uploads it, and the answer says so', async () => {
  const { site, editor } = await newsroom();
  const file = { data: await photograph(1), name: 'one.jpg' };
  await sendFiles(site, editor, [file]);
  const other = await signIn(site, (await makeEditor(site, { role: 'contributor' })).email);
  const { status, body } = await sendFilesByScript(site, other, [file, { ...file, name: 'copy.jpg' }]);
  expect([status, body.pictures.map(({ id, isNew }: { id: number; isNew: boolean }) => [id, isNew])]).toEqual([201, [[1, false], [1, false]]]);
  const again = await sendFiles(site, editor, [file]);
  expect((await editor.get(again.headers['location'] ?? '')).text).toContain('This picture was already in the library.');
  expect(await stored(site, 'select owner_id, file_name from picture')).toEqual([{ owner_id: 1, file_name: 'one.jpg' }]);
});

test('a form without a file, and a file in another field, are refused', async () => {
  const { site, editor } = await newsroom();
  for (const files of [[], [{ data: await photograph(1), name: 'one.jpg', field: 'other' }]]) {
    const { status, text: html } = await sendFiles(site, editor, files, { fields: { more: 'x' } });
    expect([status, problemsOf(html).join()]).toEqual([422, expect.stringContaining('Choose at least one file.')]);
  }
  expect((await sendFilesByScript(site, editor, []).field('more', 'x')).body).toEqual({ pictures: [], problems: [{ name: '', problem: 'Choose at least one file.' }] });
});

test.each([
  ['../../etc/pass\u0085wd.jpg', 'pass wd.jpg'],
  ['C:\\Users\\ada\\harbour.jpg', 'harbour.jpg'],
  ['<script>alert(1)</script>&"\u0027.jpg', null],
  ['Hafen – Πειραιάς 🏴.jpg', 'Hafen – Πειραιάς 🏴.jpg'],
  [`${'x'.repeat(500)}.jpg`, 'x'.repeat(200)],
])('the file name %s is cleaned and shown as text', async (name, expected) => {
  const { site, editor } = await newsroom();
  const { body } = await sendFilesByScript(site, editor, [{ data: await photograph(1), name }]);
  const [{ file_name: kept }] = (await stored(site, 'select file_name from picture')) as [{ file_name: string }];
  if (expected !== null) expect(kept).toBe(expected);
  for (const path of ['/admin/pictures', body.pictures[0].path]) expect(elements((await editor.get(path)).text, 'script')).toHaveLength(2);
});

test('a file of more than 20 MB is refused with 413, and the other files are stored', async () => {
  const { site, editor } = await newsroom();
  const large = { data: randomBytes(20 * megabyte + 1), name: 'large.jpg' };
  const { status, body } = await sendFilesByScript(site, editor, [large]);
  expect([status, body.pictures, body.problems[0].name, body.problems[0].problem]).toEqual([413, [], 'large.jpg', expect.stringContaining('larger than 20 MB')]);
  expect((await sendFilesByScript(site, editor, [large, { data: await photograph(1), name: 'one.jpg' }])).body.pictures).toHaveLength(1);
});

test('more files than are allowed at once are refused by name, and the others are stored', async () => {
  const { site, editor } = await newsroom();
  const file = await sharp({ create: { width: 2, height: 2, channels: 3, background: '#123456' } }).png().toBuffer();
  const { status, body } = await sendFilesByScript(site, editor, Array.from({ length: 22 }, (_, index) => ({ data: file, name: `${index}.jpg` })));
  expect([status, body.pictures.length, body.problems.map(({ name }: { name: string }) => name)]).toEqual([201, 20, ['20.jpg', '21.jpg']]);
});

test('an upload of more than 200 MB is refused before it is read', async () => {
  const { site, editor } = await newsroom();
  const { status, text: html } = await request(site.app).post('/admin/pictures').set({ 'Cookie': editor.cookie, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': String(201 * megabyte) }).send('--x');
  expect([status, html.includes('at most 200 MB')]).toEqual([413, true]);
  expect(await stored(site, 'select id from picture')).toEqual([]);
});

test.each(['', '--x', '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc', '--x\r\nnonsense\r\n\r\nabc\r\n--x--', '--x\r\nContent-Disposition: form-data; name="a[b]"\r\n\r\nc\r\n--x--', '--x\r\nContent-Disposition: form-data; filename="a.jpg"\r\n\r\nc\r\n--x--', `--x\r\nContent-Disposition: form-data; name="${'n'.repeat(5000)}"\r\n\r\nc\r\n--x--`])('the broken multipart form “%s” gets a client error', async (body) => {
  const { editor } = await newsroom();
  for (const path of ['/admin/pictures', '/admin/articles/1/draft']) {
    const { status } = await editor.post(path).set('Content-Type', 'multipart/form-data; boundary=x').send(body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  }
});

test('other actions accept no multipart forms', async () => {
  const { site, editor } = await newsroom();
  for (const path of ['/admin/account/password', '/admin/sign-in', '/admin/pictures/1/details']) expect((await sendFiles(site, editor, [], { path, fields: { email: 'x' } })).status, path).toBe(415);
});

test('an upload that the browser gives up leaves no file', async () => {
  const { site, editor } = await newsroom();
  const files = await watchTemporaryFolder();
  const socket = await beginUpload(site, editor);
  await vi.waitFor(async () => expect(await files()).toHaveLength(2), 10_000);
  socket.destroy();
  await vi.waitFor(async () => expect(await files()).toEqual([]), 10_000);
});

test.each(['without a session', 'with an expired session', 'from another site'])('a file that is sent %s is never written to the disk', async (how) => {
  const { site, editor } = await newsroom();
  const files = await watchTemporaryFolder();
  if (how === 'with an expired session') site.time.now += 4 * 24 * 3_600_000;
  const sender = how === 'without a session' ? browser(site) : editor;
  const [origin, status] = how === 'from another site' ? (['cross-site', 403] as const) : (['same-origin', 401] as const);
  await beginUpload(site, sender, `Sec-Fetch-Site: ${origin}`);
  const file = { data: await photograph(1), name: 'one.jpg' };
  expect((await sendFiles(site, sender, [file]).set('Sec-Fetch-Site', origin)).status).toBe(status);
  // The unfinished upload has had the time of a whole one.
  expect(await files()).toEqual([]);
  expect(await stored(site, 'select id from picture')).toEqual([]);
});

test('a script without a session gets the address of the sign-in form', async () => {
  const { site } = await newsroom();
  const { status, body } = await sendFilesByScript(site, browser(site), [{ data: await photograph(1), name: 'one.jpg' }]);
  expect([status, body]).toEqual([401, { problem: 'signed out', signIn: '/admin/sign-in?next=%2Fadmin%2Fpictures', isStored: false }]);
});

test('uploaded files are removed after the answer, whether they were accepted or not', async () => {
  const { site, editor } = await newsroom();
  const files = await watchTemporaryFolder();
  await sendFiles(site, editor, [{ data: await photograph(1), name: 'one.jpg' }, { data: 'x', name: 'two.jpg' }]);
  await editor.post('/admin/pictures').set('Content-Type', 'multipart/form-data; boundary=x').send('--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc');
  expect((await sendFiles(site, editor, [{ data: await photograph(1), name: 'one.jpg' }], { path: '/admin/pictures/' })).status).toBe(405);
  expect(await files()).toEqual([]);
});

test('if the disk takes no files, the answer says so', async () => {
  const { site, editor } = await newsroom();
  vi.stubEnv('TMPDIR', '/nowhere');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { status, body } = await sendFilesByScript(site, editor, [{ data: await photograph(1), name: 'one.jpg' }]);
  expect([status, body.problems]).toEqual([503, [{ name: 'one.jpg', problem: 'The server could not store this file. Try again in a moment.' }]]);
});
