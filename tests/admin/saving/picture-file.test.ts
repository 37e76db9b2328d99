import { beforeEach, expect, test } from 'vitest';
import { browser, makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { open, problemsOf, readForm, write } from '../../support/article-form.ts';
import { drawPhotograph } from '../../support/photograph.ts';
import { sendFiles } from '../../support/pictures.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

let site: TestSite;
let ada: Browser;
let email: string;

beforeEach(async () => {
  site = await emptySite();
  ({ email } = await makeEditor(site, { role: 'editor' }));
  ada = await signIn(site, email);
});

const photograph = async (seed = 1) => ({ data: await drawPhotograph({ width: 400, height: 300, seed }), name: 'harbour.jpg', field: 'pictureFile' });
const broken = { data: 'No picture', name: 'notes.txt', field: 'pictureFile' };

async function newForm(fields: Record<string, string> = {}): Promise<Record<string, string>> {
  return { ...readForm((await ada.get('/admin/articles/new')).text), title: 'A title', standfirst: 'A standfirst', body: 'The text.', theme: 'World', ...fields };
}

const send = (editor: Browser, resource: string, form: Record<string, string>, files: Parameters<typeof sendFiles>[2], accept = 'text/html') => sendFiles(site, editor, files, { path: `/admin/articles/${form['uid']}/${resource}`, fields: form, accept });

test('a file that is sent with a text becomes the lead picture', async () => {
  const { status, headers } = await send(ada, 'draft', await newForm({ picture: '99' }), [await photograph()]);
  expect([status, headers['location']]).toEqual([303, '/admin/articles/1?done=draft']);
  expect(await stored(site, 'select title, picture_id, file_name from article join lead_picture on article_id = article.id join picture on picture.id = picture_id')).toEqual([{ title: 'A title', picture_id: 1, file_name: 'harbour.jpg' }]);
});

test('every action on a text takes a file, and a text without one is saved as before', async () => {
  for (const resource of ['autosave', 'previews', 'submission', 'publication', 'schedule']) {
    const { status } = await send(ada, resource, await newForm({ pictureAlt: 'A harbour', publishedAt: resource === 'schedule' ? '2025-05-01T10:00' : '' }), [await photograph(2)]);
    expect([resource, status]).toEqual([resource, 303]);
  }
  expect((await send(ada, 'draft', await newForm(), [])).status).toBe(303);
  expect(await stored(site, 'select picture_id, kind from picture_use')).toHaveLength(5);
});

test('if the file is refused, the text is stored and its form comes back with the reason at the picture', async () => {
  const { status, text: html } = await send(ada, 'publication', await newForm({ body: 'Precious' }), [broken]);
  expect([status, problemsOf(html)[0]]).toEqual([422, expect.stringContaining('notes.txt: This file is not a picture in an accepted format.')]);
  expect(readForm(html)).toMatchObject({ body: 'Precious' });
  expect((await stored(site, 'select form from revision')).map(({ form }) => JSON.parse(String(form)).body)).toEqual(['Precious']);
  expect(await stored(site, 'select published_at from article')).toEqual([{ published_at: null }]);
});

test('a script whose file is refused gets the reason, and its text is stored', async () => {
  const { status, body } = await send(ada, 'autosave', await newForm({ body: 'Precious' }), [broken], 'application/json');
  expect([status, body.problem]).toEqual([422, expect.stringContaining('notes.txt')]);
  expect(await stored(site, 'select id from revision')).toHaveLength(1);
});

test('a file of more than 20 MB is refused, and the text is stored', async () => {
  const { status, text: html } = await send(ada, 'draft', await newForm({ body: 'Precious' }), [{ ...broken, data: Buffer.alloc(21 * 1024 * 1024) }]);
  expect([status, problemsOf(html)[0]]).toEqual([422, expect.stringContaining('larger than 20 MB')]);
  expect(await stored(site, 'select id from revision')).toHaveLength(1);
});

test('a text in a multipart form is stored after the session has expired, but its file is not', async () => {
  const form = await newForm({ body: 'Precious' });
  site.time.now += 4 * 24 * 3_600_000;
  const { status } = await send(ada, 'draft', form, [await photograph()]);
  expect([status, await stored(site, 'select id from picture'), (await stored(site, 'select kind from revision')).map(({ kind }) => kind)]).toEqual([401, [], ['signed out']]);
});

test('a text in a multipart form without a session comes back in the sign-in form', async () => {
  const { status, text: html } = await send(browser(site), 'draft', await newForm({ body: 'Precious' }), [await photograph()]);
  expect([status, readForm(html)['body'], await stored(site, 'select id from picture')]).toEqual([401, 'Precious', []]);
});

test('a multipart form is read like any other: line ends, repeated fields, long texts', async () => {
  const id = await write(ada, 'draft');
  const form = { ...(await open(ada, id)), body: `“Well,” she said,\r\n`.repeat(90_000) };
  expect((await sendFiles(site, ada, [], { path: `/admin/articles/${id}/draft`, fields: form }).field('title', 'A second title')).status).toBe(303);
  expect(await stored(site, 'select title, length(body) as length from article')).toEqual([{ title: 'A Title', length: 90_000 * 18 }]);
});
