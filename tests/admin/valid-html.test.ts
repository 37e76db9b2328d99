import { expect, test } from 'vitest';
import { inviteEditor } from '../../src/storage/newsroom/manage-editors.ts';
import { browser, makeEditor, signIn } from '../support/admin.ts';
import { change, open, readForm, send, write } from '../support/article-form.ts';
import { elements } from '../support/html.ts';
import { sendFiles, storePicture } from '../support/pictures.ts';
import { makeStoryline, storeRelated } from '../support/storylines.ts';
import { emptySite } from '../support/test-site.ts';
import { problemsByNu, problemsByRules } from '../support/valid-html.ts';

/** The HTML of every kind of page of the newsroom, by name. */
async function pagesOfEveryKind(): Promise<Map<string, string>> {
  const site = await emptySite();
  const stranger = browser(site);
  const pages = new Map<string, string>([['home', (await stranger.get('/admin')).text]]);
  const [ada, ben] = [await signIn(site, (await makeEditor(site, { role: 'administrator', name: 'Ada <Example>' })).email), await signIn(site, (await makeEditor(site, { role: 'editor' })).email)];
  pages.set('empty list', (await ada.get('/admin/articles')).text);
  const invited = await inviteEditor(site.context.db, { email: 'new@news.example', name: 'New', role: 'editor' }, site.time.now);
  const setUp = `/admin/set-up/${'token' in invited ? invited.token : ''}`;

  const id = await write(ada, 'publication', { title: 'A *title* & <b>', topics: 'A & B' });
  const form = await open(ada, id);
  await change(ben, id, 'draft', { title: 'Another', body: 'Other' });
  await write(ada, 'draft', { title: '', theme: '' });
  pages.set('faults', (await send(ada, id, 'draft', { ...form, language: 'english!', publishedAt: '2026-10-25T03:30', slug: 'No Slug', theme: 'x'.repeat(200) })).text);
  pages.set('conflict', (await send(ada, id, 'draft', { ...form, title: 'A third', body: 'Third' })).text);
  await change(ben, id, 'submission');
  for (const note of ['A "note" & <b>', 'Another']) await send(ada, id, 'draft', { ...(await open(ada, id)), note, noteBefore: '' });
  await change(ada, id, 'autosave', { body: 'Not saved' });
  const fresh = readForm((await ada.get('/admin/articles/new')).text);
  pages.set('carried', (await stranger.post(`/admin/articles/${fresh['uid']}/draft`, { ...fresh, title: '"x"', body: '\n<b>' })).text);
  for (const path of ['/admin/sign-in', setUp, '/admin/set-up/none']) pages.set(path, (await stranger.get(path)).text);
  pages.set('sign-in refused', (await stranger.post('/admin/sign-in', { email: '"<b>', password: 'x' })).text);
  pages.set('set-up refused', (await stranger.post(setUp, { password: 'short' })).text);
  pages.set('password refused', (await ada.post('/admin/account/password', {})).text);
  for (const path of ['/admin/articles', '/admin/articles?q=zzz', '/admin/articles/new', `/admin/articles/${id}`, `/admin/articles/${id}?revision=2&joined=1`, `/admin/articles/${id}?done=update`, `/admin/articles/${id}/revisions`, `/admin/articles/${id}/comparison?from=1&to=2`, `/admin/articles/${id}/comparison?from=1&to=1`, `/admin/articles/${id}/withdrawal`, `/admin/articles/${id + 1}/deletion`, '/admin/account', '/admin/audit-log', '/admin/nothing']) pages.set(path, (await ada.get(path)).text);
  for (const path of ['/admin', '/admin/articles?sort=publication&mine=1', `/admin/articles/${id}/previews`, `/admin/bulk/withdrawal?article-${id}=1&article-${id + 1}=1&list=%22%3Cb%3E`]) pages.set(path, (await ada.get(path)).text);
  pages.set('bulk refused', (await ada.post('/admin/bulk/theme', { [`article-${id}`]: '1', theme: '"<b>' })).text);
  pages.set('bulk withdrawal refused', (await ada.post('/admin/bulk/withdrawal', { [`article-${id}`]: '1', reason: '' })).text);
  pages.set('bulk left out', (await ada.post('/admin/bulk/theme', { [`article-${id}`]: '1', 'article-999': '1', theme: 'World' })).text);
  pages.set('withdrawal refused', (await ada.post(`/admin/articles/${id}/withdrawal`, { reason: '' })).text);
  pages.set('empty library', (await ada.get('/admin/pictures')).text);
  const [described, bare] = [await storePicture(site, { width: 300, height: 200, alt: '"A" <harbour> & *ships*', caption: '[a](https://other.example/) <b>', credit: '"' }), await storePicture(site, { width: 200, height: 300, alt: '', fileName: '<i>.jpg' })];
  await write(ada, 'draft', { picture: String(described) });
  const eve = await signIn(site, (await makeEditor(site, { role: 'contributor' })).email);
  pages.set('library', (await ada.get('/admin/pictures?q=')).text);
  pages.set('upload refused', (await sendFiles(site, ada, [{ data: '<svg>', name: '"<b>.svg' }])).text);
  pages.set('picture to look at', (await eve.get(`/admin/pictures/${described}`)).text);
  for (const path of ['/admin/pictures?q=zzz&before=1', ...[described, bare].flatMap((picture) => [`/admin/pictures/${picture}?done=upload`, `/admin/pictures/${picture}/deletion`])]) pages.set(path, (await ada.get(path)).text);
  pages.set('picture refused', (await ada.post(`/admin/pictures/${bare}/details`, { version: '1', alt: 'x'.repeat(1001), credit: 'x'.repeat(201), focusX: '"', focusY: '-1' })).text);
  pages.set('picture conflict', (await ada.post(`/admin/pictures/${bare}/details`, { version: '0', alt: '"', decoration: '1' })).text);
  const pictured = await write(ada, 'draft', { picture: String(described), pictureAlt: '', body: `![](picture:${bare})\n\n![](picture:99)` });
  const opened = await open(ada, pictured);
  pages.set('with pictures', (await ada.get(`/admin/articles/${pictured}`)).text);
  await change(ben, pictured, 'draft', { picture: String(bare), body: `![](picture:${described})` });
  pages.set('pictures in conflict', (await send(ada, pictured, 'draft', { ...opened, pictureAlt: 'Mine' })).text);
  pages.set('picture not described', (await change(ben, pictured, 'publication')).text);
  const revisions = (await ada.get(`/admin/articles/${pictured}/revisions`)).text;
  const ids = elements(revisions, 'input', { name: 'from' }).map(({ attribs }) => attribs['value']);
  pages.set('changed pictures', (await ada.get(`/admin/articles/${pictured}/comparison?from=${ids.at(-1)}&to=${ids[0]}`)).text);
  const [storyline, other] = [await makeStoryline(site, [id, pictured], '"A" <storyline> & more'), await makeStoryline(site, [])];
  await storeRelated(site, id, [{ id: pictured, relevance: 0.5 }, { id: id + 1, relevance: 0.3 }]);
  const published = await write(ada, 'publication', { title: 'Another <b>' });
  for (const choice of ['pinned', 'hidden']) {
    await ada.post(`/admin/articles/${id}/related`, { other: String(published), choice });
    pages.set(`related ${choice}`, (await ada.get(`/admin/articles/${id}/related?q=another&done=${choice}`)).text);
  }
  pages.set('related refused', (await ada.post(`/admin/articles/${id}/related`, { other: '999', choice: 'pinned' })).text);
  for (const path of [`/admin/articles/${id}`, `/admin/articles/${id}/storyline?q=another&done=move`, `/admin/articles/${id}/storyline?q=zzz`, `/admin/articles/${published}/storyline`, `/admin/storylines/${storyline}?q=another&after=0-0`, `/admin/storylines/${storyline}?done=name`, `/admin/storylines/${other}`]) pages.set(`storyline ${path}`, (await ada.get(path)).text);
  for (const [resource, form] of [['name', { name: 'x'.repeat(101) }], ['split', { newName: '"' }], ['join', { q: 'another' }], ['join', {}]] as const) pages.set(`storyline ${resource} ${JSON.stringify(form)} refused`, (await ada.post(`/admin/storylines/${storyline}/${resource}`, form)).text);
  await change(ada, published, 'previews');
  for (const q of ['another', 'zzz']) pages.set(`move refused ${q}`, (await ada.post(`/admin/articles/${id}/move`, { q, to: '' })).text);
  pages.set('preview links', (await ada.get(`/admin/articles/${published}/previews`)).text);
  pages.set('preview', (await stranger.get((await change(ada, id, 'previews')).headers['location'] ?? '')).text);
  return pages;
}

test('every kind of page of the newsroom is valid HTML', async () => {
  expect(await problemsByRules(await pagesOfEveryKind())).toEqual([]);
}, 60_000);

test('the Nu HTML checker reports no errors or warnings for any page of the newsroom (needs Java)', async () => {
  expect(await problemsByNu(await pagesOfEveryKind())).toBe('');
}, 60_000);
