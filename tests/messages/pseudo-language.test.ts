import request from 'supertest';
import { describe, expect, test, vi } from 'vitest';
import { Languages } from '../../src/messages/languages.ts';
import { withdrawArticle } from '../../src/storage/articles/article-states.ts';
import { inTransaction } from '../../src/storage/database/database.ts';
import { recordAction } from '../../src/storage/newsroom/audit-log.ts';
import { changeRole, disableEditor, enableEditor, inviteEditor, removeSecondFactor, resetPassword } from '../../src/storage/newsroom/manage-editors.ts';
import { addMailedLink, ensureFirstLink } from '../../src/storage/newsroom/set-up-links.ts';
import { saveSettings } from '../../src/storage/site/settings.ts';
import { saveStaticPage } from '../../src/storage/pages/edit-static-pages.ts';
import { browser, makeEditor, password, signIn, type Browser } from '../support/admin.ts';
import { change, open, readForm, send, write } from '../support/article-form.ts';
import { addPasskey, Authenticator } from '../support/authenticator.ts';
import { correct } from '../support/corrections.ts';
import { element, elements } from '../support/html.ts';
import { isLong } from '../support/long.ts';
import { onPostgres } from '../support/postgres.ts';
import { drawPhotograph } from '../support/photograph.ts';
import { sendFiles, storePicture } from '../support/pictures.ts';
import { pseudoCatalogue, textsLeftBehind } from '../support/pseudo-language.ts';
import { beginSignIn, codesIn, setUpTotp } from '../support/second-factor.ts';
import { startSmtpServer, type SmtpServer } from '../support/smtp-server.ts';
import { makeStoryline, storeRelated } from '../support/storylines.ts';
import { addArticle, emptySite, now, type TestSite } from '../support/test-site.ts';

// Dates and numbers come from Intl, in the script of these languages: an ASCII letter on a page was left behind.
const tags = ['ru-XA', 'ar-XB'];

async function pseudoSite(tag: string, environment: Record<string, string> = {}): Promise<TestSite> {
  const site = await emptySite(environment, { languages: new Languages(Object.fromEntries(tags.map((other) => [other, pseudoCatalogue]))) });
  await saveSettings(site.context.db, { name: 'Ωμέγα', tagline: 'Νέα', description: 'Όλα', copyright: '© 1', language: tag, zone: 'UTC' }, now);
  return site;
}

/** The texts of each page that do not come from the messages, and whether the page says in which language and direction it is. */
function checkPages(pages: Map<string, string>, tag: string): void {
  const problems = [...pages].flatMap(([name, html]) => {
    const { lang, dir } = element(html, 'html').attribs;
    return [...(lang === tag && dir === (tag.startsWith('ar') ? 'rtl' : 'ltr') ? [] : [`${lang} ${dir}`]), ...textsLeftBehind(html)].map((problem) => `${name}: ${problem}`);
  });
  expect(problems).toEqual([]);
}

const body = '1[^1]\n\n| 1 | 2 |\n| - | - |\n| 3 | 4 |\n\n    5\n\n[^1]: 2';

async function readerPages(site: TestSite): Promise<Map<string, string>> {
  const { app, context } = site;
  const pages = new Map<string, string>();
  const visit = async (path: string) => {
    const { text } = await request(app).get(path);
    pages.set(path, text);
    return text;
  };
  await visit('/');
  for (const path of ['/archive', '/themes', '/corrections']) await visit(path);
  for (let count = 0; count < 35; count += 1) await addArticle(site, { title: `Άλφα ${count}`, theme: 'Θέμα', authors: ['Ένας', 'Δύο', 'Τρεις'], topics: ['Πρώτο'], standfirst: 'Κάτι', summary: 'Λίγα', body: `${body}\n\n${'λέξη '.repeat(count * 20)}`, publishedAt: now - count * 86_400_000, updatedAt: now });
  await addArticle(site, { title: 'Μόνο', theme: 'Άλλο', language: 'el', body });
  const gone = await addArticle(site, { title: 'Πάει', theme: 'Άλλο' });
  await withdrawArticle(context.db, gone.id, 'Λάθος', now);
  const corrected = await addArticle(site, { title: 'Τότε', slug: 'tote', theme: 'Άλλο', body });
  await change(await signIn(site, (await makeEditor(site, { role: 'editor' })).email), corrected.id, 'publication', { body: 'Τώρα' });
  for (let count = 0; count < 21; count += 1) await correct(site, corrected, `Λάθος ${count}`);
  for (const path of ['/corrections?before=3', '/corrections', '/articles/tote', '/articles/tote/history']) await visit(path);
  await saveStaticPage(context.db, { path: 'about', title: 'Εμείς', body: '1', bodyHtml: '<p>1</p>', markupVersion: 1 }, now);
  const portrait = await storePicture(site, { width: 200, height: 200, alt: '' });
  const author = await context.db.reader.selectFrom('author').select('id').where('name', '=', 'Ένας').executeTakeFirstOrThrow();
  await context.db.writer.insertInto('author_profile').values({ author_id: author.id, portrait_id: portrait, biography: 'Γράφει', web: 'https://1.1.1.1/', mastodon: 'https://1.1.1.1/@1', bluesky: 'https://bsky.app/profile/1', email: '1@1' }).execute();
  const front = await visit('/');
  for (const link of elements(front, 'a')) if (/^\/(?:articles|themes|authors|topics|archive|search|about)/.test(link.attribs['href'] ?? '')) await visit(link.attribs['href'] ?? '');
  await visit(`/articles/${gone.slug}`);
  await visit('/articles/mono');
  for (const path of ['/archive/2025', '/archive/2025/03', '/archive/2025/03/23', '/nowhere', '/articles/%E0%A4%A', '/authors/enas', '/topics/proto', '/search?q=%CE%BB%CE%AD%CE%BE%CE%B7', '/search?q=9999', '/search?q=%22', '/search?q=%CE%BB%CE%AD%CE%BE%CE%B7&before=2-0-1']) await visit(path);
  const next = [...pages.values()].flatMap((html) => elements(html, 'a', { rel: 'next' })).map(({ attribs }) => attribs['href'] ?? '');
  for (const path of next) await visit(path);
  pages.set('POST /', (await request(app).post('/')).text);
  pages.set('POST /about', (await request(app).post('/about')).text);
  return pages;
}

