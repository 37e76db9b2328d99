import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { disableEditor, resetPassword } from '../../../src/storage/newsroom/manage-editors.ts';
import { addPasskey, Authenticator, signInChallenge } from '../../support/authenticator.ts';
import { browser, cookieOf, makeEditor, password, signIn, type Browser } from '../../support/admin.ts';
import { open, readForm, send, write } from '../../support/article-form.ts';
import { element, elements, text } from '../../support/html.ts';
import { codesIn } from '../../support/second-factor.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

const email = 'ana@news.example';
const siteUrl = 'https://news.example';
const minute = 60_000;

let site: TestSite;
let ana: Browser;
let laptop: Authenticator;
beforeEach(async () => {
  site = await emptySite();
  await makeEditor(site, { role: 'editor', email, name: 'Ana' });
  ana = await signIn(site, email);
  laptop = new Authenticator(siteUrl);
});

const isSignedIn = async (one: Browser) => (await one.get('/admin/account')).status === 200;
const actions = async () => (await stored(site, 'select action, detail from audit_log order by id')).map(({ action, detail }) => `${action} ${detail}`.trim());
const use = (credential: string, fields: Record<string, string> = {}) => browser(site).post('/admin/sign-in/passkey', { credential, ...fields });

describe('adding a passkey', () => {
  test('asks for a discoverable one with user verification, bound to the site and the account', async () => {
    const { status, body } = await ana.post('/admin/account/passkeys/options', { name: 'Laptop', password }).set('Accept', 'application/json');
    expect([status, body]).toEqual([200, expect.objectContaining({ rp: { id: 'news.example', name: 'Broadsheet' }, user: { id: expect.stringMatching(/^[\w-]{43}$/), name: email, displayName: 'Ana' }, attestation: 'none', authenticatorSelection: expect.objectContaining({ residentKey: 'required', userVerification: 'required' }) })]);
  });

  test('stores it, ends the other sessions, and shows recovery codes with the first', async () => {
    const there = await signIn(site, email);
    const answer = await addPasskey(ana, laptop, ' My <laptop> ');
    expect([answer.status, codesIn(answer.text).length]).toEqual([200, 10]);
    expect([await isSignedIn(ana), await isSignedIn(there)]).toEqual([true, false]);
    const [row] = elements((await ana.get('/admin/account')).text, 'tbody');
    expect(row && text(row)).toBe('My <laptop> 23 March 2025, 16:55 Never Remove');
    expect(await actions()).toContain('passkey-added My <laptop>');
    const second = await addPasskey(ana, new Authenticator(siteUrl), 'Phone');
    expect(second.headers['location']).toBe('/admin/account?changed=passkey');
    expect(await addPasskey(ana, laptop, 'Again').then(({ text: html }) => html)).toContain('This passkey has already been added.');
  });

  test('needs a name and the password before the browser is asked', async () => {
    const ask = async (fields: Record<string, string>) => {
      const { status, body } = await ana.post('/admin/account/passkeys/options', fields).set('Accept', 'application/json');
      return [status, body.field, body.problem];
    };
    expect(await ask({ name: ' ', password })).toEqual([422, 'name', 'Give the passkey a name.']);
    expect(await ask({ name: 'x'.repeat(61), password })).toEqual([422, 'name', 'A name can have at most 60 characters.']);
    expect(await ask({ name: 'Laptop' })).toEqual([422, 'password', 'Enter your current password.']);
    expect(await ask({ name: 'Laptop', password: 'wrong wrong wrong' })).toEqual([422, 'password', 'This is not your current password.']);
    expect(await stored(site, 'select * from challenge')).toEqual([]);
  });

  test('accepts a challenge once, for five minutes, and only from the editor who got it', async () => {
    await makeEditor(site, { role: 'editor', email: 'eve@news.example' });
    const eve = await signIn(site, 'eve@news.example');
    const challenge = async () => String((await ana.post('/admin/account/passkeys/options', { name: 'Laptop', password }).set('Accept', 'application/json')).body.challenge);
    const add = async (one: Browser, credential: string) => (await one.post('/admin/account/passkeys', { name: 'Laptop', credential })).status;
    expect(await add(eve, laptop.create(await challenge()))).toBe(422);
    const late = laptop.create(await challenge());
    site.time.now += 5 * minute;
    expect(await add(ana, late)).toBe(422);
    expect(await add(ana, laptop.create(await signInChallenge(browser(site))))).toBe(422);
    for (const wrong of [{ origin: 'https://evil.example' }, { origin: 'http://news.example' }, { isVerified: false }]) expect(await add(ana, laptop.create(await challenge(), wrong))).toBe(422);
    for (const nonsense of ['', 'x', '{}', 'null']) expect(await add(ana, nonsense)).toBe(422);
    const once = laptop.create(await challenge());
    expect([await add(ana, once), await add(ana, once)]).toEqual([200, 422]);
  });
});

