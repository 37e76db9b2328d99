import request from 'supertest';
import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, open, write } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { addArticle, emptySite, type TestSite } from '../../support/test-site.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

async function newsroom(): Promise<{ site: TestSite; ada: Browser; ben: Browser }> {
  const site = await emptySite();
  const [ada, ben] = [await makeEditor(site, { role: 'editor', name: 'Ada Example' }), await makeEditor(site, { role: 'editor', name: 'Ben Example' })];
  return { site, ada: await signIn(site, ada.email), ben: await signIn(site, ben.email) };
}

async function kinds({ context }: TestSite): Promise<string[]> {
  return (await context.db.reader.selectFrom('revision').select('kind').orderBy('id').execute()).map(({ kind }) => kind);
}

test('the list of revisions shows the time, the editor and the kind of each, and marks the published and the latest version', async () => {
  const { site, ada, ben } = await newsroom();
  const id = await write(ada, 'publication');
  site.time.now += minute;
  await change(ben, id, 'draft', { body: 'Second' });
  const rows = within(element((await ada.get(`/admin/articles/${id}/revisions`)).text, 'tbody'), 'tr').map((row) => text(row));
  expect(rows.map((row) => row.replace(/ From .*/, ''))).toEqual(['23 March 2025, 16:56:14 Ben Example Saved · latest version', '23 March 2025, 16:55:14 Ada Example Published · published version']);
});

test('any two revisions can be compared word by word, in either order', async () => {
  const { ada } = await newsroom();
  const id = await write(ada, 'draft', { body: 'One two three', title: 'Same' });
  await change(ada, id, 'draft', { body: 'One and two three' });
  await change(ada, id, 'draft', { body: 'One and two', summary: 'New' });
  for (const query of ['from=1&to=3', 'from=3&to=1']) {
    const page = (await ada.get(`/admin/articles/${id}/comparison?${query}`)).text;
    expect(elements(page, 'dt').map(text)).toEqual(['Summary', 'Body']);
    expect(elements(page, 'ins').map(text)).toEqual(['New', 'and']);
    expect(elements(page, 'del').map(text)).toEqual(['three']);
  }
});

test('an article’s pages don’t accept revisions of another article', async () => {
  const { ada } = await newsroom();
  const [one, other] = [await write(ada, 'draft'), await write(ada, 'draft', { body: 'Of the other' })];
  expect((await ada.get(`/admin/articles/${one}/comparison?from=1&to=2`)).status).toBe(404);
  expect((await ada.post(`/admin/articles/${one}/restoration`, { revision: '2' })).status).toBe(404);
  expect((await ada.get(`/admin/articles/${one}?revision=2&joined=2`)).text).not.toContain('Of the other');
  expect((await ada.post(`/admin/articles/${one}/resolution`, { base: '2', mine: '2', theirs: '2' })).status).toBe(400);
  expect((await open(ada, other))['body']).toBe('Of the other');
});

test('restoring creates a new revision, which readers don’t see until it is published', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'publication', { body: 'The first' });
  await change(ada, id, 'publication', { body: 'The second' });
  expect((await ada.post(`/admin/articles/${id}/restoration`, { revision: '1' })).status).toBe(303);
  expect(await kinds(site)).toEqual(['publication', 'update', 'restoration']);
  expect((await open(ada, id))['body']).toBe('The first');
  expect((await request(site.app).get('/articles/a-title')).text).toContain('The second');
  await change(ada, id, 'publication');
  expect((await request(site.app).get('/articles/a-title')).text).toContain('The first');
});

test('old autosaves are thinned out, but never saved revisions or texts of previews', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'publication', { body: '0' });
  const type = async (body: string) => change(ada, id, 'autosave', { body });
  for (let n = 1; n <= 20; n += 1) {
    await type(`${n}`);
    if (n % 5 === 0) await change(ada, id, 'draft', { body: `Saved ${n}` });
    site.time.now += 30_000;
  }
  await change(ada, id, 'previews', { body: 'Shown' });
  // Thinning keeps the last autosave of each span of time, so the previewed text must not be the last one.
  await type('After it');
  expect((await kinds(site)).filter((kind) => kind === 'autosave')).toHaveLength(22);
  site.time.now += day / 2;
  await type('Later');
  const after = await kinds(site);
  expect(after.filter((kind) => kind === 'autosave').length).toBeLessThan(6);
  expect(after.filter((kind) => kind !== 'autosave')).toEqual(['publication', 'draft', 'draft', 'draft', 'draft']);
  const bodies = async () => (await site.context.db.reader.selectFrom('revision').select('form').orderBy('id').execute()).map(({ form }) => (JSON.parse(form) as { body: string }).body);
  expect(await bodies()).toEqual(expect.arrayContaining(['Shown', 'Later', 'Saved 5', 'Saved 20']));
});

