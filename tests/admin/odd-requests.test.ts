import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { makeEditor, signIn } from '../support/admin.ts';
import { open, readForm, send, write } from '../support/article-form.ts';
import { addressOf, emptySite } from '../support/test-site.ts';

async function newsroom() {
  const site = await emptySite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  return { site, editor, id: await write(editor, 'draft') };
}

test.each(['0', '-1', '1e3', '0x1', '99999999999999999999', '%00', "1'", '__proto__', '00000000-0000-0000-0000-00000000000g', '1%2F..'])('the article %s is not found', async (id) => {
  const { editor } = await newsroom();
  for (const path of ['', '/revisions', '/comparison?from=1&to=2', '/withdrawal', '/deletion']) expect((await editor.get(`/admin/articles/${id}${path}`)).status, path).toBe(404);
  for (const resource of ['draft', 'publication', 'autosave', 'presence', 'recall', 'deletion']) expect((await editor.post(`/admin/articles/${id}/${resource}`, { title: 'x' })).status, resource).toBe(404);
});

test.each(['', '0', '-1', '99999999999999999999', 'abc', '1e3', '2'])('a form based on the revision “%s” is saved or leads to a conflict, and its text is never lost', async (base) => {
  const { editor, id } = await newsroom();
  const form = await open(editor, id);
  const answer = await send(editor, id, 'draft', { ...form, base, body: 'Precious' });
  expect([303, 409]).toContain(answer.status);
  const revisions = (await editor.get(`/admin/articles/${id}/revisions`)).text;
  expect((revisions.match(/<tr>/g) ?? []).length).toBeGreaterThan(2);
});

test('a form with duplicate, missing or malformed fields is never a server error', async () => {
  const { editor, id } = await newsroom();
  for (const body of ['', 'title=One&title=Two', '__proto__=x&constructor=y&toString=z', 'title[]=a&title[b]=c', '%', '&&&===', `title=${'%00%01'.repeat(10)}`, 'title=%ED%A0%80', 'a=1&'.repeat(900)]) {
    const answer = await editor.post(`/admin/articles/${id}/draft`).send(body);
    expect(answer.status, body.slice(0, 20)).toBeLessThan(500);
  }
});

test.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', 'application/x-www-form-urlencoded; charset=utf-16'])('a body of the type %s is refused with a client error', async (type) => {
  const { editor, id } = await newsroom();
  const answer = await editor.post(`/admin/articles/${id}/publication`).set('Content-Type', type).send('{"title":');
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});

test.each([['gzip', 'not gzip'], ['deflate', 'not deflate'], ['x-unknown', 'a=b']])('a body that is not valid %s, as its Content-Encoding claims, is refused with a client error', async (encoding, body) => {
  const { editor, id } = await newsroom();
  const answer = await editor.post(`/admin/articles/${id}/draft`).set('Content-Encoding', encoding).send(body);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});

test('a form of thousands of fields is refused', async () => {
  const { editor, id } = await newsroom();
  expect((await editor.post(`/admin/articles/${id}/draft`).send('a=1&'.repeat(2000))).status).toBe(413);
});

test('a small compressed body that expands beyond the limit is refused', async () => {
  const { site, editor, id } = await newsroom();
  const headers = { 'Cookie': editor.cookie, 'Sec-Fetch-Site': 'same-origin', 'Content-Encoding': 'gzip', 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(`${addressOf(site)}/admin/articles/${id}/draft`, { method: 'POST', headers, body: gzipSync(`body=${'x'.repeat(20 * 1024 * 1024)}`) });
  expect(answer.status).toBe(413);
  expect((await open(editor, id))['body']).toBe('The text.');
});

test('texts of 2 MB fit into a form, whether they have Windows line endings, Cyrillic or typographic quotation marks', { timeout: 120_000 }, async () => {
  const { editor, id } = await newsroom();
  const form = await open(editor, id);
  for (const [index, words] of ['a line of ordinary words\r\n', 'Привет, мир. ', '“Well,” she said,\r\n'].entries()) {
    const answer = await send(editor, id, 'draft', { ...form, base: String(index + 1), body: words.repeat(Math.floor((2 * 1024 * 1024) / Buffer.byteLength(words))) });
    expect(answer.status).toBe(303);
  }
});

test('a form that is too large gets a page that gives the limit', async () => {
  const { editor, id } = await newsroom();
  const answer = await editor.post(`/admin/articles/${id}/draft`, { body: 'x'.repeat(7.1 * 1024 * 1024) });
  expect([answer.status, answer.text.includes('at most 7 MB')]).toEqual([413, true]);
});

test('control characters are not stored', async () => {
  const { editor, id } = await newsroom();
  await send(editor, id, 'draft', { ...(await open(editor, id)), title: 'A\u0000B\u0007', body: 'C\u0000\r\nD\rE\u000b' });
  expect(await open(editor, id)).toMatchObject({ title: 'AB', body: 'C\nD\nE\n' });
});

test('simultaneous publication, withdrawal and saving leave an article in a consistent state', async () => {
  const { site, editor, id } = await newsroom();
  const form = readForm((await editor.get(`/admin/articles/${id}`)).text);
  for (let round = 0; round < 5; round += 1) {
    const answers = await Promise.all([send(editor, id, 'publication', { ...form, body: `P${round}` }), send(editor, id, 'draft', { ...form, body: `D${round}` }), editor.post(`/admin/articles/${id}/withdrawal`, { reason: 'R' }), send(editor, id, 'autosave', { ...form, body: `A${round}` }), editor.post(`/admin/articles/${id}/reinstatement`), editor.post(`/admin/articles/${id}/deletion`)]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  }
  const { db } = site.context;
  const articles = await db.reader.selectFrom('article').select(['id', 'public_at']).execute();
  const names = await db.reader.selectFrom('article_author').innerJoin('article', 'article.id', 'article_id').select(['article_author.public_at as shown', 'article.public_at']).execute();
  expect(names.filter(({ shown, public_at: publicAt }) => shown !== publicAt)).toEqual([]);
  const entries = await db.search.listNewest(db.reader, { terms: [[['title']]], themeIds: undefined, from: undefined, until: Date.parse('2150-01-01') }, undefined, 10);
  expect(entries.map(({ id: found }) => found)).toEqual(articles.filter(({ public_at: publicAt }) => publicAt !== null).map(({ id: found }) => found));
});