describe('signing in with a passkey', () => {
  beforeEach(async () => {
    await addPasskey(ana, laptop);
  });

  test('needs no password and no code, and is recorded', async () => {
    const answer = await use(laptop.get(await signInChallenge(browser(site))), { next: '/admin/account', email: '', password: '' });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/admin/account']);
    const { text: html } = await browser(site, cookieOf(answer)).get('/admin/account');
    expect(elements(html, 'tbody').map(text)[0]).toBe('Laptop 23 March 2025, 16:55 23 March 2025, 16:55 Remove');
    expect((await actions()).at(-1)).toBe('passkey-sign-in Laptop');
  });

  test('refuses an answer that is used twice, expired, for another site, without user verification, or of an unknown passkey', async () => {
    const challenge = async () => signInChallenge(browser(site));
    const once = laptop.get(await challenge());
    expect([(await use(once)).status, (await use(once)).status]).toEqual([303, 422]);
    expect((await actions()).at(-1)).toMatch(/^sign-in-failed ana@news\.example/);
    for (const wrong of [{ origin: 'https://evil.example' }, { origin: 'https://news.example:8443' }, { isVerified: false }]) expect((await use(laptop.get(await challenge(), wrong))).status).toBe(422);
    const forged = new Authenticator(siteUrl);
    expect((await use(forged.get(await challenge()))).text).toContain('This passkey doesn’t work on this site any more.');
    expect((await use(forged.get(await challenge()).replaceAll(forged.credentialId, laptop.credentialId))).status).toBe(422);
    for (const nonsense of ['', 'x', '{}', '{"id":1}']) expect((await use(nonsense)).status).toBe(422);
    const late = laptop.get(await challenge());
    site.time.now += 5 * minute;
    expect((await use(late)).status).toBe(422);
  });

  test('refuses a counter that does not rise, which means that the passkey was copied', async () => {
    const sign = async (counter: number) => (await use(laptop.get(await signInChallenge(browser(site)), { counter }))).status;
    expect([await sign(7), await sign(7), await sign(6), await sign(8)]).toEqual([303, 422, 422, 303]);
  });

  test('is refused for a disabled account, and after a reset until a password has been chosen', async () => {
    await makeEditor(site, { role: 'administrator' });
    const reset = await resetPassword(site.context.db, email, site.time.now);
    expect((await use(laptop.get(await signInChallenge(browser(site))))).status).toBe(422);
    await browser(site).post(`/admin/set-up/${'token' in reset ? reset.token : ''}`, { password });
    expect((await use(laptop.get(await signInChallenge(browser(site))))).status).toBe(303);
    await disableEditor(site.context.db, email, site.time.now);
    expect((await use(laptop.get(await signInChallenge(browser(site))))).status).toBe(422);
  });

  test('sends a text on that was posted after the session had ended, and gives it back if the passkey is refused', async () => {
    const id = await write(ana, 'draft');
    const form = { ...(await open(ana, id)), body: '\n“Precious”\n' };
    const page = (await send(browser(site), id, 'draft', form)).text;
    const fields = { ...readForm(page), next: element(page, 'input', { name: 'next' }).attribs['value'] ?? '', email: '', password: '' };
    const refused = await use('x', fields);
    expect([refused.status, readForm(refused.text)]).toEqual([422, form]);
    const answer = await use(laptop.get(await signInChallenge(browser(site))), fields);
    expect(answer.headers['location']).toBe(`/admin/articles/${id}?done=sign-in`);
    expect((await open(browser(site, cookieOf(answer)), `${id}?revision=2`))['body']).toBe('\n“Precious”\n');
  });

  test('or with a recovery code is also the second step after the password', async () => {
    const { text: html } = await browser(site).post('/admin/sign-in', { email, password });
    expect(html).toContain('Use your passkey, or enter one of your recovery codes.');
    expect(elements(html, 'button', { formaction: '/admin/sign-in/passkey' })).toHaveLength(1);
  });

  test('gives an address at most a hundred challenges in five minutes', async () => {
    const ask = async () => (await browser(site).post('/admin/sign-in/passkey-options')).status;
    const open = Array.from({ length: 99 }, (_, count) => ({ token_hash: String(count), purpose: 'passkey sign-in' as const, network: '127.0.0.1', expires_at: site.time.now + 5 * minute }));
    await inTransaction(site.context.db, (transaction) => transaction.insertInto('challenge').values(open).execute());
    expect([await ask(), await ask()]).toEqual([200, 429]);
    site.time.now += 5 * minute;
    expect([await ask(), (await stored(site, 'select * from challenge')).length]).toEqual([200, 1]);
  });
});

