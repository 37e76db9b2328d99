import { beforeEach, describe, expect, test } from 'vitest';
import { changeRole, disableEditor, resetPassword } from '../../../src/storage/newsroom/manage-editors.ts';
import { browser, cookieOf, makeEditor, password, signIn } from '../../support/admin.ts';
import { open, readForm, send, write } from '../../support/article-form.ts';
import { element, text } from '../../support/html.ts';
import { beginSignIn, setUpTotp, totpCode, type WithTotp } from '../../support/second-factor.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

const email = 'ana@news.example';
const step = 30_000;
const minute = 60_000;

let site: TestSite;
let ana: WithTotp;
beforeEach(async () => {
  site = await emptySite();
  await makeEditor(site, { role: 'editor', email, name: 'Ana' });
  ana = await setUpTotp(site, await signIn(site, email));
});

const code = (offset = 0) => totpCode(ana.secret, site.time.now + offset);
const enter = (visitor: ReturnType<typeof browser>, typed: string, fields: Record<string, string> = {}) => visitor.post('/admin/sign-in/second-step', { code: typed, ...fields });
const lastActions = async (count: number) => (await stored(site, `select action, detail from audit_log order by id desc limit ${count}`)).map(({ action, detail }) => `${action} ${detail}`.trim());

test('the right password alone starts no session, and asks for a code', async () => {
  const answer = await browser(site).post('/admin/sign-in', { email, password });
  expect([answer.status, text(element(answer.text, 'h1', {}))]).toEqual([200, 'Confirm that it’s you']);
  expect(element(answer.text, 'input', { name: 'code' }).attribs).toMatchObject({ autocomplete: 'one-time-code', inputmode: 'numeric' });
  expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-second-step=[0-9a-f]{64}; Max-Age=300; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/)]);
  expect(await stored(site, 'select id from session')).toHaveLength(1);
  const [, token = ''] = cookieOf(answer).split('=');
  for (const cookie of [cookieOf(answer), `__Host-session=${token}`]) expect((await browser(site, cookie).get('/admin/account')).status).toBe(303);
});

test('the code of the authenticator app completes the sign-in', async () => {
  const half = await beginSignIn(site, email, { next: '/admin/account' });
  const answer = await enter(half, `${code().slice(0, 3)} ${code().slice(3)}`, { next: '/admin/account' });
  expect([answer.status, answer.headers['location']]).toEqual([303, '/admin/account']);
  expect((await browser(site, cookieOf(answer)).get('/admin/account')).text).toContain('Ana');
  expect(answer.headers['set-cookie']).toContainEqual(expect.stringMatching(/^__Host-second-step=; Path=\/; Expires=Thu, 01 Jan 1970/));
  expect(await stored(site, 'select * from challenge')).toEqual([]);
  expect(await lastActions(1)).toEqual(['sign-in']);
});

test.each([-step, 0, step])('the code of a clock that is %s ms off is right', async (offset) => {
  expect((await enter(await beginSignIn(site, email), code(offset))).status).toBe(303);
});

test.each([-2 * step, 2 * step])('the code of a clock that is %s ms off is wrong', async (offset) => {
  const half = await beginSignIn(site, email);
  const answer = await enter(half, code(offset));
  expect([answer.status, text(element(answer.text, 'p', { id: 'code_problem' }))]).toEqual([422, 'This code is wrong, or it has already been used. If your app shows a new one, enter that.']);
  expect(element(answer.text, 'input', { name: 'code' }).attribs['value']).toBeUndefined();
  expect(await lastActions(1)).toEqual([expect.stringMatching(/^second-step-failed ana@news\.example, .*127\.0\.0\.1$/)]);
  expect((await enter(half, code())).status).toBe(303);
});

test('a code works once, and so do all earlier ones', async () => {
  const half = async () => beginSignIn(site, email);
  const [one, two] = [await half(), await half()];
  const statuses = await Promise.all([enter(one, code()), enter(two, code())]);
  expect(statuses.map(({ status }) => status).toSorted()).toEqual([303, 422]);
  expect((await enter(await half(), code(-step))).status).toBe(422);
  expect((await enter(await half(), code(step))).status).toBe(303);
});

test('the second step waits for five minutes, in the browser where the password was typed', async () => {
  const half = await beginSignIn(site, email);
  expect((await enter(browser(site), code())).status).toBe(422);
  site.time.now += 5 * minute - 1;
  expect((await half.get('/admin/sign-in/second-step?next=/admin/account')).text).toContain('name="code"');
  site.time.now += 1;
  const late = await enter(half, code(), { next: '/admin/account' });
  expect([late.status, late.text.includes('Your sign-in took too long'), element(late.text, 'input', { name: 'next' }).attribs['value']]).toEqual([422, true, '/admin/account']);
  expect((await half.get('/admin/sign-in/second-step?next=/admin/account')).headers['location']).toBe('/admin/sign-in?next=%2Fadmin%2Faccount');
});

