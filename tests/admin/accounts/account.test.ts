import { expect, test } from 'vitest';
import { browser, cookieOf, makeEditor, password, signIn, type Browser } from '../../support/admin.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

const email = 'ana@news.example';
const another = 'another good password';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

async function siteWithAna(): Promise<TestSite> {
  const site = await emptySite();
  await makeEditor(site, { role: 'editor', email, name: 'Ana <b>' });
  return site;
}

const isSignedIn = async (one: Browser) => (await one.get('/admin/account')).status === 200;
const actions = async (site: TestSite) => (await stored(site, 'select action from audit_log order by id')).map(({ action }) => action);

test('the account page shows the editor’s name, email address and role', async () => {
  const ana = await signIn(await siteWithAna(), email);
  expect(elements((await ana.get('/admin/account')).text, 'dd').map(text).slice(0, 3)).toEqual(['Ana <b>', email, 'Editor']);
});

test('a new password takes effect at once and ends every other session', async () => {
  const site = await siteWithAna();
  const [here, there] = [await signIn(site, email), await signIn(site, email)];
  const answer = await here.post('/admin/account/password', { current: password, password: another });
  expect([answer.status, answer.headers['location']]).toEqual([303, '/admin/account?changed=password']);
  expect((await here.get('/admin/account?changed=password')).text).toContain('Your password has been changed.');
  expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
  expect((await browser(site).post('/admin/sign-in', { email, password })).status).toBe(422);
  expect((await browser(site).post('/admin/sign-in', { email, password: another })).status).toBe(303);
  expect(await actions(site)).toContain('password');
});

test('changing the password requires the current password and a valid new one', async () => {
  const site = await siteWithAna();
  const ana = await signIn(site, email);
  const cases: [fields: Record<string, string>, field: string, message: string][] = [
    [{}, 'current', 'Enter your current password.'],
    [{ current: 'wrong', password: another }, 'current', 'This is not your current password.'],
    [{ current: password, password: 'short' }, 'password', 'This password has 5 characters. Choose one with at least 12.'],
    [{ current: password, password: 'x'.repeat(1001) }, 'password', 'This password has more than 1,000 characters. Choose a shorter one.'],
    [{ current: password, password: email.toUpperCase() }, 'password', 'This is your email address. Choose a password that is harder to guess.'],
  ];
  for (const [fields, field, message] of cases) {
    const { status, text: html } = await ana.post('/admin/account/password', fields);
    expect(status).toBe(422);
    expect(text(element(html, 'p', { id: `${field}_problem` }))).toBe(message);
    expect(text(element(html, 'a', { href: `#${field}` }))).toBe(message);
    expect(element(html, 'input', { name: field }).attribs).toMatchObject({ 'aria-invalid': 'true', id: field });
    expect(elements(html, 'input', { type: 'password' }).filter(({ attribs }) => attribs['value'] !== undefined)).toEqual([]);
  }
  await signIn(site, email);
});

test('guesses at the current password are rate-limited like sign-ins', async () => {
  const site = await siteWithAna();
  const ana = await signIn(site, email);
  const guesses = await Promise.all(Array.from({ length: 10 }, () => ana.post('/admin/account/password', { current: 'wrong', password: another })));
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(5);
  const refused = await ana.post('/admin/account/password', { current: password, password: another });
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
  site.time.now += 1000;
  expect((await ana.post('/admin/account/password', { current: password, password: another })).status).toBe(303);
});

test('sessions are listed by browser and system, newest first, and the current one is marked', async () => {
  const site = await siteWithAna();
  await signIn(site, email, safari);
  site.time.now += 60_000;
  const ana = await signIn(site, email, firefox);
  const { text: html } = await ana.get('/admin/account');
  const [, ...lines] = elements(html, 'tr');
  expect(lines.map((line) => [...within(line, 'th'), ...within(line, 'td')].map(text))).toEqual([
    ['Firefox on Linux', '23 March 2025, 16:56', '23 March 2025, 16:56', 'This session'],
    ['Safari on iPhone', '23 March 2025, 16:55', '23 March 2025, 16:55', 'Sign out'],
  ]);
  expect(element(html, 'button', { name: 'id' }).attribs['aria-label']).toBe('Sign out Safari on iPhone, signed in 23 March 2025, 16:55');
});

test('an editor can end one of their other sessions', async () => {
  const site = await siteWithAna();
  const [there, here] = [await signIn(site, email), await signIn(site, email)];
  const { text: html } = await here.get('/admin/account');
  const { status, headers } = await here.post('/admin/account/sessions', { id: element(html, 'button', { name: 'id' }).attribs['value'] ?? '' });
  expect([status, headers['location']]).toEqual([303, '/admin/account']);
  expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
});

test('an editor can end all sessions, including the current one', async () => {
  const site = await siteWithAna();
  const [there, here] = [await signIn(site, email), await signIn(site, email)];
  const answer = await here.post('/admin/account/sessions');
  expect([answer.status, answer.headers['location'], cookieOf(answer)]).toEqual([303, '/admin/sign-in?done=sign-out', '__Host-session=']);
  expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([false, false]);
  expect((await actions(site)).at(-1)).toBe('sign-out-everywhere');
});

test('editors can’t end each other’s sessions', async () => {
  const site = await siteWithAna();
  await makeEditor(site, { role: 'administrator', email: 'eve@news.example' });
  const [ana, eve] = [await signIn(site, email), await signIn(site, 'eve@news.example')];
  const ids = (await stored(site, 'select id from session')).map(({ id }) => String(id));
  const [anas = ''] = ids;
  expect((await eve.post('/admin/account/sessions', { id: anas })).status).toBe(303);
  expect((await eve.post('/admin/account/sessions', { id: 'x' })).status).toBe(400);
  expect([await isSignedIn(ana), await isSignedIn(eve)]).toEqual([true, true]);
});
