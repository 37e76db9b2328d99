import request from 'supertest';
import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, readForm, send, write } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { putInStoryline, relate } from '../../support/storylines.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

const day = 24 * 3_600_000;

async function newsroom(): Promise<{ site: TestSite; editor: Browser }> {
  const site = await emptySite();
  return { site, editor: await signIn(site, (await makeEditor(site, { role: 'editor', name: 'Ada Example' })).email) };
}

const look = async ({ app }: TestSite, path: string) => request(app).get(path);

test('previewing a new article saves its text as a draft', async () => {
  const { site, editor } = await newsroom();
  const form: Record<string, string> = { ...readForm((await editor.get('/admin/articles/new')).text), title: 'Lighthouse', body: 'Typed' };
  const path = (await send(editor, form['uid'] ?? '', 'previews', form)).headers['location'] ?? '';
  expect(text(element((await look(site, path)).text, 'h1'))).toBe('Lighthouse');
  expect(readForm((await editor.get('/admin/articles/1')).text)).toMatchObject({ title: 'Lighthouse', body: 'Typed' });
});

test('a preview does not change when the article is published, updated or withdrawn', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft', { title: 'Lighthouse' });
  const path = (await change(editor, id, 'previews', { body: 'As it was' })).headers['location'] ?? '';
  const body = async () => elements((await look(site, path)).text, 'div', { class: 'body' }).map(text);
  const before = await body();
  expect(before).toEqual(['As it was']);
  await change(editor, id, 'publication', { title: 'Other', body: 'As it became' });
  await change(editor, id, 'publication', { body: 'And then' });
  await editor.post(`/admin/articles/${id}/withdrawal`, { reason: 'Wrong.' });
  expect(await body()).toEqual(before);
});

test('a preview is rendered when it is created, not when it is viewed', async () => {
  const { site, editor } = await newsroom();
  const path = (await change(editor, await write(editor, 'draft'), 'previews', { body: '*As it was*' })).headers['location'] ?? '';
  expect(await stored(site, 'select body_html from preview')).toEqual([{ body_html: '<p><em>As it was</em></p>' }]);
  await site.context.db.writer.updateTable('preview').set({ body_html: '<p>As it is stored</p>' }).execute();
  expect(elements((await look(site, path)).text, 'div', { class: 'body' }).map(text)).toEqual(['As it is stored']);
});

test('a preview lasts its full time, even if its text is saved or autosaves are thinned out', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft');
  const [shared, saved] = [(await change(editor, id, 'previews', { body: 'Shared' })).headers['location'] ?? '', (await change(editor, id, 'previews', { body: 'Saved' })).headers['location'] ?? ''];
  await change(editor, id, 'draft', { body: 'Saved' });
  for (let time = 0; time < 15; time += 1) {
    site.time.now += day / 6;
    await change(editor, id, 'autosave', { body: `Typed ${time}` });
  }
  expect([(await look(site, shared)).text.includes('Shared'), (await look(site, saved)).text.includes('Saved')]).toEqual([true, true]);
  site.time.now += 5 * day;
  expect([(await look(site, shared)).status, (await look(site, saved)).status]).toEqual([404, 404]);
});

