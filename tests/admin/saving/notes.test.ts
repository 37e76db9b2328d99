import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { expect, test } from 'vitest';
import { browser, makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, open, problemsOf, readForm, send, write } from '../../support/article-form.ts';
import { element, elements, text } from '../../support/html.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; ada: Browser; eve: Browser }> {
  const site = await emptySite();
  const [ada, eve] = [await makeEditor(site, { role: 'editor', name: 'Ada Example' }), await makeEditor(site, { role: 'contributor', name: 'Eve Example' })];
  return { site, ada: await signIn(site, ada.email), eve: await signIn(site, eve.email) };
}

/** The fields of a form with its note, as a browser window sends them. */
async function openWithNote(editor: Browser, id: number | string): Promise<Record<string, string>> {
  const { text: html } = await editor.get(`/admin/articles/${id}`);
  const hidden = (name: string) => element(html, 'input', { name }).attribs['value'] ?? '';
  return { ...readForm(html), note: await noteOf(editor, id), noteBefore: hidden('noteBefore'), window: hidden('window') };
}

async function noteOf(editor: Browser, id: number | string): Promise<string> {
  return text(element((await editor.get(`/admin/articles/${id}`)).text, 'textarea', { name: 'note' }));
}

async function earlierNotes(editor: Browser, id: number): Promise<string[]> {
  return elements((await editor.get(`/admin/articles/${id}`)).text, 'p', { class: 'note-text' }).map(text);
}

const states = async (editor: Browser, query = '') => elements((await editor.get(`/admin/articles${query}`)).text, 'td', { class: 'record-state' }).map(text);

test('a contributor hands in with a note, and an editor sends the article back with another, which the contributor sees in form, list and dashboard', async () => {
  const { site, ada, eve } = await newsroom();
  const form = readForm((await eve.get('/admin/articles/new')).text);
  const answer = await eve.post(`/admin/articles/${form['uid']}/submission`, { ...form, title: 'Lighthouse', theme: 'Coast', note: 'The keeper has not called back.', noteBefore: '', window: randomUUID() });
  const id = Number(/\d+/.exec(answer.headers['location'] ?? '')?.[0]);
  expect(await states(ada, '?status=review')).toEqual([expect.stringMatching(/Submitted for review.*Eve Example: The keeper has not called back\.$/)]);

  const opened = await openWithNote(ada, id);
  expect(opened['note']).toBe('The keeper has not called back.');
  expect((await send(ada, id, 'return', { ...opened, title: 'The lighthouse', note: 'He has now: please add it.' })).headers['location']).toBe(`/admin/articles/${id}?done=return`);
  expect(await states(ada, '?status=review')).toEqual([]);
  expect(await states(eve, '?status=returned')).toEqual([expect.stringMatching(/^Sent back on .*Ada Example: He has now: please add it\.$/)]);
  const html = (await eve.get('/admin')).text;
  expect(text(element(html, 'section', { 'aria-labelledby': 'section_returned' }))).toMatch(/Sent back to you 1 The lighthouse .* Ada Example: He has now: please add it\.$/);
  expect([await noteOf(eve, id), await earlierNotes(eve, id)]).toEqual(['He has now: please add it.', ['The keeper has not called back.']]);

  await send(eve, id, 'submission', { ...(await openWithNote(eve, id)), note: '' });
  expect(await states(ada, '?status=review')).toEqual([expect.stringMatching(/^Submitted for review[^:]*:\d\d$/)]);
  expect([await states(eve, '?status=returned'), await earlierNotes(eve, id)]).toEqual([[], ['He has now: please add it.', 'The keeper has not called back.']]);
  expect((await stored(site, 'select action from audit_log where article_id is not null order by id')).map(({ action }) => action)).toEqual(['note', 'submission', 'note', 'return', 'note', 'submission']);
});

test('an article that is not in review can’t be sent back, and what was typed is kept', async () => {
  const { ada } = await newsroom();
  const id = await write(ada, 'publication');
  const answer = await send(ada, id, 'return', { ...(await openWithNote(ada, id)), note: 'Too late' });
  expect([answer.status, problemsOf(answer.text).join(' '), text(element(answer.text, 'textarea', { name: 'note' }))]).toEqual([422, expect.stringContaining('not waiting for review'), 'Too late']);
});

