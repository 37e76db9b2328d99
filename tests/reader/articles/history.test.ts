import request from 'supertest';
import { expect, test } from 'vitest';
import { saveSettings } from '../../../src/storage/site/settings.ts';
import { makeEditor, signIn } from '../../support/admin.ts';
import { change, write } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { addArticle, emptySite, type TestSite } from '../../support/test-site.ts';

const minute = 60_000;
const path = '/articles/storm/history';

async function newsroom() {
  const site = await emptySite();
  const ada = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const later = () => (site.time.now += minute);
  return { site, ada, later };
}

/** The entries of a history: the time, then each change with removed words in brackets and added words in braces. */
async function history(site: TestSite, at = path): Promise<string[]> {
  const { status, text: html } = await request(site.app).get(at);
  if (status !== 200) return [String(status)];
  return within(element(html, 'ol', { class: 'history' }), 'li').map((item) => [...within(item, 'h2'), ...within(item, 'p')].map(text).concat(within(item, 'dt').map((label, index) => `${text(label)}: ${marked(within(item, 'dd')[index])}`)).join(' | '));
}

function marked(changes: Parameters<typeof within>[0] | undefined): string {
  if (!changes) return '';
  return changes.children.map((node) => ('name' in node ? (node.name === 'ins' ? `{${text(node)}}` : node.name === 'del' ? `[${text(node)}]` : text(node)) : text(node))).join(' ');
}

test('the history lists the published versions, newest first, with the words that changed, and nothing that was never public', async () => {
  const { site, ada, later } = await newsroom();
  const id = await write(ada, 'draft', { title: 'Storm', slug: 'storm', body: 'Secret draft.' });
  await change(ada, id, 'publication', { body: 'A **ferry** sank.', authors: 'Ada' });
  later();
  await change(ada, id, 'autosave', { body: 'Secret autosave.' });
  await change(ada, id, 'draft', { body: 'Secret save.' });
  later();
  await change(ada, id, 'publication', { title: 'A *storm*', body: 'Two **ferries** sank.' });
  later();
  await change(ada, id, 'publication', { body: 'Two *ferries* sank.', authors: 'Ada\nBen', minor: '1' });
  later();
  await change(ada, id, 'publication', { topics: 'Ferries' });
  later();
  await change(ada, id, 'draft', { body: 'Secret again.' });

  const article = (await request(site.app).get('/articles/storm')).text;
  expect(elements(article, 'a', { href: path }).map(text)).toEqual(['What has changed']);
  expect(await history(site)).toEqual([
    'Sunday, 23 March 2025, 16:59 UTC | The wording did not change.',
    'Sunday, 23 March 2025, 16:58 UTC | Authors: Ada {, Ben}',
    'Sunday, 23 March 2025, 16:57 UTC | Title: [Storm] {A storm} | Text: [A ferry] {Two ferries} sank.',
    'Sunday, 23 March 2025, 16:55 UTC | This is the first version.',
  ]);
  const { text: html } = await request(site.app).get(path);
  expect(html).not.toContain('Secret');
  expect(element(html, 'meta', { name: 'robots' }).attribs['content']).toBe('noindex');
});

test('a scheduled text is part of the history only if its time came', async () => {
  const { site, ada, later } = await newsroom();
  const id = await write(ada, 'schedule', { title: 'Storm', slug: 'storm', body: 'Secret one.', publishedAt: '2025-03-23T17:00' });
  await change(ada, id, 'schedule', { body: 'Secret two.', publishedAt: '2025-03-23T17:00' });
  await ada.post(`/admin/articles/${id}/recall`);
  await change(ada, id, 'schedule', { body: 'Public.', publishedAt: '2025-03-23T17:10' });
  site.time.now += 30 * minute;
  expect(await history(site)).toEqual(['404']);
  await change(ada, id, 'publication', { body: 'Public too.' });
  later();
  expect(await history(site)).toEqual(['Sunday, 23 March 2025, 17:25 UTC | Text: Public {too} .', 'Sunday, 23 March 2025, 17:10 UTC | This is the first version.']);
});

test('an imported article begins with the text that was imported', async () => {
  const { site, ada } = await newsroom();
  const { id } = await addArticle(site, { title: 'Storm', slug: 'storm', body: 'One.' });
  expect(await history(site)).toEqual(['404']);
  await change(ada, id, 'autosave', { body: 'Secret.' });
  await change(ada, id, 'publication', { body: 'Two.' });
  expect(await history(site)).toEqual(['Sunday, 23 March 2025, 16:55 UTC | Text: [One] {Two} .', 'Sunday, 23 March 2025, 15:55 UTC | This is the first version.']);
});