async function newsroomPages(site: TestSite): Promise<Map<string, string>> {
  const { db } = site.context;
  const stranger = browser(site);
  const pages = new Map<string, string>([['home', (await stranger.get('/admin')).text], ['sign in, no account', (await stranger.get('/admin/sign-in')).text]]);
  const firstLink = `/admin/set-up/${await ensureFirstLink(db)}`;
  pages.set('first account', (await stranger.get(firstLink)).text);
  pages.set('first account refused', (await stranger.post(firstLink, { name: '', email: '1', password: '' })).text);
  pages.set('first account too long', (await stranger.post(firstLink, { name: 'ω'.repeat(200), email: '1@1.example', password: 'ω'.repeat(1001) })).text);
  const account = async (role: 'administrator' | 'editor' | 'contributor', name: string) => signIn(site, (await makeEditor(site, { role, name, email: `${role.length}@1.example` })).email, '1');
  const [ada, ben, eve] = [await account('administrator', 'Άντα'), await account('editor', 'Μπεν'), await account('contributor', 'Εύα')];
  const visit = async (path: string, editor = ada) => pages.set(path, (await editor.get(path)).text);
  await visit('/admin/articles');
  const invited = await inviteEditor(db, { email: '9@1.example', name: 'Νέος', role: 'editor' }, now);
  const setUp = `/admin/set-up/${'token' in invited ? invited.token : ''}`;
  for (const path of ['/admin/sign-in', '/admin/forgotten-password', setUp, '/admin/set-up/none']) await visit(path, stranger);
  pages.set('set-up refused', (await stranger.post(setUp, { password: '1' })).text);
  for (let count = 0; count < 7; count += 1) pages.set(`sign-in refused ${count}`, (await stranger.post('/admin/sign-in', { email: '5@1.example', password: '1' })).text);
  pages.set('password refused', (await ada.post('/admin/account/password', { current: '1', password: '2' })).text);
  pages.set('password missing', (await ada.post('/admin/account/password', {})).text);

  const id = await write(ada, 'publication', { title: '10', body: `${body}\n\n<!-- 1 -->`, theme: 'Θέμα', authors: 'Ένας', topics: 'Πρώτο' });
  const form = await open(ada, id);
  await visit(`/admin/articles/${id}?done=publication`);
  await change(ben, id, 'draft', { body: 'Άλλο' });
  pages.set('conflict', (await send(ada, id, 'draft', { ...form, body: 'Τρίτο' })).text);
  pages.set('problems', (await send(ada, id, 'draft', { ...form, language: '!', publishedAt: '1', slug: 'Ω!', theme: 'ω'.repeat(200), title: 'ω'.repeat(400), authors: 'ω\n'.repeat(60) })).text);
  const fresh = readForm((await ada.get('/admin/articles/new')).text);
  for (const resource of ['publication', 'schedule', 'submission']) pages.set(`${resource} refused`, (await send(ada, fresh['uid'] ?? '', resource, { ...fresh, body: '1' })).text);
  pages.set('last check', (await ada.post(`/admin/articles/${id}/publication`, { ...form, title: 'ω'.repeat(111), body: '[1](/1)' })).text);
  pages.set('schedule in the past', (await send(ada, fresh['uid'] ?? '', 'schedule', { ...fresh, title: '11', theme: 'Θέμα', publishedAt: '2001-01-01T10:00' })).text);
  const scheduled = await write(ada, 'schedule', { title: '12', body: '1', theme: 'Θέμα', publishedAt: '2099-01-01T10:00' });
  const draft = await write(eve, 'submission', { title: '13', body: '1', theme: 'Θέμα' });
  await change(eve, draft, 'autosave', { body: '2' });
  await change(ada, id, 'autosave', { body: '5' });
  pages.set('carried', (await stranger.post(`/admin/articles/${fresh['uid']}/draft`, { ...fresh, title: '1', body: '2' })).text);
  pages.set('refused text', (await eve.post(`/admin/articles/${id}/draft`, { ...form, title: '1' })).text);
  await change(ada, scheduled, 'draft', { body: '7' });
  await visit(`/admin/articles/${draft}`, eve);
  pages.set('forbidden', (await eve.get('/admin/audit-log')).text);
  await eve.post('/admin/sign-out');
  pages.set('signed out', (await eve.get(`/admin/articles/${draft}`).redirects(1)).text);
  pages.set('signed out, sent', (await eve.post(`/admin/articles/${draft}/draft`, { ...form, body: '3' })).text);
  const second = await signIn(site, '13@1.example', 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0');
  await visit('/admin/account', second);
  pages.set('password wrong', (await second.post('/admin/account/password', { current: '1', password: 'ωωωωωωωωωωωωω' })).text);
  const third = await write(ada, 'draft', { title: '', theme: '', body: '1 <u>2 <video src="/3">', language: 'el' });
  for (const path of [`/admin/articles/${third}`, '/admin/articles', `/admin/articles/${third}/deletion`, `/admin/articles/${third}/revisions`]) await visit(path);
  pages.set('preview without theme', (await stranger.get((await change(ada, third, 'previews')).headers['location'] ?? '')).text);
  await change(ada, id, 'update', { body: 'Ένα' });
  await change(ada, id, 'update', { body: 'Δύο', minor: '1' });
  pages.set('submitted', (await change(ada, id, 'submission')).text);
  pages.set('published in future', (await change(ada, id, 'update', { publishedAt: '2099-01-01T10:00' })).text);
  pages.set('slug taken', (await change(ada, third, 'draft', { slug: '10' })).text);
  pages.set('time out of range', (await change(ada, third, 'draft', { publishedAt: '1500-01-01T10:00' })).text);
  pages.set('text too large', (await change(ada, third, 'draft', { body: 'ω'.repeat(1_100_000) })).text);
  pages.set('future publication', (await change(ada, third, 'publication', { title: '15', theme: 'Θέμα', publishedAt: '2099-01-01T10:00' })).text);
  await saveSettings(db, { zone: 'Europe/Bucharest' }, now);
  pages.set('time twice', (await change(ada, third, 'draft', { publishedAt: '2026-10-25T03:30' })).text);
  pages.set('time skipped', (await change(ada, third, 'draft', { publishedAt: '2026-03-29T03:30' })).text);
  await ada.post(`/admin/articles/${scheduled}/recall`);
  await ada.post(`/admin/articles/${third}/deletion`);
  await ada.post(`/admin/articles/${id}/restoration`, { revision: '1' });
  const imported = await addArticle(site, { title: '16', theme: 'Θέμα' });
  for (const path of [`/admin/articles/${imported.id}`, `/admin/articles/${imported.id}/revisions`, `/admin/articles/${id}/revisions`, `/admin/articles/${scheduled}/revisions`]) await visit(path);
  for (let count = 0; count < 55; count += 1) await addArticle(site, { title: `${count}`, theme: 'Θέμα' });
  pages.set('long list', (await ada.get('/admin/articles')).text);
  for (const link of elements(pages.get('long list') ?? '', 'a', { rel: 'next' })) await visit(link.attribs['href'] ?? '');
  for (const act of [disableEditor, enableEditor, resetPassword]) await act(db, '6@1.example', now);
  await changeRole(db, '6@1.example', 'contributor', now);
  await ada.post(`/admin/articles/${id}/previews`, form);
  await inTransaction(db, async (transaction) => {
    for (let count = 0; count < 110; count += 1) await recordAction(transaction, { editorId: null, action: 'update', articleId: id }, now);
    await recordAction(transaction, { editorId: null, action: 'import', detail: '12' }, now);
    for (const detail of ['name zone', 'publicHistory [true,false]', 'tagline ["","1"]', 'sharePicture ["7","8"]', 'followUs [[],[{"name":"1","url":"https://1.example"}]]']) await recordAction(transaction, { editorId: null, action: 'settings', detail }, now);
  });
  await visit('/admin/audit-log');
  for (const link of elements(pages.get('/admin/audit-log') ?? '', 'a', { rel: 'next' })) await visit(link.attribs['href'] ?? '');
  const paths = ['/admin/articles', '/admin/articles?q=999', '/admin/articles?status=scheduled', '/admin/articles/new', ...[id, scheduled, draft].flatMap((each) => [`/admin/articles/${each}`, `/admin/articles/${each}/revisions`]), `/admin/articles/${id}?revision=2&joined=1`, `/admin/articles/${id}/comparison?from=1&to=2`, `/admin/articles/${id}/comparison?from=1&to=1`, `/admin/articles/${id}/withdrawal`, `/admin/articles/${draft}/deletion`, '/admin/account', '/admin/account?changed=password', '/admin/audit-log', '/admin/nothing', `/admin/articles/${id}/deletion`];
  for (const path of paths) await visit(path);
  for (const done of ['draft', 'submission', 'schedule', 'update', 'minor%20update', 'recall', 'reinstatement', 'restoration', 'discard']) await visit(`/admin/articles/${id}?done=${done}`);
  await ada.post(`/admin/articles/${id}/corrections`, { text: '1' });
  pages.set('correction refused', (await ada.post(`/admin/articles/${id}/corrections`, { text: '' })).text);
  for (const path of [`/admin/articles/${id}/corrections?done=correction`, `/admin/articles/${draft}/corrections`]) await visit(path);
  pages.set('withdrawal refused', (await ada.post(`/admin/articles/${id}/withdrawal`, { reason: '' })).text);
  await ada.post(`/admin/articles/${id}/withdrawal`, { reason: 'Λάθος' });
  for (const path of [`/admin/articles/${id}?done=withdrawal`, '/admin/articles?done=deletion', '/admin/audit-log']) await visit(path);
  pages.set('correction of a withdrawn article', (await ada.post(`/admin/articles/${id}/corrections`, { text: '2' })).text);
  for (const [resource, each] of [['recall', id], ['withdrawal', draft], ['reinstatement', draft], ['restoration', id], ['deletion', id]] as const) pages.set(`${resource} not possible`, (await ada.post(`/admin/articles/${each}/${resource}`, { reason: '1' })).text);
  await deskPages(pages, ada);
  await storylinePages(site, pages, ada);
  await sitePages(pages, ada, stranger);
  await namePages(site, pages, ada);
  await themePages(pages, ada);
  await picturePages(site, pages, ada, await signIn(site, '11@1.example'));
  await secondFactorPages(site, pages);
  pages.set('no form', (await ada.post('/admin/account/password', {}).type('json').send('{}')).text);
  pages.set('other site', (await ada.post('/admin/sign-out', {}).set('Sec-Fetch-Site', 'cross-site')).text);
  pages.set('method', (await ada.post('/admin/audit-log', {})).text);
  pages.set('preview ended', (await stranger.get('/previews/0')).text);
  pages.set('preview', (await stranger.get((await change(ada, scheduled, 'previews')).headers['location'] ?? '')).text);
  return pages;
}

/** Adds the pages about the site's own pages and settings. */
async function sitePages(pages: Map<string, string>, ada: Browser, stranger: Browser): Promise<void> {
  const visit = async (path: string) => pages.set(path, (await ada.get(path)).text);
  const send = async (name: string, path: string, form: Record<string, string>) => pages.set(name, (await ada.post(path, form)).text);
  await visit('/admin/pages');
  await visit('/admin/pages/new');
  for (const path of ['1', '2']) await ada.post('/admin/pages', { title: '1', path, body: '1' });
  await ada.post('/admin/pages/1/text', { title: '2', path: '1', body: '2', base: '1' });
  await send('page in conflict', '/admin/pages/1/text', { title: '3', path: '1', body: '3', base: '1' });
  await send('page merged', '/admin/pages/1/text', { title: '1', path: '5', body: '1', base: '1' });
  await send('page deleted', '/admin/pages/9/text', { title: '1' });
  await ada.post('/admin/pages/1/restoration', { revision: '1' });
  for (const [name, path] of [['reserved', 'admin'], ['not a path', 'ω'], ['taken', '2'], ['missing', '']]) await send(`page ${name}`, '/admin/pages', { title: name === 'missing' ? '' : '4', path: path ?? '', body: '1' });
  for (const path of ['', '?done=order', '?done=deletion', '/1?done=creation', '/1?done=text', '/1?done=restoration', '/1/revisions', '/1/comparison?from=1&to=3', '/1/deletion', '/9']) await visit(`/admin/pages${path}`);
  await ada.post('/admin/pages/2/order', { direction: 'up' });
  await ada.post('/admin/pages/2/deletion');
  for (const done of ['', '?done=settings', '?done=rendering']) await visit(`/admin/settings${done}`);
  const [settings, seen] = [{ name: 'Ωμέγα', tagline: 'Νέα', description: '', copyright: '', language: 'el', zone: 'UTC' }, JSON.stringify({ name: 'Άλλο', language: 'el' })];
  await send('settings refused', '/admin/settings', { 'name': '', 'language': '!', 'zone': '1', 'tagline': 'ω'.repeat(200), 'sharePicture': 'ω', 'account-0-name': '1', 'account-0-url': '2', ...Object.fromEntries(Array.from({ length: 22 }, (_, index) => [`account-${index + 1}-name`, '1'])) });
  await send('settings in conflict', '/admin/settings', { ...settings, name: '7', seen });
  for (const next of ['/admin/pages', '/admin/settings']) pages.set(`signed out of ${next}`, (await stranger.post('/admin/sign-in', { next, title: '1', name: '1', language: 'el', zone: 'UTC', email: '13@1.example', password })).text);
  await send('no such share picture', '/admin/settings', { ...settings, sharePicture: '99' });
  await visit('/admin/audit-log');
}

/** Adds the dashboard, and the pages about notes, previews and several articles. */
async function deskPages(pages: Map<string, string>, ada: Browser): Promise<void> {
  const visit = async (path: string) => pages.set(path, (await ada.get(path)).text);
  pages.set('dashboard', (await ada.get('/admin')).text);
  const id = await write(ada, 'submission', { title: '21', theme: 'Θέμα', authors: '' });
  const note = async (text: string) => (await send(ada, id, 'return', { ...(await open(ada, id)), note: text, noteBefore: '' })).text;
  await note('1');
  pages.set('not in review', await note('2'));
  pages.set('note too long', (await send(ada, id, 'draft', { ...(await open(ada, id)), note: '1'.repeat(2001) })).text);
  await visit(`/admin/articles/${id}/previews`);
  await change(ada, id, 'previews');
  const ticked = { [`article-${id}`]: '1' };
  const published = await write(ada, 'publication', { title: '22', theme: 'Θέμα', authors: '' });
  await change(ada, published, 'draft', { title: '23' });
  for (const path of ['/admin', `/admin/articles/${id}?done=return`, `/admin/articles/${id}/revisions`, `/admin/articles/${id}/previews?done=preview-end`, '/admin/articles?mine=1&sort=publication', '/admin/articles?status=returned&done=bulk-theme&count=1', '/admin/articles?done=bulk-withdrawal&count=2', `/admin/bulk/withdrawal?article-${id}=1&article-${published}=1`, `/admin/bulk/withdrawal?article-${id}=1`]) await visit(path);
  for (const fields of [{}, ticked, { ...ticked, theme: '0' }, { ...ticked, [`article-${published}`]: '1', 'article-99999': '1', theme: 'Άλλο' }]) pages.set(`bulk ${JSON.stringify(fields)}`, (await ada.post('/admin/bulk/theme', fields)).text);
  pages.set('bulk withdrawal', (await ada.post('/admin/bulk/withdrawal', { ...ticked, reason: '1' })).text);
  pages.set('bulk withdrawal without reason', (await ada.post('/admin/bulk/withdrawal', { ...ticked, reason: '' })).text);
  await visit(`/admin/articles/${id}/previews?done=preview-gone`);
}

/** Adds the pages about storylines and related articles. */
async function storylinePages(site: TestSite, pages: Map<string, string>, ada: Browser): Promise<void> {
  const visit = async (path: string) => pages.set(path, (await ada.get(path)).text);
  const [one, two, three, four] = [(await addArticle(site, { title: '21', theme: 'Θέμα' })).id, (await addArticle(site, { title: '22', theme: 'Θέμα' })).id, (await addArticle(site, { title: '23', theme: 'Θέμα' })).id, (await addArticle(site, { title: '24', theme: 'Θέμα' })).id];
  const storyline = await makeStoryline(site, [one, two]);
  await storeRelated(site, one, [{ id: three, relevance: 0.5 }, { id: two, relevance: 0.15 }, { id: four, relevance: 0.05 }]);
  for (const path of [`/admin/articles/${one}`, `/admin/articles/${three}`, `/admin/articles/${one}/storyline`, `/admin/articles/${three}/storyline?q=22`, `/admin/articles/${one}/storyline?q=999`, `/admin/storylines/${storyline}`, `/admin/articles/${one}/related`, `/admin/articles/${two}/related?q=24`, `/admin/articles/${two}/related?q=999`, '/admin/storylines/999']) await visit(path);
  pages.set('move refused', (await ada.post(`/admin/articles/${three}/move`, {})).text);
  pages.set('article moved meanwhile', (await ada.post(`/admin/articles/${one}/move`, { to: `article-${three}` })).text);
  pages.set('place gone', (await ada.post(`/admin/articles/${three}/move`, { to: `article-${one}` })).text);
  for (const [resource, form] of [['name', { before: '1', name: '2' }], ['name', { name: '1'.repeat(101) }], ['split', {}], ['split', { [`article-${three}`]: '1' }], ['split', { [`article-${one}`]: '1', [`article-${two}`]: '1' }]] as const) pages.set(`${resource} refused ${JSON.stringify(form)}`, (await ada.post(`/admin/storylines/${storyline}/${resource}`, form)).text);
  await ada.post(`/admin/storylines/${storyline}/name`, { before: '', name: 'Ένα' });
  pages.set('name changed meanwhile', (await ada.post(`/admin/storylines/${storyline}/name`, { before: '', name: '2' })).text);
  for (const choice of ['pinned', 'hidden', 'none']) await visit((await ada.post(`/admin/articles/${one}/related`, { other: String(three), choice })).headers['location'] ?? '');
  for (const [other, choice] of [[four, 'hidden'], [three, 'pinned']] as const) await ada.post(`/admin/articles/${one}/related`, { other: String(other), choice });
  for (const [other, choice] of [['1', ''], ['999', 'pinned']] as const) pages.set(`related refused ${other}`, (await ada.post(`/admin/articles/${one}/related`, { other, choice })).text);
  await visit(`/admin/articles/${one}/related`);
  await ada.post(`/admin/articles/${three}/move`, { to: `article-${four}` });
  await ada.post(`/admin/storylines/2/name`, { before: '', name: 'Δύο' });
  await ada.post(`/admin/storylines/${storyline}/split`, { [`article-${two}`]: '1', newName: 'Τρία' });
  await ada.post(`/admin/storylines/3/split`, { [`article-${two}`]: '1' });
  for (const path of [`/admin/articles/${three}`, `/admin/storylines/${storyline}?q=23&done=split`]) await visit(path);
  await ada.post(`/admin/storylines/${storyline}/join`, { other: 'storyline-2' });
  pages.set('joined meanwhile', (await ada.post(`/admin/storylines/2/name`, { before: '', name: '1' })).text);
  for (const path of [...['move', 'begin', 'join', 'name', 'joined'].map((done) => `/admin/storylines/${storyline}?done=${done}`), '/admin/audit-log']) await visit(path);
}

/** Adds the pages about the second factor, as an administrator who needs one sees them. */
async function secondFactorPages(site: TestSite, pages: Map<string, string>): Promise<void> {
  const email = '22@1.example';
  const { id } = await makeEditor(site, { role: 'administrator', email, name: 'Φαίη' });
  const editor = await signIn(site, email, '1');
  const visit = async (path: string) => pages.set(`second factor ${path}`, (await editor.get(path)).text);
  const post = async (path: string, fields: Record<string, string>) => pages.set(`second factor ${path} ${JSON.stringify(fields)}`, (await editor.post(path, fields)).text);
  await saveSettings(site.context.db, { secondFactorRequired: true }, now);
  for (const path of ['/admin/account/totp', '/admin/account/passkeys/new']) await visit(path);
  for (const code of ['', '1']) await post('/admin/account/totp', { code });
  for (const name of ['', '1', '1'.repeat(99)]) await post('/admin/account/passkeys', { name });
  await setUpTotp(site, editor);
  await saveSettings(site.context.db, { secondFactorRequired: false }, now);
  await addPasskey(editor, new Authenticator('https://news.example'), 'Ένα');
  const removal = elements((await editor.get('/admin/account')).text, 'a').flatMap(({ attribs }) => (attribs['href']?.endsWith('/removal') ? [attribs['href']] : []));
  for (const path of ['/admin/account', ...['totp', 'totp-removal', 'passkey', 'passkey-removal'].map((changed) => `/admin/account?changed=${changed}`), '/admin/account/recovery-codes', ...removal, '/admin/account/passkeys/1/removal']) await visit(path);
  for (const path of removal) await post(path, { credential: '1' });
  await visit(`/admin/editors/${id}`);
  const half = await beginSignIn(site, email);
  pages.set('second step', half.page);
  for (const code of ['', '1']) pages.set(`second step refused ${code}`, (await half.post('/admin/sign-in/second-step', { code })).text);
  pages.set('second step expired', (await browser(site).post('/admin/sign-in/second-step', { code: '1' })).text);
  for (const credential of ['1', new Authenticator('https://news.example').get('1')]) pages.set(`passkey refused ${credential}`, (await browser(site).post('/admin/sign-in/passkey', { credential })).text);
  const codes = await editor.post('/admin/account/recovery-codes', { password });
  pages.set('recovery codes', codes.text);
  await beginSignIn(site, email).then((again) => again.post('/admin/sign-in/second-step', { code: codesIn(codes.text)[0] ?? '' }));
  await removeSecondFactor(site.context.db, email, now);
  pages.set('audit log of second factors', (await (await signIn(site, email, '1')).get('/admin/audit-log')).text);
}

/** Adds the pages about topics and authors. */
async function namePages(site: TestSite, pages: Map<string, string>, ada: Browser): Promise<void> {
  const visit = async (path: string) => pages.set(path, (await ada.get(path)).text);
  const number = '9'.repeat(101);
  for (const kind of ['topics', 'authors']) await visit(`/admin/${kind}`);
  await addArticle(site, { title: '31', theme: 'Θέμα', topics: ['Ένα', 'Δύο', ...Array.from({ length: 48 }, (_, index) => `${index}`)], authors: ['Ένα', 'Δύο'] });
  await addArticle(site, { title: '32', theme: 'Θέμα', topics: ['98', '99'] });
  await inTransaction(site.context.db, (transaction) => transaction.deleteFrom('article_topic').where('topic_id', '=', 2).execute());
  for (const kind of ['topics', 'authors']) for (const path of ['', '?q=999', '?done=deletion', '?after=1', '/1', '/1?q=999', '/1?q=2&done=save', '/1?done=merge', '/1/merge?into=2', '/999']) await visit(`/admin/${kind}${path}`);
  for (const path of ['?only=unused', '?deleted=2', '/1/deletion', '/2/deletion', '/unused']) await visit(`/admin/topics${path}`);
  for (const [index, name] of ['', number, 'Δύο', '555'].entries()) pages.set(`topic refused ${index}`, (await ada.post('/admin/topics/1/name', { name, before: index < 3 ? 'Ένα' : '4' })).text);
  for (const kind of ['topics', 'authors']) pages.set(`merge of ${kind} refused`, (await ada.post(`/admin/${kind}/1/merge`, { into: '999' })).text);
  const seen = JSON.stringify({ name: 'Ένα', slug: 'enas', portraitId: null, biography: '', web: '', mastodon: '', bluesky: '', email: '' });
  const forms: Record<string, string>[] = [{ name: '', slug: '!', portrait: '!', web: '!', mastodon: '!', bluesky: '!', email: '!' }, { name: number, biography: 'ω'.repeat(1001), web: `${number}${number}${number}` }, { name: 'Δύο', seen }, { name: 'Ένα', slug: 'dyo', seen }, { name: 'Ένα', portrait: '999', seen }, { name: 'Ένα', slug: 'enas', biography: '1' }];
  for (const [index, form] of forms.entries()) pages.set(`author refused ${index}`, (await ada.post('/admin/authors/1/details', form)).text);
  await visit('/admin/audit-log');
}

/** Adds the pages about themes. */
async function themePages(pages: Map<string, string>, ada: Browser): Promise<void> {
  const visit = async (path: string) => pages.set(path, (await ada.get(path)).text);
  for (const name of ['1', '2']) await ada.post('/admin/themes', { name });
  for (const name of ['1', '']) pages.set(`theme ${name} refused`, (await ada.post('/admin/themes', { name })).text);
  for (const path of ['/admin/themes?done=place', '/admin/themes?q=999', '/admin/themes?q=1', '/admin/themes/1?done=addition', '/admin/themes/1/merge?into=2', '/admin/themes/2/deletion', '/admin/themes/1/deletion', '/admin/themes/999']) await visit(path);
  for (const place of ['1', 'hidden', 'automatic']) await ada.post('/admin/themes/1/place', { place, order: place === 'hidden' ? '1' : '' });
  pages.set('place missing', (await ada.post('/admin/themes/1/place', {})).text);
  pages.set('theme refused', (await ada.post('/admin/themes/1/details', { name: '', description: 'ω'.repeat(501), picture: '-' })).text);
  pages.set('theme conflict', (await ada.post('/admin/themes/1/details', { name: '3', description: '1' })).text);
  pages.set('theme gone', (await ada.post('/admin/themes/999/details', { name: '3', description: '' })).text);
  pages.set('place conflict', (await ada.post('/admin/themes/1/place', { place: '1', order: '9' })).text);
  pages.set('merge refused', (await ada.post('/admin/themes/1/merge', { into: '999' })).text);
  for (const path of ['/admin/themes', '/admin/audit-log']) await visit(path);
}

/** Adds the pages about pictures, as `ada` and a contributor, `eve`, see them. */
async function picturePages(site: TestSite, pages: Map<string, string>, ada: Browser, eve: Browser): Promise<void> {
  const visit = async (path: string, editor = ada) => pages.set(path, (await editor.get(path)).text);
  pages.set('empty library', (await ada.get('/admin/pictures')).text);
  const small = { width: 30, height: 20 };
  const used = await storePicture(site, { ...small, alt: 'Λιμάνι', caption: 'Ένα', credit: 'Άντα' });
  const bare = await storePicture(site, { ...small, alt: '' });
  for (let count = 0; count < 32; count += 1) await storePicture(site, { ...small, alt: '', isDecoration: true });
  await write(ada, 'draft', { title: '17', picture: String(used), body: '1' });
  for (const path of ['/admin/pictures', '/admin/pictures?q=999', '/admin/pictures?only=unused&before=2', `/admin/pictures/${used}`, `/admin/pictures/${bare}`, `/admin/pictures/${used}/deletion`, `/admin/pictures/${bare}/deletion`, '/admin/pictures/999']) await visit(path);
  for (const done of ['deletion', 'upload', 'known']) await visit(`/admin/pictures?done=${done}`);
  for (const done of ['details', 'upload', 'known']) await visit(`/admin/pictures/${bare}?done=${done}`);
  pages.set('picture to look at', (await eve.get(`/admin/pictures/${used}`)).text);
  pages.set('picture not allowed', (await eve.get(`/admin/pictures/${used}/deletion`)).text);
  pages.set('picture refused', (await ada.post(`/admin/pictures/${bare}/details`, { version: '1', alt: 'ω'.repeat(1001), caption: 'ω'.repeat(1001), credit: 'ω'.repeat(201), focusX: '101', focusY: '101' })).text);
  await ada.post(`/admin/pictures/${bare}/details`, { version: '1', alt: '1' });
  pages.set('picture conflict', (await ada.post(`/admin/pictures/${bare}/details`, { version: '1', decoration: '1' })).text);
  pages.set('nothing uploaded', (await sendFiles(site, ada, [], { fields: { more: '1' } })).text);
  const picture = { data: await drawPhotograph(small), name: '1' };
  pages.set('uploads refused', (await sendFiles(site, ada, [picture, ...Array.from({ length: 20 }, () => ({ data: '1', name: '2' }))])).text);
  pages.set('upload too large', (await sendFiles(site, ada, []).set({ 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '999999999' }).send('--x')).text);
}

/** The pages where administrators manage accounts, and those for a forgotten password. */
async function accountPages(site: TestSite, server: SmtpServer): Promise<Map<string, string>> {
  const { db } = site.context;
  const { id, email } = await makeEditor(site, { role: 'administrator', name: 'Άντα', email: '1@1.example' });
  const ben = await makeEditor(site, { role: 'editor', name: 'Μπεν', email: '2@1.example' });
  const [ada, stranger] = [await signIn(site, email), browser(site)];
  const pages = new Map<string, string>();
  const visit = async (path: string, one = ada) => pages.set(path, (await one.get(path)).text);
  const eva = { name: 'Εύα', email: '3@1.example', role: 'contributor' };
  for (const [name, form] of [['mailed', eva], ['in use', eva], ['refused', {}], ['too long', { ...eva, name: 'ω'.repeat(101) }]] as const) pages.set(`invitation ${name}`, (await ada.post('/admin/editors', form)).text);
  server.behaviour = 'refuses';
  for (const [editor, state] of [[ben.id + 1, 'invited'], [ben.id, 'active'], [ben.id, 'active'], [id, 'active']] as const) pages.set(`link ${editor} ${state} ${pages.size}`, (await ada.post(`/admin/editors/${editor}/link`, { state })).text);
  pages.set('last administrator', (await ada.post(`/admin/editors/${id}/disable`)).text);
  const details = { name: '2', email: '4@1.example', role: 'contributor' };
  pages.set('details refused', (await ada.post(`/admin/editors/${id}/details`, { ...details, 'seen-name': 'Άντα', 'seen-email': email, 'seen-role': 'administrator' })).text);
  pages.set('conflict', (await ada.post(`/admin/editors/${ben.id}/details`, { ...details, 'seen-role': 'administrator' })).text);
  await ada.post(`/admin/editors/${ben.id}/details`, { ...details, 'seen-name': ben.name, 'seen-email': ben.email, 'seen-role': ben.role });
  for (const resource of ['sign-out', 'disable', 'enable']) {
    await visit((await ada.post(`/admin/editors/${ben.id}/${resource}`)).headers['location'] ?? '');
    await visit(`/admin/editors/${id}?done=${resource}`);
    await visit('/admin/editors');
  }
  const token = await inTransaction(db, (transaction) => addMailedLink(transaction, id, site.time.now));
  for (const path of ['/admin/sign-in', '/admin/forgotten-password', '/admin/forgotten-password?done=sent', '/admin/forgotten-password?done=replaced', `/admin/set-up/${token}`]) await visit(path, stranger);
  for (const typed of ['', email, email, email, email]) pages.set(`forgotten password ${pages.size}`, (await stranger.post('/admin/forgotten-password', { email: typed })).text);
  await vi.waitFor(async () => expect(await db.reader.selectFrom('audit_log').select('id').where('action', '=', 'password-mail').execute()).toHaveLength(3), { timeout: 20_000 });
  site.time.now += 8 * 86_400_000;
  const later = await signIn(site, email);
  for (const path of ['/admin/editors', '/admin/audit-log', '/admin/editors/999']) await visit(`${path}?later`, later);
  for (const [name, html] of pages) if (!html.startsWith('<!doctype html>')) pages.delete(name);
  return pages;
}

describe.skipIf(onPostgres).each(tags)('in a language in which every text has accents, %s,', (tag) => {
  test('no page for readers has a text that does not come from the messages', async () => {
    const pages = await readerPages(await pseudoSite(tag));
    expect(pages.size).toBeGreaterThan(35);
    checkPages(pages, tag);
  });

  // The short form has these many pages in the language that is written from right to left, and all others in both.
  test.skipIf(!isLong && tag === 'ru-XA')('no page of the newsroom has a text that does not come from the messages', async () => {
    const pages = await newsroomPages(await pseudoSite(tag));
    expect(pages.size).toBeGreaterThan(80);
    checkPages(pages, tag);
  }, 90_000);

  test('no page about accounts has one, nor an email', async () => {
    const server = await startSmtpServer();
    const pages = await accountPages(await pseudoSite(tag, server.environment), server);
    expect(pages.size).toBeGreaterThan(25);
    checkPages(pages, tag);
    expect(server.mails.flatMap(({ headers, text }) => textsLeftBehind(`${headers['subject']}\n${text}`))).toEqual([]);
    expect(server.mails).toHaveLength(1);
  }, 90_000);
});

test('feeds, answers to scripts and the texts of scripts come from the messages too', async () => {
  const site = await pseudoSite('ru-XA');
  await addArticle(site, { title: 'Άλφα', theme: 'Θέμα', authors: ['Ένας'] });
  await correct(site, { id: 1 }, 'Λάθος');
  for (const path of ['/rss.xml', '/atom.xml', '/corrections/rss.xml', '/corrections/atom.xml', '/themes/thema/rss.xml', '/authors/enas/atom.xml', '/opensearch.xml']) {
    const { text } = await request(site.app).get(path).buffer(true);
    for (const name of ['title', 'description', 'subtitle', 'ShortName', 'Description']) for (const found of text.matchAll(new RegExp(`<${name}>([^<]*)<`, 'g'))) expect(found[1], `${path} ${name}`).not.toMatch(/[a-z]/i);
  }
  const ada = await signIn(site, (await makeEditor(site, { role: 'editor', name: 'Άντα' })).email);
  const id = await write(ada, 'draft', { title: '14', theme: 'Θέμα' });
  const page = (await ada.get(`/admin/articles/${id}`)).text;
  const scripts: Record<string, string> = JSON.parse(/<script type="application\/json"[^>]*>([^<]*)</.exec(page)?.[1] ?? '{}');
  expect(Object.keys(scripts).length).toBeGreaterThan(10);
  expect(Object.values(scripts).filter((text) => /[a-z]/i.test(text.replace(/\{\w+\}/g, '')))).toEqual([]);
  const stranger = await signIn(site, (await makeEditor(site, { role: 'contributor', name: 'Εύα' })).email);
  const refused = await stranger.post(`/admin/articles/${id}/autosave`, await open(ada, id)).set('Accept', 'application/json');
  expect(refused.body.problem).toMatch(/^⟦.*⟧$/);
});
