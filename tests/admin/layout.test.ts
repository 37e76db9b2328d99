import { expect, test } from 'vitest';
import { en } from '../../src/messages/en.ts';
import { Languages } from '../../src/messages/languages.ts';
import { saveSettings } from '../../src/storage/site/settings.ts';
import { browser, makeEditor, signIn } from '../support/admin.ts';
import { element, elements } from '../support/html.ts';
import { emptySite } from '../support/test-site.ts';

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
