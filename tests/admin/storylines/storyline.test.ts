import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { problemsOf, write } from '../../support/article-form.ts';
import { element, elements, text } from '../../support/html.ts';
import { addArticles, makeStoryline, placesOf } from '../../support/storylines.ts';
import { emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

async function newsroom(titles: string[] = ['One', 'Two', 'Three']): Promise<{ site: TestSite; editor: Browser; ids: number[] }> {
  const site = await emptySite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  return { site, editor, ids: await addArticles(site, titles) };
}

function rows(html: string): string[] {
  return elements(html, 'th', { scope: 'row' }).map(text);
}

test('the page of a storyline lists its articles, newest first, those that are not published before them', async () => {
  const { site, editor, ids } = await newsroom();
  const draft = await write(editor, 'draft', { title: 'A draft' });
  const scheduled = await write(editor, 'schedule', { title: 'To come', publishedAt: '2025-04-01T10:00' });
  await makeStoryline(site, [...ids, draft, scheduled]);
  const { text: html } = await editor.get('/admin/storylines/1');
  expect([text(element(html, 'h1')), rows(html)]).toEqual(['Three', ['A draft', 'To come', 'Three', 'Two', 'One']]);
  expect(text(element(html, 'main'))).toContain('5 articles');
});

test('a long storyline continues on further pages', async () => {
  const { site, editor, ids } = await newsroom(Array.from({ length: 53 }, (_, index) => `Article ${index}`));
  await makeStoryline(site, ids);
  const first = (await editor.get('/admin/storylines/1')).text;
  const second = (await editor.get(elements(first, 'a', { rel: 'next' })[0]?.attribs['href'] ?? '')).text;
  expect([rows(first).length, rows(second)]).toEqual([50, ['Article 2', 'Article 1', 'Article 0']]);
  expect(elements(second, 'a', { rel: 'next' })).toEqual([]);
  expect((await editor.get('/admin/storylines/1?after=x')).status).toBe(200);
});

test('a storyline that does not exist answers 404', async () => {
  const { editor } = await newsroom();
  for (const id of ['1', '0', 'x', '99999999999']) expect((await editor.get(`/admin/storylines/${id}`)).status).toBe(404);
});

test('a storyline gets a name, and loses it again', async () => {
  const { site, editor, ids } = await newsroom();
  await makeStoryline(site, ids);
  expect((await editor.post('/admin/storylines/1/name', { before: '', name: ' Heathrow  fire ' })).headers['location']).toBe('/admin/storylines/1?done=name');
  expect(text(element((await editor.get('/admin/storylines/1')).text, 'h1'))).toBe('Heathrow fire');
  const long = await editor.post('/admin/storylines/1/name', { before: 'Heathrow fire', name: 'x'.repeat(101) });
  expect([long.status, problemsOf(long.text).join()]).toEqual([422, expect.stringContaining('at most 100 characters')]);
  const conflict = await editor.post('/admin/storylines/1/name', { before: '', name: 'Flood' });
  expect([conflict.status, problemsOf(conflict.text).join()]).toEqual([409, expect.stringContaining('changed the name to “Heathrow fire”')]);
  expect(elements(conflict.text, 'input', { name: 'name' })[0]?.attribs['value']).toBe('Flood');
  expect(elements(conflict.text, 'input', { name: 'before' })[0]?.attribs['value']).toBe('Heathrow fire');
  expect((await editor.post('/admin/storylines/1/name', { before: 'Heathrow fire', name: '' })).status).toBe(303);
  expect(await stored(site, 'select name from storyline')).toEqual([{ name: '' }]);
});

test('the ticked articles are split off; without a tick, or with all ticked, nothing happens', async () => {
  const { site, editor, ids } = await newsroom();
  await makeStoryline(site, ids);
  const none = await editor.post('/admin/storylines/1/split', { newName: 'Fire' });
  expect([none.status, problemsOf(none.text).join(), elements(none.text, 'input', { name: 'newName' })[0]?.attribs['value']]).toEqual([422, expect.stringContaining('Tick the articles'), 'Fire']);
  const all = await editor.post('/admin/storylines/1/split', { 'article-1': '1', 'article-2': '1', 'article-3': '1' });
  expect([all.status, problemsOf(all.text).join(), elements(all.text, 'input', { type: 'checkbox' }).every(({ attribs }) => 'checked' in attribs)]).toEqual([422, expect.stringContaining('Leave at least one'), true]);
  const answer = await editor.post('/admin/storylines/1/split', { 'article-1': '1', 'article-3': '1', newName: 'Fire' });
  expect([answer.status, answer.headers['location']]).toEqual([303, '/admin/storylines/2?done=split']);
  expect(await placesOf(site)).toEqual({ 1: '2*', 2: '1', 3: '2*' });
  const again = await editor.post('/admin/storylines/1/split', { 'article-1': '1' });
  expect([again.status, problemsOf(again.text).join()]).toEqual([409, expect.stringContaining('no longer in this storyline')]);
});

test('another storyline, or an article that is alone, is joined into a storyline', async () => {
  const { site, editor, ids: [one = 0, two = 0, three = 0, four = 0] } = await newsroom(['Heathrow fire', 'Rugby', 'Heathrow reopens', 'Heathrow closed']);
  await makeStoryline(site, [two]);
  await makeStoryline(site, [one, three], 'Airport');
  const { text: html } = await editor.get('/admin/storylines/1?q=heathrow');
  expect(elements(html, 'input', { type: 'radio' }).map(({ attribs }) => attribs['value'])).toEqual([`article-${four}`, 'storyline-2']);
  for (const other of ['storyline-2', `article-${four}`]) expect((await editor.post('/admin/storylines/1/join', { other })).headers['location']).toBe('/admin/storylines/1?done=join');
  expect(await placesOf(site)).toEqual({ 1: '1*', 2: '1', 3: '1*', 4: '1*' });
  expect((await editor.get('/admin/storylines/2')).headers['location']).toBe('/admin/storylines/1?done=joined');
  expect(text(element((await editor.get('/admin/storylines/1')).text, 'h1'))).toBe('Airport');
  const none = await editor.post('/admin/storylines/1/join', { q: 'rugby' });
  expect([none.status, problemsOf(none.text).join()]).toEqual([422, expect.stringContaining('choose a storyline')]);
});

test('nothing can be done with a storyline that was joined into another one meanwhile, and the page leads there', async () => {
  const { site, editor, ids: [one = 0, two = 0, three = 0] } = await newsroom();
  await makeStoryline(site, [one]);
  await makeStoryline(site, [two]);
  await editor.post('/admin/storylines/1/join', { other: 'storyline-2' });
  for (const [resource, form] of [['name', { before: '', name: 'X' }], ['split', { 'article-2': '1' }], ['join', { other: `article-${three}` }]] as const) {
    const answer = await editor.post(`/admin/storylines/2/${resource}`, form);
    expect([answer.status, problemsOf(answer.text).join()]).toEqual([409, expect.stringContaining('joined this storyline into another one')]);
    expect(elements(answer.text, 'a', { href: '/admin/storylines/1' })).toHaveLength(1);
  }
  expect(await placesOf(site)).toEqual({ 1: '1', 2: '1*', 3: 'alone' });
});

test('the audit log tells who did what with which storyline', async () => {
  const { site, editor, ids: [one = 0, two = 0, three = 0] } = await newsroom();
  const administrator = await signIn(site, (await makeEditor(site, { role: 'administrator' })).email);
  site.time.now = now + 1000;
  await editor.post(`/admin/articles/${one}/move`, { seen: '', to: `article-${two}` });
  await editor.post(`/admin/articles/${three}/new-storyline`, { seen: '', name: 'Flood' });
  await editor.post('/admin/storylines/1/name', { before: '', name: 'Fire' });
  await editor.post('/admin/storylines/1/join', { other: 'storyline-2' });
  await editor.post('/admin/storylines/1/split', { 'article-1': '1', 'article-2': '1' });
  await editor.post('/admin/storylines/3/split', { 'article-1': '1' });
  await editor.post(`/admin/articles/${one}/related`, { other: String(two), choice: 'pinned' });
  const lines = elements((await administrator.get('/admin/audit-log')).text, 'tr').slice(1, 8).map(text);
  const expected = ['Pinned a related article One Two', 'Split a storyline Storyline 4 from 3', 'Split a storyline Storyline 3 from 1', 'Joined two storylines Storyline 2 into 1', 'Named a storyline Storyline 1: Fire', 'Began a storyline Three Flood', 'Moved to another storyline One Storyline 1'];
  expect(lines).toEqual(expected.map((line) => expect.stringContaining(line)));
});
