import { expect, test } from 'vitest';
import { en } from '../../src/messages/en.ts';
import { Languages } from '../../src/messages/languages.ts';
import { saveStaticPage } from '../../src/storage/pages/edit-static-pages.ts';
import { saveSettings } from '../../src/storage/site/settings.ts';
import { browser, makeEditor, signIn } from '../support/admin.ts';
import { element, elements, text, within } from '../support/html.ts';
import { addArticle, emptySite } from '../support/test-site.ts';

test('pages have the language and direction of their texts', async () => {
  const site = await emptySite();
  site.context.languages = new Languages({ ar: en });
  const rootOf = async () => element((await browser(site).get('/admin/sign-in')).text, 'html').attribs;
  await saveSettings(site.context.db, { language: 'ar' }, site.time.now);
  expect(await rootOf()).toEqual({ lang: 'ar', dir: 'rtl' });
  await saveSettings(site.context.db, { language: 'fr' }, site.time.now);
  expect(await rootOf()).toEqual({ lang: 'en-GB', dir: 'ltr' });
});

test('pages are compressed if the client accepts it', async () => {
  const page = browser(await emptySite()).get('/admin/sign-in').set('Accept-Encoding', 'gzip');
  expect((await page).headers).toMatchObject({ 'content-encoding': 'gzip', 'vary': expect.stringContaining('Accept-Encoding') });
});

test('every page of a signed-in editor contains the texts of the scripts, and no other page does', async () => {
  const scripts = { ...en.scripts, signIn: '</script><script>alert(1)</script>' };
  const site = await emptySite();
  site.context.languages = new Languages({ de: { ...en, scripts } });
  await saveSettings(site.context.db, { language: 'de' }, site.time.now);
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const { text: html } = await editor.get('/admin/account');
  expect(elements(html, 'script')).toHaveLength(2);
  const json = /<script type="application\/json" id="messages">(.*?)<\/script>/.exec(html)?.[1] ?? '';
  expect(JSON.parse(json)).toEqual(Object.fromEntries(Object.entries(scripts).map(([name, text]) => [`scripts.${name}`, text])));
  expect((await browser(site).get('/admin/sign-in')).text).not.toContain('application/json');
});

test.each([['/admin/nothing', 404], ['/admin/editors', 403]])('the error page at %s has the navigation of the newsroom for somebody who is signed in, and for nobody else', async (path, status) => {
  const site = await emptySite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor', name: 'Ada Byron' })).email);
  const answer = await editor.get(path);
  expect(answer.status).toBe(status);
  const linksIn = (html: string) => elements(html, 'a').map(({ attribs }) => attribs['href']);
  expect(linksIn(answer.text)).toEqual(expect.arrayContaining(['/admin/articles', '/admin/themes', '/admin/account']));
  expect(linksIn(answer.text)).not.toContain('/admin/settings');
  expect(linksIn((await browser(site).get('/admin/nothing')).text)).not.toContain('/admin/themes');
  site.time.now += 4 * 24 * 3_600_000;
  expect(linksIn((await editor.get('/admin/nothing')).text)).not.toContain('/admin/themes');
});

test('each page marks where it is in the navigation', async () => {
  const site = await emptySite();
  const ada = await signIn(site, (await makeEditor(site, { role: 'administrator', name: 'Ada Example' })).email);
  const { id } = await addArticle(site, { topics: ['Coast'], authors: ['Ada Example'] });
  await saveStaticPage(site.context.db, { path: 'about', title: 'About', body: '', bodyHtml: '', markupVersion: 1 }, site.time.now);
  const marked = async (path: string) => {
    const { text: html } = await ada.get(path);
    const places = [element(html, 'header'), ...elements(html, 'nav', { 'aria-label': 'Organise' })];
    return places.flatMap((place) => within(place, 'a')).filter(({ attribs }) => 'aria-current' in attribs).map(text);
  };
  const pages: Record<string, string[]> = {
    'Broadsheet': ['/admin'],
    'Articles': ['/admin/articles', `/admin/articles/${id}`, ...['revisions', 'corrections', 'withdrawal', 'storyline', 'related', 'previews'].map((resource) => `/admin/articles/${id}/${resource}`), `/admin/bulk/theme?article-${id}=1`],
    'New article': ['/admin/articles/new'],
    'Pictures': ['/admin/pictures'],
    'Ada Example': ['/admin/account', '/admin/account/totp'],
    'Organise, Themes': ['/admin/themes', '/admin/themes/1'],
    'Organise, Topics': ['/admin/topics', '/admin/topics/1', '/admin/topics/unused'],
    'Organise, Authors': ['/admin/authors', '/admin/authors/1'],
    'Organise, Pages': ['/admin/pages'],
    'Organise': ['/admin/pages/1', '/admin/pages/1/revisions'],
    'Organise, Settings': ['/admin/settings'],
    'Organise, Editors': ['/admin/editors', '/admin/editors/1'],
    'Organise, Audit log': ['/admin/audit-log'],
  };
  for (const [names, paths] of Object.entries(pages)) for (const path of paths) expect((await marked(path)).join(', '), path).toBe(names);
});
