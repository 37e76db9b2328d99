import request from 'supertest';
import { expect, test, vi } from 'vitest';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { recordAction } from '../../../src/storage/newsroom/audit-log.ts';
import { loadSettings } from '../../../src/storage/site/settings.ts';
import { browser, makeEditor, password, signIn, type Browser } from '../../support/admin.ts';
import { problemsOf, readTextAreas, write } from '../../support/article-form.ts';
import { element, elements, text } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; ada: Browser }> {
  const site = await emptySite();
  return { site, ada: await signIn(site, (await makeEditor(site, { role: 'administrator', name: 'Ada' })).email) };
}

/** What a browser would send from the form. */
function formOf(html: string): Record<string, string> {
  const inputs = elements(html, 'input').filter(({ attribs }) => attribs['name'] !== undefined && (attribs['type'] !== 'checkbox' || 'checked' in attribs));
  return { ...Object.fromEntries(inputs.map(({ attribs }) => [attribs['name'] ?? '', attribs['value'] ?? ''])), description: text(element(html, 'textarea', { name: 'description' })) };
}

const open = async (editor: Browser) => formOf((await editor.get('/admin/settings')).text);

test('every setting is changed in one form, and shows on every page at once', async () => {
  const { site, ada } = await newsroom();
  const picture = await storePicture(site, { width: 600, height: 400 });
  const before = (await request(site.app).get('/')).text;
  const fields = { name: ' The  Gull ', tagline: 'News', description: 'All of it', language: 'RO', zone: 'Europe/Bucharest', copyright: '© Gull', 'account-1-name': 'Mastodon', 'account-1-url': 'https://social.example/@gull', sharePicture: String(picture) };
  expect((await ada.post('/admin/settings', { ...(await open(ada)), ...fields })).headers['location']).toBe('/admin/settings?done=settings');
  expect(await loadSettings(site.context.db)).toEqual({ name: 'The Gull', tagline: 'News', description: 'All of it', language: 'ro', zone: 'Europe/Bucharest', copyright: '© Gull', followUs: [{ name: 'Mastodon', url: 'https://social.example/@gull' }], sharePicture: String(picture), smartTypography: false, publicHistory: true, secondFactorRequired: false });
  const after = (await request(site.app).get('/')).text;
  expect([before.includes('The Gull'), after.includes('The Gull'), after.includes('https://social.example/@gull'), element(after, 'html').attribs['lang']]).toEqual([false, true, true, 'ro']);
  expect(await open(ada)).toMatchObject({ 'name': 'The Gull', 'account-0-name': 'Mastodon', 'account-1-name': '' });
  // An emptied row removes the account.
  await ada.post('/admin/settings', { ...(await open(ada)), 'account-0-name': ' ', 'account-0-url': '' });
  expect((await loadSettings(site.context.db)).followUs).toEqual([]);
});

test('invalid settings are refused, each with its problem at its field, and nothing typed is lost', async () => {
  const { site, ada } = await newsroom();
  const small = await storePicture(site, { width: 30, height: 20 });
  const fields = { name: ' ', tagline: 'x'.repeat(121), language: 'english!', zone: 'Mars/Base', sharePicture: 'sunset', 'account-2-name': 'X', 'account-2-url': 'javascript:alert(1)' };
  const answer = await ada.post('/admin/settings', { ...(await open(ada)), ...fields });
  expect(answer.status).toBe(422);
  expect(elements(answer.text, 'p', { class: 'problem' }).map(text)).toEqual([
    'Enter a name.', 'Use at most 120 characters.', 'This is not a web address. Use one such as https://example.org.', 'Enter the number of a picture in the library.', '“english!” is not a language tag. Use a tag such as en-GB.', '“Mars/Base” is not a time zone. Use a name such as Europe/Bucharest.',
  ]);
  expect(problemsOf(answer.text).join()).toContain('Address of account 1: This is not a web address');
  expect(formOf(answer.text)).toMatchObject({ tagline: 'x'.repeat(121), zone: 'Mars/Base', 'account-0-url': 'javascript:alert(1)' });
  for (const [sharePicture, problem] of [[String(small), 'has 30 × 20 pixels'], ['99', 'There is no picture 99']] as const) {
    const refused = await ada.post('/admin/settings', { ...(await open(ada)), name: 'Gull', sharePicture });
    expect([refused.status, problemsOf(refused.text).join(), formOf(refused.text)['name']]).toEqual([422, expect.stringContaining(problem), 'Gull']);
  }
  expect(await stored(site, 'select name from setting')).toEqual([]);
});

