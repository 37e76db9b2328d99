import { beforeEach, expect, test } from 'vitest';
import { makeSave } from '../../../src/admin/saving/save-text.ts';
import { parseArticleForm } from '../../../src/content/articles/article-form.ts';
import { findEdited } from '../../../src/storage/articles/edited-article.ts';
import { publishArticle } from '../../../src/storage/articles/save-article.ts';
import { loadSavedForm } from '../../../src/storage/revisions/stored-form.ts';
import { loadSettings } from '../../../src/storage/site/settings.ts';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, problemsOf, write } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { drawPhotograph } from '../../support/photograph.ts';
import { sendFilesByScript, storePicture } from '../../support/pictures.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

let site: TestSite;
let ada: Browser;
let ben: Browser;

beforeEach(async () => {
  site = await emptySite();
  ada = await signIn(site, (await makeEditor(site, { role: 'editor', name: 'Ada Example' })).email);
  ben = await signIn(site, (await makeEditor(site, { role: 'editor', name: 'Ben Example' })).email);
});

const small = { width: 300, height: 200 };
const empty = { alt: '', caption: '', credit: '', focusX: '50', focusY: '50' };

async function version(id: number): Promise<string> {
  return element((await ada.get(`/admin/pictures/${id}`)).text, 'input', { name: 'version' }).attribs['value'] ?? '';
}

async function save(editor: Browser, id: number, fields: Record<string, string>) {
  return editor.post(`/admin/pictures/${id}/details`, { ...empty, version: await version(id), ...fields });
}

test('the details of a picture are saved, and its page shows them', async () => {
  const id = await storePicture(site, { ...small, alt: '' });
  const answer = await save(ada, id, { alt: ' Ships \n in a harbour ', caption: 'A *storm*', credit: 'Zoë', focusX: '30', focusY: '0' });
  expect([answer.status, answer.headers['location']]).toEqual([303, `/admin/pictures/${id}?done=details`]);
  expect(await stored(site, 'select alt, is_decoration, caption, credit, focus_x, focus_y, version from picture')).toEqual([{ alt: 'Ships in a harbour', is_decoration: 0, caption: 'A *storm*', credit: 'Zoë', focus_x: 30, focus_y: 0, version: 2 }]);
  const { text: html } = await ada.get(`/admin/pictures/${id}?done=details`);
  expect(html).toContain('Saved. Every page that shows this picture is up to date.');
  expect([text(element(html, 'h1')), element(html, 'input', { name: 'focusX' }).attribs['value'], element(html, 'input', { name: 'credit' }).attribs['value']]).toEqual(['Ships in a harbour', '30', 'Zoë']);
});

test('the crops on the page follow the focal point', async () => {
  const id = await storePicture(site, { width: 900, height: 600, focus: { x: 100, y: 0 } });
  const { text: html } = await ada.get(`/admin/pictures/${id}`);
  expect(elements(html, 'svg').flatMap(({ attribs }) => attribs['viewbox'] ?? [])).toEqual(['0 0 900 600', '0 0 900 600', '300 0 600 600', '0 0 900 473']);
});

test('invalid details come back with everything that was typed', async () => {
  const id = await storePicture(site, small);
  const { status, text: html } = await save(ada, id, { alt: 'x'.repeat(1001), caption: 'A </textarea> & "caption"', credit: 'y'.repeat(201), focusX: '101', focusY: 'up', decoration: '1' });
  expect([status, problemsOf(html)]).toEqual([422, ['Please fix 4 problems Description: Use at most 1,000 characters. Credit: Use at most 200 characters. From the left, in percent: Use a whole number from 0 to 100. From the top, in percent: Use a whole number from 0 to 100.']]);
  expect([text(element(html, 'textarea', { name: 'caption' })), element(html, 'input', { name: 'decoration' }).attribs['checked'], element(html, 'input', { name: 'focusX' }).attribs['value']]).toEqual(['A </textarea> & "caption"', '', '101']);
  for (const link of elements(html, 'div', { class: 'problems' }).flatMap((list) => within(list, 'a'))) expect(elements(html, 'input').concat(elements(html, 'textarea')).map(({ attribs }) => `#${attribs['id']}`)).toContain(link.attribs['href']);
  expect(await stored(site, 'select version from picture')).toEqual([{ version: 1 }]);
});