test('a change of the account or of the second factor ends a sign-in that waits for its second step', async () => {
  await makeEditor(site, { role: 'administrator' });
  const { db } = site.context;
  const changes = [
    async () => ana.editor.post('/admin/account/password', { current: password, password }),
    async () => ana.editor.post('/admin/account/recovery-codes', { password }),
    async () => ana.editor.post('/admin/account/sessions'),
    async () => resetPassword(db, email, site.time.now),
  ];
  for (const change of changes) {
    const half = await beginSignIn(site, email);
    await change();
    expect((await enter(half, code())).text).toContain('Your sign-in took too long');
  }
});

test('a disabled account can’t complete its sign-in, and a new role takes effect', async () => {
  await makeEditor(site, { role: 'administrator' });
  const half = await beginSignIn(site, email);
  await changeRole(site.context.db, email, 'contributor', site.time.now);
  expect((await enter(half, code())).status).toBe(303);
  const other = await beginSignIn(site, email);
  await disableEditor(site.context.db, email, site.time.now);
  expect((await enter(other, code(step))).status).toBe(422);
});

test('a link for choosing a password leads to the second step', async () => {
  const reset = await resetPassword(site.context.db, email, site.time.now);
  const answer = await browser(site).post(`/admin/set-up/${'token' in reset ? reset.token : ''}`, { password: 'another good password' });
  expect([answer.status, answer.text.includes('name="code"'), await stored(site, 'select id from session')]).toEqual([200, true, []]);
  expect((await enter(browser(site, cookieOf(answer)), code())).headers['location']).toBe('/admin');
});

test('a text that was posted after the session had ended survives the second step and wrong codes', async () => {
  const id = await write(ana.editor, 'draft');
  const form = { ...(await open(ana.editor, id)), body: '\n\n“Precious” <b>\n' };
  const page = (await send(browser(site), id, 'draft', form)).text;
  const next = element(page, 'input', { name: 'next' }).attribs['value'] ?? '';
  const half = await beginSignIn(site, email, { ...readForm(page), next });
  expect(readForm(half.page)).toEqual(form);
  const again = await enter(half, '000', { ...readForm(half.page), next });
  expect([again.status, readForm(again.text)]).toEqual([422, form]);
  const answer = await enter(half, code(), { ...readForm(again.text), next });
  expect(answer.headers['location']).toBe(`/admin/articles/${id}?done=sign-in`);
  expect((await open(browser(site, cookieOf(answer)), `${id}?revision=2`))['body']).toBe('\n\n“Precious” <b>\n');
});

describe('a recovery code', () => {
  test('signs in once, however it is typed, and the audit log says how many are left', async () => {
    const [one = '', two = ''] = ana.recoveryCodes;
    expect((await enter(await beginSignIn(site, email), ` ${one.replaceAll(' ', '-')} `)).status).toBe(303);
    expect(await lastActions(2)).toEqual(['sign-in', 'recovery-code-used 9']);
    expect((await enter(await beginSignIn(site, email), one)).status).toBe(422);
    const statuses = await Promise.all([await beginSignIn(site, email), await beginSignIn(site, email)].map((half) => enter(half, two)));
    expect(statuses.map(({ status }) => status).toSorted()).toEqual([303, 422]);
  });

  test('of another account is wrong', async () => {
    await makeEditor(site, { role: 'editor', email: 'ben@news.example' });
    const ben = await setUpTotp(site, await signIn(site, 'ben@news.example'));
    expect((await enter(await beginSignIn(site, email), ben.recoveryCodes[0] ?? '')).status).toBe(422);
  });
});

describe('the rate limit of codes', () => {
  test('makes even the right code wait after five wrong ones, whatever the password step does', async () => {
    const half = await beginSignIn(site, email);
    for (let count = 0; count < 5; count += 1) {
      expect((await enter(half, '000000')).status).toBe(422);
      if (count < 4) await beginSignIn(site, email);
    }
    const refused = await enter(half, code());
    expect([refused.status, refused.headers['retry-after'], refused.text.includes('Too many attempts. Try again in 1 second.')]).toEqual([429, '1', true]);
    expect((await browser(site).post('/admin/sign-in', { email, password })).status).toBe(429);
    site.time.now += 1000;
    expect((await enter(half, code())).status).toBe(303);
  });

  test('tries five of thirty simultaneous guesses', async () => {
    const half = await beginSignIn(site, email);
    const statuses = (await Promise.all(Array.from({ length: 30 }, () => enter(half, '000000')))).map(({ status }) => status);
    expect([statuses.filter((status) => status === 422).length, statuses.filter((status) => status === 429).length]).toEqual([5, 25]);
  });

  test('holds for an account from all addresses and known browsers together', async () => {
    const signedIn = await enter(await beginSignIn(site, email), code());
    const device = (signedIn.headers['set-cookie'] as unknown as string[]).find((cookie) => cookie.startsWith('__Host-device='))?.split(';')[0];
    site.time.now += minute;
    const half = await beginSignIn(site, email);
    const known = browser(site, `${half.cookie}; ${device}`);
    for (let count = 0; count < 5; count += 1) await enter(half, '000000');
    for (let count = 0; count < 5; count += 1) expect((await enter(known, '000000')).status).toBe(422);
    expect((await enter(known, code())).status).toBe(429);
  });

  test('counts a completed sign-in as no failure', async () => {
    await enter(await beginSignIn(site, email), code());
    expect(await stored(site, 'select * from sign_in_failure')).toEqual([]);
  });
});
