import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { Languages } from '../../src/messages/languages.ts';
import { withdrawArticle } from '../../src/storage/articles/article-states.ts';
import { inTransaction } from '../../src/storage/database/database.ts';
import { recordAction } from '../../src/storage/newsroom/audit-log.ts';
import { changeRole, disableEditor, enableEditor, inviteEditor, resetPassword } from '../../src/storage/newsroom/manage-editors.ts';
import { ensureFirstLink } from '../../src/storage/newsroom/set-up-links.ts';
import { saveSettings } from '../../src/storage/site/settings.ts';
import { saveStaticPage } from '../../src/storage/site/static-pages.ts';
import { browser, makeEditor, signIn, type Browser } from '../support/admin.ts';
import { change, open, readForm, send, write } from '../support/article-form.ts';
import { element, elements } from '../support/html.ts';
import { onPostgres } from '../support/postgres.ts';
import { drawPhotograph } from '../support/photograph.ts';
import { sendFiles, storePicture } from '../support/pictures.ts';
import { pseudoCatalogue, textsLeftBehind } from '../support/pseudo-language.ts';
import { makeStoryline, storeRelated } from '../support/storylines.ts';
import { addArticle, emptySite, now, type TestSite } from '../support/test-site.ts';

// Dates and numbers come from Intl, in the script of these languages: an ASCII letter on a page was left behind.
const tags = ['ru-XA', 'ar-XB'];

async function pseudoSite(tag: string): Promise<TestSite> {
  const site = await emptySite({}, { languages: new Languages(Object.fromEntries(tags.map((other) => [other, pseudoCatalogue]))) });
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
  for (const path of ['/archive', '/themes']) await visit(path);
  for (let count = 0; count < 35; count += 1) await addArticle(site, { title: `Άλφα ${count}`, theme: 'Θέμα', authors: ['Ένας', 'Δύο', 'Τρεις'], topics: ['Πρώτο'], standfirst: 'Κάτι', summary: 'Λίγα', body: `${body}\n\n${'λέξη '.repeat(count * 20)}`, publishedAt: now - count * 86_400_000, updatedAt: now });
  await addArticle(site, { title: 'Μόνο', theme: 'Άλλο', language: 'el', body });
  const gone = await addArticle(site, { title: 'Πάει', theme: 'Άλλο' });
  await withdrawArticle(context.db, gone.id, 'Λάθος', now);
  await saveStaticPage(context.db, { path: 'about', title: 'Εμείς', body: '1', bodyHtml: '<p>1</p>', markupVersion: 1 }, now);
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
  for (const path of ['/admin/sign-in', setUp, '/admin/set-up/none']) await visit(path, stranger);
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
  });
  await visit('/admin/audit-log');
  for (const link of elements(pages.get('/admin/audit-log') ?? '', 'a', { rel: 'next' })) await visit(link.attribs['href'] ?? '');
  const paths = ['/admin/articles', '/admin/articles?q=999', '/admin/articles?status=scheduled', '/admin/articles/new', ...[id, scheduled, draft].flatMap((each) => [`/admin/articles/${each}`, `/admin/articles/${each}/revisions`]), `/admin/articles/${id}?revision=2&joined=1`, `/admin/articles/${id}/comparison?from=1&to=2`, `/admin/articles/${id}/comparison?from=1&to=1`, `/admin/articles/${id}/withdrawal`, `/admin/articles/${draft}/deletion`, '/admin/account', '/admin/account?changed=password', '/admin/audit-log', '/admin/nothing', `/admin/articles/${id}/deletion`];
  for (const path of paths) await visit(path);
  for (const done of ['draft', 'submission', 'schedule', 'update', 'minor%20update', 'recall', 'reinstatement', 'restoration', 'discard']) await visit(`/admin/articles/${id}?done=${done}`);
  pages.set('withdrawal refused', (await ada.post(`/admin/articles/${id}/withdrawal`, { reason: '' })).text);
  await ada.post(`/admin/articles/${id}/withdrawal`, { reason: 'Λάθος' });
  for (const path of [`/admin/articles/${id}?done=withdrawal`, '/admin/articles?done=deletion', '/admin/audit-log']) await visit(path);
  for (const [resource, each] of [['recall', id], ['withdrawal', draft], ['reinstatement', draft], ['restoration', id], ['deletion', id]] as const) pages.set(`${resource} not possible`, (await ada.post(`/admin/articles/${each}/${resource}`, { reason: '1' })).text);
  await deskPages(pages, ada);
  await storylinePages(site, pages, ada);
  await picturePages(site, pages, ada, await signIn(site, '11@1.example'));
  pages.set('no form', (await ada.post('/admin/account/password', {}).type('json').send('{}')).text);
  pages.set('other site', (await ada.post('/admin/sign-out', {}).set('Sec-Fetch-Site', 'cross-site')).text);
  pages.set('method', (await ada.post('/admin/audit-log', {})).text);
  pages.set('preview', (await stranger.get((await change(ada, scheduled, 'previews')).headers['location'] ?? '')).text);
  return pages;
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
  pages.set('preview ended', (await ada.post(`/admin/articles/${id}/preview-end`, { link: '1' })).text);
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

describe.skipIf(onPostgres).each(tags)('in a language in which every text has accents, %s,', (tag) => {
  test('no page for readers has a text that does not come from the messages', async () => {
    const pages = await readerPages(await pseudoSite(tag));
    expect(pages.size).toBeGreaterThan(35);
    checkPages(pages, tag);
  });

  test('no page of the newsroom has a text that does not come from the messages', async () => {
    const pages = await newsroomPages(await pseudoSite(tag));
    expect(pages.size).toBeGreaterThan(80);
    checkPages(pages, tag);
  });
});

test('feeds, answers to scripts and the texts of scripts come from the messages too', async () => {
  const site = await pseudoSite('ru-XA');
  await addArticle(site, { title: 'Άλφα', theme: 'Θέμα', authors: ['Ένας'] });
  for (const path of ['/rss.xml', '/atom.xml', '/themes/thema/rss.xml', '/authors/enas/atom.xml', '/opensearch.xml']) {
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