test('a description stays while published or scheduled texts have no other one', async () => {
  const id = await storePicture(site, { ...small, alt: 'A river' });
  await write(ada, 'publication', { title: 'With its own', picture: String(id), pictureAlt: 'Own', body: `![Own](picture:${id})` });
  await write(ada, 'draft', { title: 'A draft', picture: String(id) });
  const lead = await write(ada, 'publication', { title: 'The *lead*', picture: String(id) });
  const body = await write(ada, 'schedule', { title: 'The body', publishedAt: '2190-01-01T00:00', body: `![Own](picture:${id})\n\n![](picture:${id})` });
  const message = 'Readers who can’t see the picture need a description in: “The body” and “The lead”. Write one, or mark the picture as decoration.';
  const { status, text: html } = await save(ada, id, { alt: ' ', credit: 'Typed' });
  expect([status, problemsOf(html), element(html, 'input', { name: 'credit' }).attribs['value']]).toEqual([422, [`Please fix one problem Description: ${message}`], 'Typed']);
  const answer = await ada.post(`/admin/pictures/${id}/details`, { ...empty, version: await version(id) }).set('Accept', 'application/json');
  expect([answer.status, answer.body]).toEqual([422, { problems: [{ field: 'alt', problem: message }] }]);
  expect(await stored(site, 'select alt, version from picture')).toEqual([{ alt: 'A river', version: 1 }]);
  await change(ada, body, 'schedule', { body: 'None' });
  await change(ada, lead, 'publication', { pictureAlt: 'Own' });
  expect((await save(ada, id, {})).status).toBe(303);
});

test('a picture that texts rely on can lose its description to the decoration mark, and an undescribed one can be saved', async () => {
  const id = await storePicture(site, { ...small, alt: 'A river' });
  await write(ada, 'publication', { picture: String(id) });
  expect((await save(ada, id, { decoration: '1' })).status).toBe(303);
  expect((await save(ada, id, {})).status).toBe(422);
  await site.context.db.writer.updateTable('picture').set({ is_decoration: 0 }).execute();
  expect((await save(ada, id, { credit: 'Zoë' })).status).toBe(303);
});

test('a description stays for a withdrawn article too, which can be reinstated', async () => {
  const id = await storePicture(site, { ...small, alt: 'A river' });
  const article = await write(ada, 'publication', { title: 'Gone', picture: String(id) });
  await ada.post(`/admin/articles/${article}/withdrawal`, { reason: 'Wrong' });
  const { status, text: html } = await save(ada, id, {});
  expect([status, problemsOf(html).join()]).toEqual([422, expect.stringContaining('in: “Gone”.')]);
});

test('the refusal to clear a description names at most three texts, and no title that the editor may not see', async () => {
  const cleo = await makeEditor(site, { role: 'contributor' });
  const contributor = await signIn(site, cleo.email);
  const id = await storePicture(site, { ...small, alt: 'A river', ownerId: cleo.id });
  for (const title of ['One', 'Two', 'Three']) await write(ada, 'publication', { title, picture: String(id) });
  await write(ada, 'schedule', { title: 'Secret', picture: String(id), publishedAt: '2190-01-01T00:00' });
  const { text: html } = await save(contributor, id, {});
  expect(problemsOf(html).join()).toContain('in: An unpublished article by Ada Example, “Three”, “Two” and other texts.');
});

test('a text is not published if its picture has lost its description since the text was checked', async () => {
  const { context } = site;
  const editor = await makeEditor(site, { role: 'editor' });
  const id = await storePicture(site, { ...small, alt: 'A river' });
  const article = await findEdited(context.db.reader, await write(ada, 'draft', { picture: String(id) }));
  const settings = await loadSettings(context.db);
  if (!article?.headRevisionId) throw new Error('The draft was not saved');
  const form = await loadSavedForm(context.db.reader, article, settings.zone);
  const parsed = parseArticleForm(form, settings.zone);
  const text = await makeSave(context, { editor, settings }, { revisionId: article.headRevisionId, form }, article, 'publication', parsed.article);
  expect((await save(ada, id, {})).status).toBe(303);
  expect(await publishArticle(context.db, text, { publishedAt: 1000, updatedAt: null }, context.clock())).toBe('undescribed');
  expect(await stored(site, 'select published_at from article')).toEqual([{ published_at: null }]);
});