test('two administrators change different settings; if both change the same one, the second sees a conflict', async () => {
  const { site, ada } = await newsroom();
  const ben = await signIn(site, (await makeEditor(site, { role: 'administrator' })).email);
  const [first, second, third] = [await open(ada), await open(ben), await open(ben)];
  await ada.post('/admin/settings', { ...first, tagline: 'By Ada', copyright: '©' });
  expect((await ben.post('/admin/settings', { ...second, name: 'By Ben' })).status).toBe(303);
  const conflict = await ben.post('/admin/settings', { ...third, tagline: 'By Ben' });
  expect([conflict.status, problemsOf(conflict.text).join()]).toEqual([409, expect.stringContaining('Tagline: Somebody else has changed this to “By Ada”. Save again to replace it.')]);
  const form = formOf(conflict.text);
  expect(form).toMatchObject({ name: 'By Ben', tagline: 'By Ben', copyright: '©' });
  expect((await ben.post('/admin/settings', form)).status).toBe(303);
  expect(await loadSettings(site.context.db)).toMatchObject({ name: 'By Ben', tagline: 'By Ben', copyright: '©' });
  expect((await ada.post('/admin/settings', { ...first, seen: '{', name: 'By Ada' })).status).toBe(303);
});

test('smart typography renders the stored texts again in the background, and the page says so', async () => {
  const { site, ada } = await newsroom();
  await write(ada, 'publication', { title: 'Quotes', body: '"So"' });
  await ada.post('/admin/pages', { title: 'About', path: 'about', body: '"We"' });
  expect((await request(site.app).get('/articles/quotes')).text).toContain('<p>"So"</p>');
  const { headers: { location = '' } } = await ada.post('/admin/settings', { ...(await open(ada)), smartTypography: '1' });
  expect(text(element((await ada.get(location)).text, 'main'))).toContain('formatted again in the background');
  await vi.waitFor(async () => {
    expect((await request(site.app).get('/articles/quotes')).text).toContain('<p>“So”</p>');
    expect((await request(site.app).get('/about')).text).toContain('<p>“We”</p>');
  }, { timeout: 10_000 });
  expect((await open(ada))['smartTypography']).toBe('1');
  const { smartTypography: _, ...off } = await open(ada);
  await ada.post('/admin/settings', off);
  await vi.waitFor(async () => expect((await request(site.app).get('/about')).text).toContain('<p>"We"</p>'), { timeout: 10_000 });
});

test('the audit log has each setting that was changed, with its values before and after', async () => {
  const { site, ada } = await newsroom();
  const picture = String(await storePicture(site));
  const { publicHistory: _, ...form } = await open(ada);
  await ada.post('/admin/settings', { ...form, 'name': 'Gull', 'tagline': 'News → now', 'sharePicture': picture, 'account-0-name': 'Mastodon', 'account-0-url': 'https://social.example/@gull' });
  await ada.post('/admin/settings', await open(ada));
  await ada.post('/admin/settings', { ...(await open(ada)), tagline: '' });
  const lines = elements((await ada.get('/admin/audit-log')).text, 'tr').map(text).filter((line) => line.includes('settings'));
  const details = ['Tagline: News → now → (nothing)', 'Public history: On → Off', `Share picture: (nothing) → Picture ${picture}`, 'Follow us: (nothing) → Mastodon (https://social.example/@gull)', 'Tagline: (nothing) → News → now', 'Name: Broadsheet → Gull'];
  expect(lines).toEqual(details.map((detail): unknown => expect.stringContaining(`Ada Changed the settings of the site ${detail}`)));
});

test('entries of earlier versions in the audit log name the settings that were changed', async () => {
  const { site, ada } = await newsroom();
  await inTransaction(site.context.db, (transaction) => recordAction(transaction, { editorId: null, action: 'settings', detail: 'name zone' }, site.time.now));
  expect((await ada.get('/admin/audit-log')).text).toContain('Name and Time zone');
});

test('a conflict shows the other administrator’s value in words', async () => {
  const { ada } = await newsroom();
  const first = await open(ada);
  const { publicHistory: _, ...off } = first;
  await ada.post('/admin/settings', { ...off, 'account-0-name': 'Mastodon', 'account-0-url': 'https://social.example/@gull' });
  const conflict = await ada.post('/admin/settings', { ...first, 'account-0-name': 'Bluesky', 'account-0-url': 'https://bsky.example/gull' });
  expect(problemsOf(conflict.text).join()).toContain('Follow us: Somebody else has changed this to “Mastodon (https://social.example/@gull)”. Save again to replace it.');
});

test('settings that were sent without a session come back after signing in', async () => {
  const { site, ada } = await newsroom();
  const { email } = await makeEditor(site, { role: 'administrator' });
  const asked = await browser(site).post('/admin/settings', { ...(await open(ada)), name: 'Gull' });
  const back = await browser(site).post('/admin/sign-in', { next: '/admin/settings', ...Object.fromEntries(readTextAreas(asked.text)), email, password });
  expect([asked.status, back.status, formOf(back.text)['name'], (await loadSettings(site.context.db)).name]).toEqual([401, 200, 'Gull', 'Broadsheet']);
});