test('another theme for several articles is no version, and later versions are compared with the one before it', async () => {
  const { site, ada, later } = await newsroom();
  await addArticle(site, { title: 'Other', theme: 'Sport' });
  const changeTheme = async (id: number, theme: string) => expect((await ada.post('/admin/bulk/theme', { [`article-${id}`]: '1', theme })).headers['location']).toContain('count=1');
  const id = await write(ada, 'publication', { title: 'Storm', slug: 'storm', body: 'One.' });
  later();
  await change(ada, id, 'publication', { body: 'Two.' });
  later();
  await changeTheme(id, 'Sport');
  const before = ['Sunday, 23 March 2025, 16:56 UTC | Text: [One] {Two} .', 'Sunday, 23 March 2025, 16:55 UTC | This is the first version.'];
  expect(await history(site)).toEqual(before);
  later();
  await change(ada, id, 'publication', { body: 'Three.' });
  later();
  await changeTheme(id, 'World');
  expect(await history(site)).toEqual(['Sunday, 23 March 2025, 16:58 UTC | Text: [Two] {Three} .', ...before]);

  const imported = await addArticle(site, { title: 'Gale', slug: 'gale', updatedAt: site.time.now - 1000 });
  await changeTheme(imported.id, 'Sport');
  expect(await history(site, '/articles/gale/history')).toEqual(['404']);

  const scheduled = await write(ada, 'schedule', { title: 'Tide', slug: 'tide', body: 'One.', publishedAt: '2025-03-23T17:30' });
  await changeTheme(scheduled, 'Sport');
  site.time.now += 60 * minute;
  await change(ada, scheduled, 'publication', { body: 'Two.' });
  expect(await history(site, '/articles/tide/history')).toEqual([expect.stringContaining('Text: [One] {Two} .'), 'Sunday, 23 March 2025, 17:30 UTC | This is the first version.']);
});

test('an article without updates, or with minor ones only, has no history', async () => {
  const { site, ada, later } = await newsroom();
  const id = await write(ada, 'publication', { title: 'Storm', slug: 'storm' });
  later();
  expect(await history(site)).toEqual(['404']);
  await change(ada, id, 'publication', { body: 'New.', minor: '1' });
  expect(await history(site)).toEqual(['404']);
  expect((await request(site.app).get('/articles/storm')).text).not.toContain(path);
});

test('the setting turns the history off, old addresses redirect, and a withdrawn article has none', async () => {
  const { site, ada, later } = await newsroom();
  const id = await write(ada, 'publication', { title: 'Storm', slug: 'gale' });
  later();
  await change(ada, id, 'publication', { body: 'New.', slug: 'storm' });
  expect((await request(site.app).get('/articles/gale/history')).headers['location']).toBe(path);

  await saveSettings(site.context.db, { publicHistory: false }, later());
  expect(await history(site)).toEqual(['404']);
  expect((await request(site.app).get('/articles/storm')).text).not.toContain(path);
  await saveSettings(site.context.db, { publicHistory: true }, later());
  expect(await history(site)).toHaveLength(2);

  await ada.post(`/admin/articles/${id}/withdrawal`, { reason: 'Wrong.' });
  expect(await history(site)).toEqual(['410']);
});

test('a long history is continued on further pages', async () => {
  const { site, ada, later } = await newsroom();
  const id = await write(ada, 'publication', { title: 'Storm', slug: 'storm', body: 'Number 0' });
  for (let count = 1; count <= 10; count += 1) {
    later();
    await change(ada, id, 'publication', { body: `Number ${count}` });
  }
  const first = await history(site);
  expect([first.length, first[9]]).toEqual([10, 'Sunday, 23 March 2025, 16:56 UTC | Text: Number [0] {1}']);
  const next = element((await request(site.app).get(path)).text, 'a', { rel: 'next' }).attribs['href'] ?? '';
  expect(await history(site, next)).toEqual(['Sunday, 23 March 2025, 16:55 UTC | This is the first version.']);
  for (const before of ['1', '0', 'x', '9999999999', '999']) expect(await history(site, `${path}?before=${before}`), before).toEqual(['404']);
});