test('if a colleague has saved in the meantime, the page shows both versions, and saving again replaces the other one', async () => {
  const id = await storePicture(site, { ...small, alt: 'Old' });
  const old = await version(id);
  await save(ben, id, { alt: 'Ben’s', credit: 'Ben', decoration: '1' });
  const { status, text: html } = await save(ada, id, { alt: 'Ada’s', caption: 'Typed', version: old });
  expect(status).toBe(409);
  const notice = text(element(html, 'section', { class: 'notice' }));
  expect(notice).toContain('Ben Example changed this picture');
  expect(notice).toContain('DescriptionBen’s');
  expect(notice).toContain('CreditBen');
  expect(notice).toContain('CaptionEmpty');
  expect(notice).toContain('decoration: it needs no descriptionYes');
  expect([text(element(html, 'textarea', { name: 'alt' })), text(element(html, 'textarea', { name: 'caption' }))]).toEqual(['Ada’s', 'Typed']);
  const current = element(html, 'input', { name: 'version' }).attribs['value'] ?? '';
  expect((await save(ada, id, { alt: 'Ada’s', caption: 'Typed', version: current })).status).toBe(303);
  expect(await stored(site, 'select alt, credit from picture')).toEqual([{ alt: 'Ada’s', credit: '' }]);
});

test('a form with a problem that is based on an old version still leads to the conflict when it is corrected', async () => {
  const id = await storePicture(site, { ...small, alt: 'Old' });
  const old = await version(id);
  await save(ben, id, { alt: 'Ben’s' });
  const { text: html } = await save(ada, id, { alt: 'x'.repeat(1001), version: old });
  expect((await save(ada, id, { alt: 'Ada’s', version: element(html, 'input', { name: 'version' }).attribs['value'] ?? '' })).status).toBe(409);
});

test('a form that is sent twice is saved once', async () => {
  const id = await storePicture(site, { ...small, alt: 'Old' });
  const old = await version(id);
  const answers = [await save(ada, id, { alt: 'New', version: old }), await save(ada, id, { alt: 'New', version: old })];
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(await stored(site, "select id from audit_log where action = 'picture-change'")).toHaveLength(1);
});

test('a script gets the saved details, problems by field, or the version of a colleague', async () => {
  const id = await storePicture(site, { ...small, alt: 'Old' });
  const saved = await (await save(ada, id, {})).status;
  expect(saved).toBe(303);
  const send = async (fields: Record<string, string>) => ada.post(`/admin/pictures/${id}/details`, { ...empty, ...fields }).set('Accept', 'application/json');
  const done = await send({ version: '2', alt: 'New', focusX: '20' });
  expect([done.status, done.body]).toMatchObject([200, { id, alt: 'New', focus: { x: 20, y: 50 }, version: 3 }]);
  const refused = await send({ version: '3', alt: 'x'.repeat(1001) });
  expect([refused.status, refused.body]).toEqual([422, { problems: [{ field: 'alt', problem: 'Use at most 1,000 characters.' }] }]);
  const conflict = await send({ version: '2', alt: 'Other' });
  expect([conflict.status, conflict.body]).toMatchObject([409, { problem: expect.stringContaining('Ada Example changed this picture'), picture: { alt: 'New', version: 3 } }]);
});

test('the page lists where a picture is used, and a contributor does not learn the titles of colleagues’ unpublished articles', async () => {
  const id = await storePicture(site, small);
  await write(ada, 'draft', { title: 'A secret draft', picture: String(id) });
  await write(ada, 'publication', { title: 'A published article', body: `![](picture:${id})` });
  const eve = await signIn(site, (await makeEditor(site, { role: 'contributor' })).email);
  await write(eve, 'draft', { title: 'Eve’s draft', picture: String(id) });
  const places = async (editor: Browser) => elements((await editor.get(`/admin/pictures/${id}`)).text, 'ul', { class: 'places' }).flatMap((list) => within(list, 'li')).map((item) => [text(item), within(item, 'a')[0]?.attribs['href']]);
  expect(await places(ada)).toEqual([['Eve’s draft Draft', '/admin/articles/3'], ['A published article Published on 23 March 2025, 16:55', '/admin/articles/2'], ['A secret draft Draft', '/admin/articles/1']]);
  expect(await places(eve)).toEqual([['Eve’s draft Draft', '/admin/articles/3'], ['A published article Published on 23 March 2025, 16:55', '/articles/a-published-article'], ['An unpublished article by Ada Example', undefined]]);
});

