import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { browser, makeEditor, password, signIn, type Browser } from '../../support/admin.ts';
import { element, elements, text } from '../../support/html.ts';
import { codesIn, setUpTotp, totpCode } from '../../support/second-factor.ts';
import { dumpDatabase, emptySite, stored, type TestSite } from '../../support/test-site.ts';

const email = 'ana@news.example';

async function siteWithAna(): Promise<{ site: TestSite; ana: Browser }> {
  const site = await emptySite();
  await makeEditor(site, { role: 'editor', email, name: 'Ana' });
  return { site, ana: await signIn(site, email) };
}

const isSignedIn = async (one: Browser) => (await one.get('/admin/account')).status === 200;
const facts = async (one: Browser) => elements((await one.get('/admin/account')).text, 'dd').map(text).slice(3);
const actions = async (site: TestSite) => (await stored(site, 'select action from audit_log order by id')).map(({ action }) => action);

/** Reads the squares of a QR code's SVG as a scanner would see them. */
function scan(html: string): string {
  const [, size = '0'] = /viewBox="0 0 (\d+) /.exec(html) ?? [];
  const [side, scale] = [Number(size), 4];
  const data = new Uint8Array((side * scale) ** 2 * 4).fill(255);
  let [x, y] = [0, 0];
  const [, path = ''] = /<path d="([^"]+)"/.exec(html) ?? [];
  for (const [, command = '', one = '0', two = '0'] of path.matchAll(/([Mm])(-?\d+)[ ,]?(-?\d+)/g)) {
    [x, y] = command === 'M' ? [Number(one), Number(two)] : [x + Number(one), y + Number(two)];
    for (let row = y * scale; row < (y + 1) * scale; row += 1) for (let column = x * scale; column < (x + 1) * scale; column += 1) data.fill(0, (row * side * scale + column) * 4, (row * side * scale + column) * 4 + 3);
  }
  return decodeQR({ width: side * scale, height: side * scale, data });
}

test('the page for setting up an authenticator app shows its key as a QR code, as text and as a link', async () => {
  const { site, ana } = await siteWithAna();
  const before = await dumpDatabase(site);
  const { text: html } = await ana.get('/admin/account/totp');
  expect(await dumpDatabase(site)).toBe(before);
  const secret = element(html, 'input', { name: 'secret' }).attribs['value'] ?? '';
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(text(element(html, 'code', {})).replaceAll(' ', '')).toBe(secret);
  const uri = `otpauth://totp/Broadsheet:ana%40news.example?issuer=Broadsheet&secret=${secret}&algorithm=SHA1&digits=6&period=30`;
  expect(element(html, 'a', { href: uri })).toBeDefined();
  expect(scan(html)).toBe(uri);
});

test('the authenticator app is set up only with the right code, and a wrong one shows the same key again', async () => {
  const { site, ana } = await siteWithAna();
  const there = await signIn(site, email);
  const secret = element((await ana.get('/admin/account/totp')).text, 'input', { name: 'secret' }).attribs['value'] ?? '';
  const wrong = await ana.post('/admin/account/totp', { secret, code: '000000', next: '/admin/pictures' });
  expect([wrong.status, element(wrong.text, 'input', { name: 'secret' }).attribs['value'], element(wrong.text, 'input', { name: 'next' }).attribs['value']]).toEqual([422, secret, '/admin/pictures']);
  expect(text(element(wrong.text, 'p', { id: 'code_problem' }))).toContain('This code is wrong.');
  const unconfirmed = await ana.post('/admin/account/totp', { secret, code: totpCode(secret, site.time.now), password: 'a wrong password' });
  expect([unconfirmed.status, text(element(unconfirmed.text, 'p', { id: 'password_problem' })), element(unconfirmed.text, 'input', { name: 'secret' }).attribs['value']]).toEqual([422, expect.stringContaining('password'), secret]);
  expect(await facts(ana)).toEqual(['Not set up · Set up an authenticator app']);
  await signIn(site, email);

  const answer = await ana.post('/admin/account/totp', { secret, code: totpCode(secret, site.time.now), password, next: '/admin/pictures' });
  const codes = codesIn(answer.text);
  expect([answer.status, codes.length, new Set(codes).size]).toEqual([200, 10, 10]);
  expect(answer.text).toContain('<a class="button primary" href="/admin/pictures">');
  expect([await isSignedIn(ana), await isSignedIn(there)]).toEqual([true, false]);
  expect(await facts(ana)).toEqual(['Set up on 23 March 2025, 16:55 · Turn off', '10 left · Make new ones']);
  expect(await actions(site)).toContain('totp-set-up');
  const all = await dumpDatabase(site);
  for (const code of codes) expect(all).not.toContain(code.replaceAll(' ', ''));
});