describe('removing a passkey', () => {
  beforeEach(async () => {
    await addPasskey(ana, laptop);
  });

  const address = (passkey = laptop) => `/admin/account/passkeys/${passkey.id.toString('hex')}/removal`;

  test('needs the password or the passkey itself, and ends the other sessions', async () => {
    const phone = new Authenticator(siteUrl);
    await addPasskey(ana, phone, 'Phone');
    const there = browser(site, cookieOf(await use(phone.get(await signInChallenge(browser(site))))));
    expect((await ana.post(address(), {})).status).toBe(422);
    expect((await ana.post(address(), { password: 'wrong wrong wrong' })).status).toBe(422);
    expect((await ana.post(address(), { password: '', credential: phone.get(await signInChallenge(ana)) })).text).toContain('That was another passkey');
    const answer = await ana.post(address(), { password: '', credential: laptop.get(await signInChallenge(ana)) });
    expect(answer.headers['location']).toBe('/admin/account?changed=passkey-removal');
    expect([await isSignedIn(ana), await isSignedIn(there)]).toEqual([true, false]);
    expect((await ana.post(address(phone), { password })).status).toBe(303);
    expect((await actions()).slice(-2)).toEqual(['passkey-removal Laptop', 'passkey-removal Phone']);
    expect(await stored(site, 'select * from recovery_code')).toEqual([]);
    await signIn(site, email);
  });

  test('is possible only for one’s own', async () => {
    await makeEditor(site, { role: 'administrator', email: 'eve@news.example' });
    const eve = await signIn(site, 'eve@news.example');
    expect([(await eve.get(address())).status, (await eve.post(address(), { password })).status]).toEqual([404, 404]);
  });
});

describe('a site whose address allows no passkeys', () => {
  test.each(['http://news.example', 'http://192.168.1.10:3000', 'https://[::1]'])('offers none: %s', async (url) => {
    const plain = await emptySite({ SITE_URL: url });
    await makeEditor(plain, { role: 'editor', email });
    const { text: html } = await browser(plain).get('/admin/sign-in');
    expect(html).not.toContain('data-passkey');
    const answer = await browser(plain).post('/admin/sign-in/passkey-options');
    expect(answer.status).toBe(404);
    expect((await (await signIn(plain, email)).get('/admin/account')).text).toContain('Passkeys work only with https or on localhost.');
  });
});