test('a picture in use is not deleted, and the answer lists the places; afterwards it can be deleted', async () => {
  const id = await storePicture(site, small);
  const article = await write(ada, 'draft', { title: 'The only place', picture: String(id) });
  for (const answer of [await ada.get(`/admin/pictures/${id}/deletion`), await ada.post(`/admin/pictures/${id}/deletion`)]) {
    expect([answer.status, elements(answer.text, 'ul', { class: 'places' }).map(text), elements(answer.text, 'form', { action: `/admin/pictures/${id}/deletion` })]).toEqual([answer.request.method === 'GET' ? 200 : 409, ['The only place Draft'], []]);
  }
  await ada.post(`/admin/articles/${article}/deletion`);
  expect((await ada.get(`/admin/pictures/${id}/deletion`)).text).toContain('The picture will be deleted for good.');
  const { status, headers } = await ada.post(`/admin/pictures/${id}/deletion`);
  expect([status, headers['location']]).toEqual([303, '/admin/pictures?done=deletion']);
  for (const path of ['', '/deletion']) expect((await ada.get(`/admin/pictures/${id}${path}`)).status).toBe(404);
  expect((await ada.post(`/admin/pictures/${id}/deletion`)).status).toBe(404);
});

test.each(['0', '-1', '1e3', '99999999999999999999', '%00', '__proto__', 'new', '2'])('the picture %s is not found', async (id) => {
  await storePicture(site, small);
  for (const path of ['', '/deletion']) expect((await ada.get(`/admin/pictures/${id}${path}`)).status, path).toBe(404);
  for (const path of ['/details', '/deletion']) expect((await ada.post(`/admin/pictures/${id}${path}`, empty)).status, path).toBe(404);
});

test('a contributor changes and deletes their own pictures, and only sees those of others', async () => {
  const eve = await signIn(site, (await makeEditor(site, { role: 'contributor', name: 'Eve Example' })).email);
  const others = await storePicture(site, { ...small, alt: 'A colleague’s', caption: 'By *her*' });
  const { body } = await sendFilesByScript(site, eve, [{ data: await drawPhotograph({ width: 300, height: 200, seed: 9 }), name: 'own.jpg' }]);
  const own = body.pictures[0].id;
  expect((await save(eve, own, { alt: 'Mine' })).status).toBe(303);
  const { status, text: html } = await eve.get(`/admin/pictures/${others}`);
  expect([status, elements(html, 'form').length, html.includes('By <em>her</em>')]).toEqual([200, 1, true]);
  expect((await save(eve, others, { alt: 'Stolen' })).status).toBe(403);
  expect((await eve.get(`/admin/pictures/${others}/deletion`)).status).toBe(403);
  expect((await eve.post(`/admin/pictures/${others}/deletion`)).status).toBe(403);
  expect((await eve.post(`/admin/pictures/${own}/deletion`)).status).toBe(303);
  expect(await stored(site, 'select alt from picture')).toEqual([{ alt: 'A colleague’s' }]);
});

test('the audit log links each entry of a picture to it, by its description or the name of its file', async () => {
  const root = await signIn(site, (await makeEditor(site, { role: 'administrator', name: 'Root' })).email);
  for (const seed of [1, 2]) await sendFilesByScript(site, ada, [{ data: await drawPhotograph({ width: 300, height: 200, seed }), name: `${seed}.jpg` }]);
  await save(ada, 1, { alt: 'Ships' });
  await ada.post('/admin/pictures/2/deletion');
  const { text: html } = await root.get('/admin/audit-log');
  const rows = elements(html, 'tr').map((row) => within(row, 'td').map(text)).filter(([, , what]) => what?.includes('picture'));
  expect(rows.map(([, who, what, subject, detail]) => [who, what, subject, detail])).toEqual([
    ['Ada Example', 'Deleted a picture', 'Picture 2 (deleted)', '2.jpg'],
    ['Ada Example', 'Changed a picture', 'Ships', ''],
    ['Ada Example', 'Uploaded a picture', 'Picture 2 (deleted)', '2.jpg'],
    ['Ada Example', 'Uploaded a picture', 'Ships', '1.jpg'],
  ]);
  expect(elements(html, 'a').filter(({ attribs }) => attribs['href'] === '/admin/pictures/1')).toHaveLength(2);
});

test('adding, changing and deleting a picture are named in the change feed, so that pages that show it are made again', async () => {
  const id = await storePicture(site, small);
  await save(ada, id, { alt: 'New' });
  await ada.post(`/admin/pictures/${id}/deletion`);
  const rows = await stored(site, 'select touched from change order by id');
  expect(rows.map(({ touched }) => touched)).toEqual(Array(3).fill('["picture:1","pictures"]'));
});