test('while an editor types, one note is replaced; a colleague’s note and an unchanged one are never overwritten', async () => {
  const { site, ada, eve } = await newsroom();
  const id = await write(eve, 'draft');
  const [mine, theirs] = [await openWithNote(eve, id), await openWithNote(ada, id)];
  for (const note of ['Ask', 'Ask the keeper', 'Ask the keeper', 'Ask the keeper first']) await send(eve, id, 'autosave', { ...mine, note });
  expect(await stored(site, 'select text from article_note')).toEqual([{ text: 'Ask the keeper first' }]);
  await send(ada, id, 'draft', { ...theirs, note: '' });
  expect(await noteOf(ada, id)).toBe('Ask the keeper first');
  await send(ada, id, 'draft', { ...theirs, note: 'I have asked' });
  expect([await noteOf(eve, id), await earlierNotes(eve, id)]).toEqual(['I have asked', ['Ask the keeper first']]);
  await send(eve, id, 'draft', { ...mine, note: 'Ask the keeper first' });
  expect(await noteOf(eve, id)).toBe('I have asked');
  const again = await openWithNote(ada, id);
  for (const note of ['I have', 'I have asked']) await send(ada, id, 'autosave', { ...again, note });
  expect((await stored(site, 'select text from article_note order by id')).map((row) => row['text'])).toEqual(['Ask the keeper first', 'I have asked']);
});

test('a note survives a session that has ended, a sign-in form, problems in other fields, and a note that is too long comes back', async () => {
  const { site, eve } = await newsroom();
  const id = await write(eve, 'draft');
  const opened = await openWithNote(eve, id);
  const refused = await send(eve, id, 'draft', { ...opened, language: 'english!', note: 'Kept despite the language' });
  expect([refused.status, await noteOf(eve, id)]).toEqual([422, 'Kept despite the language']);
  const long = await send(eve, id, 'draft', { ...opened, note: 'x'.repeat(2001) });
  expect([long.status, text(element(long.text, 'textarea', { name: 'note' })).length, problemsOf(long.text).join(' ')]).toEqual([422, 2001, expect.stringContaining('Note for colleagues: Use at most 2,000 characters.')]);
  expect((await send(eve, id, 'autosave', { ...opened, note: 'x'.repeat(2001) }).set('Accept', 'application/json')).body).toEqual({ problem: 'The note is too long: use at most 2,000 characters.' });

  const carried = await browser(site).post(`/admin/articles/${id}/draft`, { ...opened, note: 'Carried' });
  expect(text(element(carried.text, 'textarea', { name: 'note' }))).toBe('Carried');
  site.time.now += 4 * 24 * 3_600_000;
  await send(eve, id, 'draft', { ...opened, note: 'Typed too late' });
  const [row] = await stored(site, 'select text from article_note order by id desc limit 1');
  expect(row?.['text']).toBe('Typed too late');
});

test('no page, feed or preview for readers contains a note', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'publication', { title: 'Lighthouse' });
  await send(ada, id, 'draft', { ...(await openWithNote(ada, id)), note: 'Ask-the-keeper' });
  const preview = (await change(ada, id, 'previews')).headers['location'] ?? '';
  for (const path of ['/', '/articles/lighthouse', '/rss.xml', '/atom.xml', '/feed.json', '/search?q=keeper', preview]) expect((await request(site.app).get(path)).text, path).not.toContain('Ask-the-keeper');
  expect(Object.keys(await open(ada, id))).not.toContain('note');
});

test('a note on a published article is saved without touching what readers see', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'publication', { standfirst: 'Stand' });
  const before = await stored(site, 'select updated_at, head_revision_id, public_revision_id, version from article');
  site.time.now += 60_000;
  for (const resource of ['draft', 'publication'] as const) {
    const answer = await send(ada, id, resource, { ...(await open(ada, id)), note: `Call Ben: ${resource}`, noteBefore: '' });
    expect(answer.headers['location']).toBe(`/admin/articles/${id}?done=unchanged`);
  }
  expect(await stored(site, 'select updated_at, head_revision_id, public_revision_id, version from article')).toEqual(before);
  expect(await stored(site, 'select text from article_note order by id')).toEqual([{ text: 'Call Ben: draft' }, { text: 'Call Ben: publication' }]);
});
