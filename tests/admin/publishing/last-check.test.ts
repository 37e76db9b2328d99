import { expect, test } from 'vitest';
import { saveStaticPage } from '../../../src/storage/pages/edit-static-pages.ts';
import { changeSlug } from '../../../src/storage/named/slugs.ts';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { open, readForm, readTextAreas, write } from '../../support/article-form.ts';
import { element, text, within } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, now, stored } from '../../support/test-site.ts';

const minute = 60_000;

async function newsroom() {
  const site = await emptySite();
  return { site, ada: await signIn(site, (await makeEditor(site, { role: 'editor' })).email) };
}

/** The form of a new article in which nothing is to be mended. */
async function newForm(editor: Browser): Promise<Record<string, string>> {
  return { ...readForm((await editor.get('/admin/articles/new')).text), title: 'A Title', standfirst: 'A standfirst.', body: 'The text.', theme: 'World' };
}

const submit = (editor: Browser, resource: string, form: Record<string, string>) => editor.post(`/admin/articles/${form['uid']}/${resource}`, form);
const findings = (html: string) => within(element(html, 'main'), 'li').map(text);

test('what is missing is listed once, and “Publish anyway” publishes exactly the text that was checked', async () => {
  const { site, ada } = await newsroom();
  const typed = { ...(await newForm(ada)), title: 'x'.repeat(111), standfirst: '', body: '\nA <b>\n\n[Gone](/articles/gone)  ' };
  const answer = await submit(ada, 'publication', typed);
  expect([answer.status, findings(answer.text)]).toEqual([422, ['Title: It has 111 characters. Search engines may shorten titles of more than 110.', 'Standfirst: It is empty. Lists, feeds and search engines show it with the title.', 'Body: The link to /articles/gone leads to no page that readers can open.']]);
  expect(await stored(site, 'select published_at from article')).toEqual([{ published_at: null }]);

  const [field = ''] = within(element(answer.text, 'main'), 'a').map(({ attribs }) => attribs['href'] ?? '');
  expect(field).toMatch(/^\/admin\/articles\/\d+\?revision=\d+#field_title$/);
  expect(readForm((await ada.get(field)).text)['body']).toBe(typed.body);

  const path = within(element(answer.text, 'main'), 'form')[0]?.attribs['action'] ?? '';
  const published = await ada.post(path, Object.fromEntries(readTextAreas(answer.text)));
  expect(published.headers['location']).toMatch(/done=publication$/);
  const [row] = await stored(site, 'select id, title, body from article');
  expect(row).toMatchObject({ title: typed.title, body: typed.body });
  expect(await stored(site, 'select count(*) as count from revision where settled_at is null')).toEqual([{ count: 0 }]);
  const id = Number(row?.['id']);
  expect((await ada.post(`/admin/articles/${id}/publication`, { ...(await open(ada, id)), body: 'New.', minor: '1' })).status).toBe(303);
  const update = await ada.post(`/admin/articles/${id}/publication`, { ...(await open(ada, id)), title: 'Short', body: 'Newer.' });
  expect([update.status, findings(update.text).length, text(element(update.text, 'button', { class: 'primary' }))]).toEqual([422, 1, 'Update anyway']);
});

test('nothing is asked about a complete text, a draft or a submission', async () => {
  const { ada } = await newsroom();
  const publishedAt = '2025-05-01T10:00';
  expect((await submit(ada, 'publication', await newForm(ada))).status).toBe(303);
  expect((await submit(ada, 'schedule', { ...(await newForm(ada)), publishedAt })).status).toBe(303);
  for (const resource of ['draft', 'submission']) expect((await submit(ada, resource, { ...(await newForm(ada)), standfirst: '' })).status).toBe(303);
  const scheduled = await submit(ada, 'schedule', { ...(await newForm(ada)), standfirst: '', publishedAt });
  expect([scheduled.status, text(element(scheduled.text, 'button', { class: 'primary' }))]).toEqual([422, 'Schedule anyway']);
  const typed = Object.fromEntries(readTextAreas(scheduled.text));
  expect((await submit(ada, 'schedule', typed)).headers['location']).toMatch(/done=schedule$/);
});

test('a text that a colleague has changed since the check is not published', async () => {
  const { site, ada } = await newsroom();
  const ben = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const id = await write(ada, 'draft', { body: 'One.' });
  const checked = await ada.post(`/admin/articles/${id}/publication`, { ...(await open(ada, id)), title: 'Changed' });
  await ben.post(`/admin/articles/${id}/draft`, { ...(await open(ben, id)), body: 'Two.' });
  const answer = await ada.post(`/admin/articles/${id}/publication`, Object.fromEntries(readTextAreas(checked.text)));
  expect(answer.headers['location']).toMatch(/revision=\d+&joined=\d+$/);
  expect(await stored(site, 'select published_at from article')).toEqual([{ published_at: null }]);
});

test('links to pages and files of this site are checked, in the body and in the caption', async () => {
  const { site, ada } = await newsroom();
  const { db } = site.context;
  const article = await addArticle(site, { slug: 'old', theme: 'World', topics: ['Coast'], authors: ['Ada'] });
  await changeSlug(db, 'article', article.id, 'new', site.time.now);
  await addArticle(site, { slug: 'soon', publishedAt: now + 5 * minute });
  await saveStaticPage(db, { path: 'house-rules', title: 'Rules', body: '', bodyHtml: '', markupVersion: 1 }, site.time.now);
  const picture = await storePicture(site, { width: 30, height: 20, alt: 'A picture' });
  const [row] = await stored(site, 'select hash from picture');
  const folder = `/pictures/${picture}-${String(row?.['hash']).slice(0, 12)}`;
  const alive = ['/', 'articles/new', '/articles/old', '/Articles/NEW/', 'https://news.example/articles/new/history?x=1#y', '/themes/world', '/themes/world/rss.xml', '/topics/coast', '/authors/ada', '/authors/ada/feed.json', '/house-rules', '/archive/2025/03', '/search?q=x', '/corrections', `${folder}/30.jpg`, '#note', 'https://other.example/articles/gone', 'mailto:ada@news.example', '/articles/my-own'];
  const dead = ['/articles/gone', '/articles/soon', '/articles', '/articles/new/gone', '/themes/gone', '/topics/coast/rss.xml', '/authors/gone', '/gone', `${folder}/31.jpg`, '/pictures/999-0123456789ab/30.jpg', '/admin', '/admin/articles/1', '/previews/0123456789abcdef'];
  const body = [...alive, ...dead].map((address, index) => `[Link ${index}](${address})`).join('\n\n');
  const form = { ...(await newForm(ada)), slug: 'my-own', picture: String(picture), pictureCaption: '[A](/gone) [B](/house-rules)', body };
  const lines = (list: string[]) => list.map((address) => `Body: The link to ${address} leads to no page that readers can open.`);
  expect(findings((await submit(ada, 'publication', form)).text)).toEqual(['Caption of the lead picture: The link to /gone leads to no page that readers can open.', ...lines(dead)]);
  const later = findings((await submit(ada, 'schedule', { ...form, publishedAt: '2025-03-24T10:00' })).text);
  expect(later).not.toContain(lines(['/articles/soon'])[0]);
});
