import { expect, test } from 'vitest';
import { renameNamed } from '../../../src/storage/named/rename.ts';
import { browser, makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { problemsOf } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { lastTags } from '../../support/storylines.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

async function newsroom(...authors: string[]): Promise<{ site: TestSite; editor: Browser }> {
  const site = await emptySite();
  for (const name of authors) await addArticle(site, { authors: [name] });
  return { site, editor: await signIn(site, (await makeEditor(site, { role: 'editor' })).email) };
}

/** The fields of an author’s form. */
function readForm(html: string): Record<string, string> {
  const form = element(html, 'form', { class: 'author-form' });
  return Object.fromEntries([...within(form, 'input').map(({ attribs }) => [attribs['name'], attribs['value'] ?? '']), ...within(form, 'textarea').map((area) => [area.attribs['name'], text(area)])]);
}

async function open(editor: Browser, id: number): Promise<Record<string, string>> {
  return readForm((await editor.get(`/admin/authors/${id}`)).text);
}

async function save(editor: Browser, id: number, fields: Record<string, string>) {
  return editor.post(`/admin/authors/${id}/details`, { ...(await open(editor, id)), ...fields });
}

const whole = { biography: 'Writes about  machines.', web: 'ada.example', mastodon: '@ada@social.example', bluesky: 'ada.bsky.social', email: 'ada@news.example' };

test('a portrait, a biography and links change only the author’s page, and the picture can’t be deleted then', async () => {
  const { site, editor } = await newsroom('Ada Byron');
  const picture = await storePicture(site, { width: 640, height: 480, ownerId: 1 });
  expect((await save(editor, 1, { ...whole, portrait: String(picture) })).headers['location']).toBe('/admin/authors/1?done=save');
  expect(await lastTags(site)).toEqual(['author:1']);
  expect(await open(editor, 1)).toMatchObject({ name: 'Ada Byron', slug: 'ada-byron', biography: 'Writes about machines.', portrait: String(picture), web: 'https://ada.example/', mastodon: 'https://social.example/@ada', bluesky: 'https://bsky.app/profile/ada.bsky.social', email: 'ada@news.example' });
  const uses = await editor.get(`/admin/pictures/${picture}/deletion`);
  expect(elements(uses.text, 'a').find((link) => text(link) === 'The author Ada Byron')?.attribs['href']).toBe('/admin/authors/1');
  expect((await editor.post(`/admin/pictures/${picture}/deletion`)).status).toBe(409);
  await save(editor, 1, { biography: '', web: '', mastodon: '', bluesky: '', email: '', portrait: '' });
  expect([await stored(site, 'select * from author_profile'), await stored(site, 'select * from picture_use')]).toEqual([[], []]);
});

test('a new name and a new address are independent, and change every page', async () => {
  const { site, editor } = await newsroom('Ada Byron');
  await save(editor, 1, { name: 'Ada Lovelace' });
  expect([await lastTags(site), (await browser(site).get('/authors/ada-byron')).status]).toEqual([['author:1', 'names'], 200]);
  await save(editor, 1, { slug: '' });
  expect((await browser(site).get('/authors/ada-byron')).headers['location']).toBe('/authors/ada-lovelace');
  await save(editor, 1, { slug: 'ada' });
  for (const former of ['ada-byron', 'ada-lovelace']) expect((await browser(site).get(`/authors/${former}`)).headers['location']).toBe('/authors/ada');
  expect((await stored(site, 'select detail from audit_log where action = \'author-change\' order by id')).map(({ detail }) => detail)).toEqual(['Ada Byron → Ada Lovelace', 'Ada Lovelace', 'Ada Lovelace']);
});

test('what is wrong with a field stands beside it, and nothing typed is lost', async () => {
  const { editor } = await newsroom('Ada Byron', 'Ben Example');
  const typed = { name: '', slug: 'No Slug', portrait: 'x', biography: 'x'.repeat(1001), web: 'nowhere', mastodon: '@ada', bluesky: 'ada', email: 'ada' };
  const refused = await save(editor, 1, typed);
  expect([refused.status, readForm(refused.text)]).toEqual([422, expect.objectContaining(typed)]);
  expect(elements(refused.text, 'p', { class: 'problem' }).length).toBe(8);
  for (const [fields, problem] of [[{ name: 'Ben-Example' }, 'merge them: “Ben Example”'], [{ slug: 'ben-example' }, 'Another author already uses this address'], [{ portrait: '9' }, 'no picture 9']] as const) {
    const answer = await save(editor, 1, fields);
    expect([answer.status, problemsOf(answer.text).join()]).toEqual([422, expect.stringContaining(problem)]);
  }
});

test('an author whose name another one has had since migration 12 can be changed, and merged', async () => {
  const { site, editor } = await newsroom('O’Brien', 'Ben Example');
  await site.context.db.writer.updateTable('author').set({ name: 'O\'Brien', name_key: 'obrien 2' }).where('id', '=', 2).execute();
  expect((await save(editor, 2, { biography: 'Text' })).status).toBe(303);
  expect((await save(editor, 2, { slug: 'obrien' })).status).toBe(303);
  expect(elements((await editor.get('/admin/authors/2')).text, 'a').map(text)).toContain('Merge into “O’Brien”');
  expect((await editor.post('/admin/authors/2/merge', { into: '1' })).status).toBe(303);
  expect(await stored(site, 'select name, name_key from author')).toEqual([{ name: 'O’Brien', name_key: 'obrien' }]);
});

test('two editors who change an author see each other’s values', async () => {
  const { site, editor } = await newsroom('Ada Byron');
  const form = await open(editor, 1);
  await save(editor, 1, { biography: 'By a colleague' });
  await renameNamed(site.context.db, 'author', 'Ada Byron', { to: 'Ada King', language: 'en' }, now);
  const answer = await editor.post('/admin/authors/1/details', { ...form, biography: 'Mine' });
  expect([answer.status, readForm(answer.text)]).toEqual([409, expect.objectContaining({ name: 'Ada King', slug: 'ada-king', biography: 'Mine' })]);
  expect(elements(answer.text, 'dd').map(text)).toEqual(['By a colleague']);
  const again = readForm(answer.text);
  expect((await editor.post('/admin/authors/1/details', again)).status).toBe(303);
  // The form was sent twice.
  expect((await editor.post('/admin/authors/1/details', again)).status).toBe(303);
  expect(await stored(site, 'select name, biography from author, author_profile')).toEqual([{ name: 'Ada King', biography: 'Mine' }]);
});

test('what was typed into the form of an author who has been merged comes back', async () => {
  const { editor } = await newsroom('Ada Byron', 'Ada Lovelace');
  const form = await open(editor, 1);
  await editor.post('/admin/authors/1/merge', { into: '2' });
  const answer = await editor.post('/admin/authors/1/details', { ...form, biography: 'Mine', web: 'nowhere' });
  expect([answer.status, text(element(answer.text, 'dl', { class: 'facts' }))]).toEqual([404, 'NameAda Byron Addressada-byron BiographyMine Websitenowhere']);
});

test('after two authors are merged, the remaining one has what only the other had', async () => {
  const { site, editor } = await newsroom('Ada Byron', 'Ada Lovelace');
  const picture = await storePicture(site, { width: 640, height: 480 });
  await save(editor, 1, { ...whole, portrait: String(picture) });
  await save(editor, 2, { biography: 'Her own', web: 'lovelace.example' });
  expect(text(element((await editor.get('/admin/authors/1/merge?into=2')).text, 'main'))).toContain('it gets that of “Ada Byron”');
  await editor.post('/admin/authors/1/merge', { into: '2' });
  expect(await open(editor, 2)).toMatchObject({ biography: 'Her own', web: 'https://lovelace.example/', mastodon: 'https://social.example/@ada', portrait: String(picture) });
  expect(await stored(site, 'select kind, place_id, picture_id from picture_use')).toEqual([{ kind: 'author', place_id: 2, picture_id: picture }]);
});

test('authors are listed with their articles, and suggested to contributors too', async () => {
  const { site, editor } = await newsroom('Ada Byron', 'Ben Example');
  expect(elements((await editor.get('/admin/authors?q=by')).text, 'th', { scope: 'row' }).map(text)).toEqual(['Ada Byron']);
  const contributor = await signIn(site, (await makeEditor(site, { role: 'contributor' })).email);
  expect((await contributor.get('/admin/authors/suggestions?q=ex').set('Accept', 'application/json')).body).toEqual({ names: ['Ben Example'] });
});