test('an authenticator app that is set up can’t be replaced without turning it off', async () => {
  const { site, ana } = await siteWithAna();
  const { secret } = await setUpTotp(site, ana);
  expect((await ana.get('/admin/account/totp')).headers['location']).toBe('/admin/account');
  const other = 'A'.repeat(32);
  await ana.post('/admin/account/totp', { secret: other, code: totpCode(other, site.time.now), password });
  expect(await stored(site, 'select secret from totp')).toEqual([{ secret }]);
});

test('turning the app off needs the password, and removes the recovery codes', async () => {
  const { site, ana } = await siteWithAna();
  await setUpTotp(site, ana);
  const wrong = await ana.post('/admin/account/totp/removal', { password: 'wrong wrong wrong' });
  expect([wrong.status, text(element(wrong.text, 'p', { id: 'password_problem' }))]).toEqual([422, 'This is not your current password.']);
  expect((await ana.post('/admin/account/totp/removal', {})).status).toBe(422);
  const answer = await ana.post('/admin/account/totp/removal', { password });
  expect([answer.status, answer.headers['location']]).toEqual([303, '/admin/account?changed=totp-removal']);
  expect((await ana.get('/admin/account?changed=totp-removal')).text).toContain('Your authenticator app has been turned off.');
  expect([await facts(ana), await stored(site, 'select * from recovery_code'), await actions(site)]).toEqual([['Not set up · Set up an authenticator app'], [], expect.arrayContaining(['totp-removal'])]);
  await signIn(site, email);
});

test('guesses at the password are rate-limited like sign-ins', async () => {
  const { site, ana } = await siteWithAna();
  await setUpTotp(site, ana);
  const guesses = await Promise.all(Array.from({ length: 10 }, () => ana.post('/admin/account/totp/removal', { password: 'wrong wrong wrong' })));
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(5);
});

test('new recovery codes need the password, and replace the old ones', async () => {
  const { site, ana } = await siteWithAna();
  expect((await ana.get('/admin/account/recovery-codes')).headers['location']).toBe('/admin/account');
  expect((await ana.post('/admin/account/recovery-codes', { password })).headers['location']).toBe('/admin/account');
  const { recoveryCodes } = await setUpTotp(site, ana);
  expect((await ana.get('/admin/account/recovery-codes')).text).toContain('You have 10 recovery codes left.');
  expect((await ana.post('/admin/account/recovery-codes', { password: 'wrong wrong wrong' })).status).toBe(422);
  const answer = await ana.post('/admin/account/recovery-codes', { password });
  const fresh = codesIn(answer.text);
  expect([answer.status, fresh.length, fresh.filter((code) => recoveryCodes.includes(code)), (await stored(site, 'select * from recovery_code')).length]).toEqual([200, 10, [], 10]);
  expect(await actions(site)).toContain('recovery-codes');
});

test('the audit log explains the actions', async () => {
  const { site, ana } = await siteWithAna();
  await makeEditor(site, { role: 'administrator', email: 'eve@news.example' });
  await setUpTotp(site, ana);
  const half = await browser(site).post('/admin/sign-in', { email, password });
  await browser(site, String(half.headers['set-cookie']).split(';')[0]).post('/admin/sign-in/second-step', { code: '123' });
  const { text: html } = await (await signIn(site, 'eve@news.example')).get('/admin/audit-log');
  for (const line of ['Set up an authenticator app', 'Failed at the second step of signing in']) expect(html).toContain(line);
});