test('a preview shows a frozen text as the article’s page would, without signing in, for a week', async () => {
  const { site, ada } = await newsroom();
  await addArticle(site, { title: 'A Neighbour', theme: 'World' });
  const id = await write(ada, 'draft', { title: 'The *Lighthouse*', body: 'As it was', authors: 'Ada', topics: 'Coast' });
  const path = (await change(ada, id, 'previews', { body: 'As it is **now**' })).headers['location'] ?? '';
  await change(ada, id, 'draft', { body: 'As it became' });

  const { status, text: html, headers } = await request(site.app).get(path);
  expect(status).toBe(200);
  expect([headers['cache-control'], headers['x-robots-tag'], headers['last-modified'], headers['set-cookie']]).toEqual(['no-store', 'noindex, nofollow', undefined, undefined]);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
  expect(text(element(html, 'h1'))).toBe('The Lighthouse');
  expect(html).toContain('As it is <strong>now</strong>');
  expect(text(element(html, 'p', { class: 'preview-note' }))).toContain('The link works until Sunday');
  expect(within(element(html, 'aside'), 'a').map(text)).toContain('A Neighbour');

  site.time.now += 7 * day;
  expect((await request(site.app).get(path)).status).toBe(200);
  site.time.now += 1;
  expect((await request(site.app).get(path)).status).toBe(404);
});

test('only the hash of a preview’s token is stored, and no other token works', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'draft');
  const path = (await change(ada, id, 'previews')).headers['location'] ?? '';
  const rows = await site.context.db.reader.selectFrom('preview').selectAll().execute();
  expect(path).toMatch(/^\/previews\/[0-9a-f]{64}$/);
  expect(JSON.stringify(rows)).not.toContain(path.slice('/previews/'.length));
  expect((await request(site.app).get(path.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).status).toBe(404);
  expect((await request(site.app).get(`/previews/${rows[0]?.token_hash}`)).status).toBe(404);
});

test('a preview of a form with problems shows its valid fields', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'draft');
  const path = (await change(ada, id, 'previews', { language: 'no language!', publishedAt: 'never', theme: '', title: '', body: 'Readable' })).headers['location'] ?? '';
  const { status, text: html } = await request(site.app).get(path);
  expect([status, html.includes('Readable')]).toEqual([200, true]);
});

test('a restored draft is found by its current words', async () => {
  const { ada } = await newsroom();
  const id = await write(ada, 'draft', { title: 'Apples', body: 'apples' });
  await change(ada, id, 'draft', { title: 'Oranges', body: 'oranges' });
  await ada.post(`/admin/articles/${id}/restoration`, { revision: '1' });
  const found = async (q: string) => elements((await ada.get(`/admin/articles?q=${q}`)).text, 'th', { class: 'record-title' }).map(text);
  expect([await found('apples'), await found('oranges')]).toEqual([['Apples'], []]);
});

test('autosaves of articles that nobody edits any more are thinned out too', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'draft');
  for (let n = 0; n < 8; n += 1) await change(ada, id, 'autosave', { body: `${n}` });
  site.time.now += 2 * 60 * minute;
  await write(ada, 'draft');
  expect((await kinds(site)).filter((kind) => kind === 'autosave')).toHaveLength(1);
});

test('unsaved changes are still offered after a revision is restored', async () => {
  const { ada } = await newsroom();
  const id = await write(ada, 'draft', { body: 'The first' });
  await change(ada, id, 'draft', { body: 'The second' });
  await change(ada, id, 'autosave', { body: 'Precious' });
  await ada.post(`/admin/articles/${id}/restoration`, { revision: '1' });
  const page = (await ada.get(`/admin/articles/${id}`)).text;
  expect(text(element(page, 'section', { 'aria-labelledby': 'unsaved_heading' }))).toContain('Precious');
});

test('a revision with problems can be restored, even if another article now has its address; publishing reports the problems', async () => {
  const { ada } = await newsroom();
  const id = await write(ada, 'draft', { slug: 'mine' });
  const faulty = { slug: 'mine', language: 'no language!', title: 'long '.repeat(70), body: 'Faulty', publishedAt: 'never' };
  await change(ada, id, 'draft', faulty);
  await change(ada, id, 'draft', { slug: '' });
  await write(ada, 'draft', { slug: 'mine' });
  expect((await ada.post(`/admin/articles/${id}/restoration`, { revision: '2' })).status).toBe(303);
  expect(await open(ada, id)).toMatchObject(faulty);
  expect((await change(ada, id, 'publication')).status).toBe(422);
});