test('a preview in the preview pane lasts an hour and is not recorded in the audit log', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft');
  const answer = await editor.post(`/admin/articles/${id}/previews`, { ...readForm((await editor.get(`/admin/articles/${id}`)).text), beside: '1' }).set('Accept', 'application/json');
  expect(answer.body).toEqual({ path: expect.stringMatching(/^\/previews\/[0-9a-f]{64}$/), url: expect.stringMatching(/^https:\/\/news\.example\/previews\//) });
  expect(await site.context.db.reader.selectFrom('audit_log').select('id').where('action', '=', 'preview').execute()).toEqual([]);
  site.time.now += 3_600_000;
  expect((await look(site, answer.body.path)).status).toBe(200);
  site.time.now += 1;
  expect((await look(site, answer.body.path)).status).toBe(404);
});

test('the links given out for an article are listed without their addresses, and one that is ended works no longer', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft', { title: 'Lighthouse' });
  const links = async () => (await editor.get(`/admin/articles/${id}/previews`)).text;
  expect(await links()).toContain('There are no working preview links.');
  const first = (await change(editor, id, 'previews', { body: 'First' })).headers['location'] ?? '';
  site.time.now += day;
  const second = (await change(editor, id, 'previews', { body: 'Second' })).headers['location'] ?? '';
  await editor.post(`/admin/articles/${id}/previews`, { ...readForm((await editor.get(`/admin/articles/${id}`)).text), beside: '1' });
  const html = await links();
  expect(elements(html, 'tr').slice(1).map(text)).toEqual([expect.stringMatching(/^24 March 2025, \d\d:\d\d Ada Example 31 March .* End this link$/), expect.stringMatching(/^23 March 2025/)]);
  expect(text(element((await editor.get(`/admin/articles/${id}`)).text, 'a', { href: `/admin/articles/${id}/previews` }))).toBe('Preview links (2)');
  expect(html).not.toContain(second.slice('/previews/'.length));

  const [newest] = elements(html, 'button', { name: 'link' }).map(({ attribs }) => attribs['value'] ?? '');
  const end = async (article: number) => text(element((await editor.get((await editor.post(`/admin/articles/${article}/preview-end`, { link: newest ?? '' })).headers['location'] ?? '')).text, 'p', { role: 'status' }));
  expect([await end(await write(editor, 'draft')), await end(id), await end(id)]).toEqual(['The link had already ended.', 'The link no longer works.', 'The link had already ended.']);
  expect([(await look(site, second)).status, (await look(site, first)).status]).toEqual([404, 200]);
  expect(await stored(site, "select article_id from audit_log where action = 'preview-end'")).toEqual([{ article_id: id }]);
});

test('a preview is in no list, feed, sitemap or search, and its page is not indexed', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'draft', { title: 'Lighthouse', theme: 'World' });
  const path = (await change(editor, id, 'previews')).headers['location'] ?? '';
  for (const place of ['/', '/rss.xml', '/feed.json', '/sitemap.xml', '/search?q=lighthouse', '/robots.txt']) expect((await look(site, place)).text, place).not.toContain(path);
  const html = (await look(site, path)).text;
  expect(elements(html, 'meta', { name: 'robots' }).map(({ attribs }) => attribs['content'])).toEqual([expect.stringContaining('noindex')]);
  expect(elements(html, 'link', { rel: 'canonical' })).toEqual([]);
  expect(elements(html, 'script', { type: 'application/ld+json' })).toEqual([]);
});

test.each(['0', '0'.repeat(64), 'z'.repeat(64), '..%2f', '%00', '__proto__', "' or 1=1 --"])('the preview “%s” is not found', async (token) => {
  const { site, editor } = await newsroom();
  await change(editor, await write(editor, 'draft'), 'previews');
  expect((await look(site, `/previews/${token}`)).status).toBe(404);
});

test('a preview link that has ended says so, and is not cached or indexed', async () => {
  const { site } = await newsroom();
  for (const path of [`/previews/${'0'.repeat(64)}`, `/previews/pages/${'0'.repeat(64)}`]) {
    const { status, headers, text: html } = await look(site, path);
    expect([status, headers['cache-control'], text(element(html, 'h1')), elements(html, 'meta', { name: 'robots' }).length]).toEqual([404, 'no-store', 'This preview has ended', 1]);
  }
});

test('a POST to a preview is refused', async () => {
  const { site, editor } = await newsroom();
  const path = (await change(editor, await write(editor, 'draft'), 'previews')).headers['location'] ?? '';
  const { status, headers } = await request(site.app).post(path);
  expect([status, headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
});

test('a preview shows the article’s place in its storyline as if it were published, and its related articles', async () => {
  const { site, editor } = await newsroom();
  const others: { id: number }[] = [];
  for (const hours of [3, 1]) others.push(await addArticle(site, { title: `${hours} hours ago`, theme: 'Sport', publishedAt: now - hours * 3_600_000 }));
  const id = await write(editor, 'draft', { title: 'Lighthouse' });
  await putInStoryline(site, 1, [...others, { id }]);
  await relate(site, { id }, [await addArticle(site, { title: 'Elsewhere', theme: 'Culture' })]);
  const path = (await change(editor, id, 'previews', {})).headers['location'] ?? '';
  const { text: html } = await look(site, path);
  const items = (className: string) => within(element(html, 'section', { class: className }), 'li').map((item) => text(within(item, 'p')[0] ?? item));
  expect([items('story-so-far'), items('related')]).toEqual([['3 hours ago', '1 hours ago', 'Lighthouse'], ['Elsewhere']]);
});
