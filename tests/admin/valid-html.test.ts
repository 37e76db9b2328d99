import { expect, test } from 'vitest';
import { inviteEditor } from '../../src/storage/newsroom/manage-editors.ts';
import { saveSettings } from '../../src/storage/site/settings.ts';
import { addPasskey, Authenticator } from '../support/authenticator.ts';
import { browser, makeEditor, password, signIn } from '../support/admin.ts';
import { change, open, readForm, send, write } from '../support/article-form.ts';
import { elements } from '../support/html.ts';
import { sendFiles, storePicture } from '../support/pictures.ts';
import { recordViews } from '../support/rendered-views.ts';
import { beginSignIn, setUpTotp, totpCode } from '../support/second-factor.ts';
import { makeStoryline, storeRelated } from '../support/storylines.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
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
  pages.set('last check', (await ada.post(`/admin/articles/${id}/publication`, { ...form, standfirst: '', body: '[A](/"<b>)' })).text);
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
  const eve = await signIn(site, (await makeEditor(site, { role: 'contributor', email: 'eve@news.example' })).email);
  pages.set('text of another editor', (await eve.post(`/admin/articles/${id}/draft`, { ...form, title: '"<b>', body: '\n<b>', note: '<b>' })).text);
  pages.set('form that was not sent', (await stranger.post('/admin/sign-in', { email: 'eve@news.example', password, next: '/admin/themes', name: '"<b>' })).text);
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
  const published = await write(ada, 'publication', { title: 'Another <b>', standfirst: 'S', summary: 'M', picture: String(described), body: `# One\n\nA note[^1].\n\n![](picture:${described})\n\nIn a line ![](picture:${described}).\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[^1]: The note.` });
  await ada.post(`/admin/articles/${published}/corrections`, { text: 'One <b>.\n\nTwo.' });
  for (const query of ['', '?done=correction']) pages.set(`corrections ${query}`, (await ada.get(`/admin/articles/${published}/corrections${query}`)).text);
  pages.set('correction refused', (await ada.post(`/admin/articles/${published}/corrections`, { text: '' })).text);
  pages.set('correction not possible', (await ada.get(`/admin/articles/${pictured}/corrections`)).text);
  for (const choice of ['pinned', 'hidden']) {
    await ada.post(`/admin/articles/${id}/related`, { other: String(published), choice });
    pages.set(`related ${choice}`, (await ada.get(`/admin/articles/${id}/related?q=another&done=${choice}`)).text);
  }
  pages.set('related refused', (await ada.post(`/admin/articles/${id}/related`, { other: '999', choice: 'pinned' })).text);
  for (const path of [`/admin/articles/${id}`, `/admin/articles/${id}/storyline?q=another&done=move`, `/admin/articles/${id}/storyline?q=zzz`, `/admin/articles/${published}/storyline`, `/admin/storylines/${storyline}?q=another&after=0-0`, `/admin/storylines/${storyline}?done=name`, `/admin/storylines/${other}`]) pages.set(`storyline ${path}`, (await ada.get(path)).text);
  for (const [resource, form] of [['name', { name: 'x'.repeat(101) }], ['split', { newName: '"' }], ['join', { q: 'another' }], ['join', {}]] as const) pages.set(`storyline ${resource} ${JSON.stringify(form)} refused`, (await ada.post(`/admin/storylines/${storyline}/${resource}`, form)).text);
  await ada.post('/admin/themes', { name: 'A "theme" & <b>' });
  await ada.post('/admin/themes', { name: 'Unused' });
    for (const path of ['/admin/themes?done=place', '/admin/themes?q=zzz', '/admin/themes?q=a&after=1', '/admin/themes/1?q=a&done=details', '/admin/themes/2?q=zzz', '/admin/themes/1/merge?into=2', '/admin/themes/2/deletion']) pages.set(path, (await ada.get(path)).text);
  pages.set('theme refused', (await ada.post('/admin/themes/1/details', { name: '', description: 'x'.repeat(501), picture: '"<' })).text);
  pages.set('theme in conflict', (await ada.post('/admin/themes/1/details', { name: 'World', description: '"<b>', picture: String(described) })).text);
  pages.set('theme gone', (await ada.post('/admin/themes/99/details', { name: 'World', description: '"<b>' })).text);
  pages.set('new theme refused', (await ada.post('/admin/themes', { name: '"<b>'.repeat(30) })).text);
  pages.set('place refused', (await ada.post('/admin/themes/1/place', { place: '1', order: '9' })).text);
  for (const q of ['another', 'zzz']) pages.set(`move refused ${q}`, (await ada.post(`/admin/articles/${id}/move`, { q, to: '' })).text);
  const fay = await signIn(site, (await makeEditor(site, { role: 'editor', email: 'fay@news.example', name: '"Fay"' })).email);
  for (const path of ['/admin/account/totp?next=/admin/pictures', '/admin/account/passkeys/new']) pages.set(path, (await fay.get(path)).text);
  pages.set('passkey refused', (await fay.post('/admin/account/passkeys', { name: '"<b>' })).text);
  pages.set('first code refused', (await fay.post('/admin/account/totp', { code: '"' })).text);
  const { secret } = await setUpTotp(site, fay);
  await addPasskey(fay, new Authenticator('https://news.example'), '"My" <laptop>');
  const removal = elements((await fay.get('/admin/account')).text, 'a').flatMap(({ attribs }) => (attribs['href']?.endsWith('/removal') ? [attribs['href']] : []));
  for (const path of ['/admin/account?changed=passkey', '/admin/account/recovery-codes', ...removal]) pages.set(`Fay’s ${path}`, (await fay.get(path)).text);
  pages.set('removal refused', (await fay.post('/admin/account/totp/removal', {})).text);
  pages.set('recovery codes', (await fay.post('/admin/account/recovery-codes', { password })).text);
  const half = await beginSignIn(site, 'fay@news.example', { ...fresh, title: '"x"', body: '\n<b>' });
  pages.set('second step', half.page);
  pages.set('code refused', (await half.post('/admin/sign-in/second-step', { code: `${totpCode(secret, site.time.now)}0` })).text);
  await saveSettings(site.context.db, { secondFactorRequired: true }, site.time.now);
  for (const path of ['/admin/account/totp', '/admin/account/passkeys/new']) pages.set(`required ${path}`, (await ada.get(path)).text);
  await saveSettings(site.context.db, { secondFactorRequired: false }, site.time.now);
  const bob = { name: 'Bob "<b>"', email: '"bob"@news.example', role: 'contributor' };
  pages.set('invitation', (await ada.post('/admin/editors', bob)).text);
  pages.set('invitation refused', (await ada.post('/admin/editors', { name: '"<b>' })).text);
  for (const path of ['/admin/editors', '/admin/editors/1', '/admin/editors/2?done=details', '/admin/editors/3', '/admin/editors/5?done=enable']) pages.set(path, (await ada.get(path)).text);
  pages.set('editor refused', (await ada.post('/admin/editors/5/details', { name: '' })).text);
  pages.set('editor in conflict', (await ada.post('/admin/editors/5/details', { ...bob, name: 'Rob', role: 'editor', 'seen-name': 'B', 'seen-role': 'editor' })).text);
  pages.set('new link', (await ada.post('/admin/editors/2/link', { state: 'active' })).text);
  await ada.post('/admin/editors/2/disable');
  pages.set('disabled editor', (await ada.get('/admin/editors/2')).text);
  pages.set('forgotten password', (await stranger.get('/admin/forgotten-password')).text);
  const { environment } = await startSmtpServer({ behaviour: 'refuses' });
  const mailing = await emptySite(environment);
  const eva = await signIn(mailing, (await makeEditor(mailing, { role: 'administrator' })).email);
  pages.set('invitation not mailed', (await eva.post('/admin/editors', bob)).text);
  for (const path of ['/admin/sign-in', '/admin/forgotten-password', '/admin/forgotten-password?done=sent', '/admin/forgotten-password?done=replaced']) pages.set(`${path}, with a mail server`, (await browser(mailing).get(path)).text);
  pages.set('forgotten password refused', (await browser(mailing).post('/admin/forgotten-password', { email: '"<b>' })).text);
  pages.set('no pages', (await ada.get('/admin/pages')).text);
  const about = { title: '"A" <page> & more', path: 'about', body: `<script>\n\n![](picture:${described})` };
  for (const path of ['about', 'us']) await ada.post('/admin/pages', { ...about, path });
  await ada.post('/admin/pages/1/text', { ...about, title: 'Other', body: 'Text', base: '1' });
  for (const path of ['', '/new', '/1?done=text', '/2', '/1/revisions', '/1/comparison?from=1&to=3', '/1/deletion']) pages.set(`/admin/pages${path}`, (await ada.get(`/admin/pages${path}`)).text);
  pages.set('page refused', (await ada.post('/admin/pages', { title: '', path: '"<b>', body: '\n<b>' })).text);
  pages.set('page in conflict', (await ada.post('/admin/pages/1/text', { ...about, body: 'Mine', base: '1' })).text);
  pages.set('page deleted', (await ada.post('/admin/pages/9/text', about)).text);
  pages.set('page preview', (await stranger.get((await ada.post('/admin/page-previews', about)).headers['location'] ?? '')).text);
  pages.set('settings', (await ada.get('/admin/settings?done=rendering')).text);
  pages.set('settings refused', (await ada.post('/admin/settings', { 'name': '', 'description': '\n"<b>', 'language': '"', 'zone': '<b>', 'sharePicture': String(described), 'account-0-name': '"', 'account-0-url': '<b>' })).text);
  const seen = JSON.stringify({ name: 'Seen' });
  pages.set('settings in conflict', (await ada.post('/admin/settings', { seen, name: 'Mine', language: 'en-GB', zone: 'UTC' })).text);
  const named = await write(ada, 'publication', { title: 'Named', authors: 'A "B" <c>\nA & B', topics: '<i>\nZ & "z"' });
  for (const kind of ['topics', 'authors']) for (const path of [`/admin/${kind}?q=a&after=0`, `/admin/${kind}?q=zzz`, `/admin/${kind}/2?q=a&done=save`, `/admin/${kind}/2?q=zzz`, `/admin/${kind}/2/merge?into=1`]) pages.set(path, (await ada.get(path)).text);
  await change(ada, named, 'publication', { topics: '' });
  for (const path of ['/admin/topics?only=unused', '/admin/topics/1/deletion', '/admin/topics/unused', '/admin/topics/2']) pages.set(`unused ${path}`, (await ada.get(path)).text);
  pages.set('topic refused', (await ada.post('/admin/topics/1/name', { name: '"<b>', before: 'x' })).text);
  const author = { name: 'A "B" <c>', slug: 'a-b-c', portrait: String(described), biography: '\n"<b>', web: '', mastodon: '', bluesky: '', email: '' };
  for (const [reason, fields] of [['refused', { ...author, name: '', slug: 'No', portrait: '<', web: '"', mastodon: '<', bluesky: '<', email: '<' }], ['in conflict', author]] as const) pages.set(`author ${reason}`, (await ada.post('/admin/authors/1/details', { ...fields, seen: '' })).text);
  await change(ada, published, 'previews');
  for (const q of ['another', 'zzz']) pages.set(`move refused ${q}`, (await ada.post(`/admin/articles/${id}/move`, { q, to: '' })).text);
  pages.set('preview links', (await ada.get(`/admin/articles/${published}/previews`)).text);
  pages.set('preview', (await stranger.get((await change(ada, id, 'previews')).headers['location'] ?? '')).text);
  return pages;
}

let pages: Promise<Map<string, string>> | undefined;

/** Both tests check the same pages. */
function everyPage(): Promise<Map<string, string>> {
  pages ??= pagesOfEveryKind();
  return pages;
}

test('every kind of page of the newsroom is valid HTML', async () => {
  const listNotRendered = recordViews();
  expect(listNotRendered()).toContain('dashboard');
  expect(await problemsByRules(await everyPage())).toEqual([]);
  expect(listNotRendered()).toEqual([]);
}, 60_000);

test('the Nu HTML checker reports no errors or warnings for any page of the newsroom (needs Java)', async () => {
  expect(await problemsByNu(await everyPage())).toBe('');
}, 60_000);
