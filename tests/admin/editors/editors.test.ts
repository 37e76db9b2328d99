import { expect, test } from 'vitest';
import type { Editor } from '../../../src/storage/newsroom/editors.ts';
import { browser, makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { addPasskey, Authenticator } from '../../support/authenticator.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { setUpTotp } from '../../support/second-factor.ts';
import { startSmtpServer, type SmtpBehaviour } from '../../support/smtp-server.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

const day = 24 * 3_600_000;
const bob = { name: 'Bob <B.>', email: 'bob@news.example', role: 'contributor' };

/** A newsroom with the administrator Ada, who is signed in. */
async function newsroom(environment: Record<string, string> = {}): Promise<{ site: TestSite; ada: Browser; id: number }> {
  const site = await emptySite(environment);
  const { id, email } = await makeEditor(site, { role: 'administrator', name: 'Ada', email: 'ada@news.example' });
  return { site, ada: await signIn(site, email), id };
}

async function withMail(behaviour: SmtpBehaviour) {
  const server = await startSmtpServer({ behaviour });
  return { ...(await newsroom(server.environment)), server };
}

const linkIn = (html: string) => element(html, 'input', { id: 'link' }).attribs['value'] ?? '';
const pathIn = (html: string) => linkIn(html).replace('https://news.example', '');
const problemsIn = (html: string) => elements(html, 'div', { class: 'problems' }).flatMap((box) => within(box, 'a').map((link) => [link.attribs['href'], text(link)]));
const seenOf = ({ name, email, role }: Omit<Editor, 'id'>) => ({ 'seen-name': name, 'seen-email': email, 'seen-role': role });
const isSignedIn = async (one: Browser) => (await one.get('/admin/account')).status === 200;

const hiddenIn = (html: string) => Object.fromEntries(elements(html, 'input', { name: 'seen' }).map(({ attribs }) => ['seen', attribs['value'] ?? '']));

/** Follows a redirect, and returns the notice of the page. */
async function noticeAfter(one: Browser, { headers }: { headers: Record<string, string> }): Promise<string> {
  return text(element((await one.get(headers['location'] ?? '')).text, 'p', { class: 'notice' }));
}

async function lastActions(site: TestSite, count: number): Promise<Record<string, unknown>[]> {
  return (await stored(site, `select editor_id, action, detail from audit_log order by id desc limit ${count}`)).toReversed();
}

/** The fields of the form for the details, and what it says at the top. */
function detailsIn(html: string) {
  const value = (name: string) => element(html, 'input', { name }).attribs['value'];
  return { name: value('name'), email: value('email'), role: elements(html, 'input', { name: 'role' }).find(({ attribs }) => 'checked' in attribs)?.attribs['value'], seen: value('seen-name') };
}

test('accounts are listed by name, without regard to case and accents', async () => {
  const { site, ada } = await newsroom();
  for (const name of ['Zoe', 'Émile', 'eve', 'Ödön', 'Oscar']) await makeEditor(site, { role: 'editor', name });
  expect(elements((await ada.get('/admin/editors')).text, 'th', { scope: 'row' }).map(text)).toEqual(['Ada (you)', 'Émile', 'eve', 'Ödön', 'Oscar', 'Zoe']);
});

test('the list has every account with its role and state, and when it was last used', async () => {
  const { site, ada } = await newsroom();
  await ada.post('/admin/editors', bob);
  const eve = await makeEditor(site, { role: 'editor', name: 'Eve', email: 'eve@news.example' });
  await ada.post(`/admin/editors/${eve.id}/disable`);
  const lines = async () => elements((await ada.get('/admin/editors')).text, 'tr').slice(1).map((line) => text(line));
  expect(await lines()).toEqual([
    'Ada (you) ada@news.example Administrator Active 23 March 2025, 16:55',
    'Bob <B.> bob@news.example Contributor Invited',
    'Eve eve@news.example Editor Disabled',
  ]);
  site.time.now += 7 * day;
  const later = await signIn(site, 'ada@news.example');
  expect((await later.get('/admin/editors')).text).toContain('Invited; the link no longer works');
});

test('an administrator invites an editor, and gets a link that is shown once and works once', async () => {
  const { site, ada, id } = await newsroom();
  const answer = await ada.post('/admin/editors', bob);
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
  expect(linkIn(answer.text)).toMatch(/^https:\/\/news\.example\/admin\/set-up\/[0-9a-f]{64}$/);
  expect(answer.text).not.toMatch(/email to|email with the link/);
  expect(await lastActions(site, 1)).toEqual([{ editor_id: id, action: 'editor-added', detail: 'bob@news.example, contributor' }]);
  const [, path = ''] = /href="(\/admin\/editors\/\d+)"/.exec(answer.text) ?? [];
  for (const page of [path, '/admin/editors', '/admin/audit-log']) expect((await ada.get(page)).text).not.toContain(linkIn(answer.text).slice(-64));
  const chosen = await browser(site).post(pathIn(answer.text), { password: 'a long enough one' });
  expect([chosen.status, chosen.headers['location']]).toEqual([303, '/admin']);
  expect((await browser(site).get(pathIn(answer.text))).status).toBe(404);
  expect(elements((await ada.get('/admin/audit-log')).text, 'tr').map(text)).toContain('23 March 2025, 16:55 Ada Added an account bob@news.example, Contributor');
});

test('an invitation is also emailed, with the same link', async () => {
  const { ada, server } = await withMail('accepts');
  const { text: html } = await ada.post('/admin/editors', bob);
  expect(html).toContain('An email with the link has been sent to bob@news.example.');
  const [mail] = server.mails;
  expect(mail?.to).toBe('bob@news.example');
  expect(mail?.headers).toMatchObject({ from: 'Broadsheet <newsroom@news.example>', subject: 'You are invited to work on Broadsheet' });
  expect(mail?.text).toContain(`Hello Bob <B.>,\n\nAda has invited you to work on Broadsheet. Open this link to choose a password:\n\n${linkIn(html)}\n`);
});

test('an invitation whose email fails is kept, and its link is shown', async () => {
  const { site, ada } = await withMail('refuses');
  const { status, text: html } = await ada.post('/admin/editors', bob);
  expect([status, text(element(html, 'p', { role: 'alert' }))]).toEqual([200, 'The email to bob@news.example could not be sent; the server’s log says why. The link works: copy it and send it yourself.']);
  expect((await browser(site).get(pathIn(html))).status).toBe(200);
});

test('an invitation with invalid values or a known address comes back with what was typed', async () => {
  const { site, ada } = await newsroom();
  const refused = await ada.post('/admin/editors', { name: ' ', email: '"bob"', role: 'owner' });
  expect([refused.status, problemsIn(refused.text)]).toEqual([422, [['#name', 'Enter a name.'], ['#email', 'Enter an email address, such as name@news.example.'], ['#role', 'Choose a role.']]]);
  expect(element(refused.text, 'input', { name: 'email' }).attribs['value']).toBe('"bob"');
  const known = await ada.post('/admin/editors', { ...bob, email: 'ADA@news.example' });
  expect([known.status, problemsIn(known.text)]).toEqual([422, [['#email', 'There is already an account with this email address.']]]);
  expect(elements(known.text, 'input', { name: 'role' }).find(({ attribs }) => 'checked' in attribs)?.attribs['value']).toBe('contributor');
  expect(await stored(site, 'select email from editor')).toHaveLength(1);
});

test('name, email address and role are changed, each in the audit log; links that were sent to the old address stop working', async () => {
  const { site, ada, id } = await newsroom();
  const invited = await ada.post('/admin/editors', bob);
  const answer = await ada.post(`/admin/editors/${id + 1}/details`, { ...seenOf({ ...bob, role: 'contributor' }), name: ' Rob ', email: 'Rob@news.example', role: 'editor' });
  expect([answer.status, answer.headers['location']]).toEqual([303, `/admin/editors/${id + 1}?done=details`]);
  expect(await noticeAfter(ada, answer)).toBe('Saved.');
  expect(detailsIn((await ada.get(`/admin/editors/${id + 1}`)).text)).toEqual({ name: 'Rob', email: 'Rob@news.example', role: 'editor', seen: 'Rob' });
  expect(await lastActions(site, 3)).toEqual([
    { editor_id: id, action: 'editor-role', detail: 'bob@news.example, contributor → editor' },
    { editor_id: id, action: 'editor-email', detail: 'bob@news.example → Rob@news.example' },
    { editor_id: id, action: 'editor-name', detail: 'Bob <B.> → Rob' },
  ]);
  expect((await browser(site).get(pathIn(invited.text))).status).toBe(404);
});

test('an address that another account has changes nothing, and the form comes back', async () => {
  const { site, ada, id } = await newsroom();
  const { id: eve, ...before } = await makeEditor(site, { role: 'editor', name: 'Eve', email: 'eve@news.example' });
  const answer = await ada.post(`/admin/editors/${eve}/details`, { ...seenOf(before), name: 'Eva', email: 'Ada@news.example', role: 'administrator' });
  expect([answer.status, problemsIn(answer.text), detailsIn(answer.text)]).toEqual([422, [['#email', 'There is already an account with this email address.']], { name: 'Eva', email: 'Ada@news.example', role: 'administrator', seen: 'Eve' }]);
  expect(await stored(site, `select name, email, role from editor where id <> ${id}`)).toEqual([before]);
});

test('of two administrators who change the same account, the second sees a conflict, unless they changed different fields', async () => {
  const { site, ada } = await newsroom();
  const { id, ...before } = await makeEditor(site, { role: 'editor', name: 'Eve', email: 'eve@news.example' });
  const save = (changes: Partial<typeof before>, seen = before) => ada.post(`/admin/editors/${id}/details`, { ...seenOf(seen), ...before, ...changes });
  expect((await save({ name: 'Eva' })).status).toBe(303);
  expect((await save({ role: 'contributor' })).status).toBe(303);
  expect(await stored(site, `select name, role from editor where id = ${id}`)).toEqual([{ name: 'Eva', role: 'contributor' }]);
  const conflict = await save({ name: 'Evelyn', role: 'contributor' });
  expect(conflict.status).toBe(409);
  expect(within(element(conflict.text, 'section', { role: 'alert' }), 'dd').map(text)).toEqual(['Eva']);
  expect(detailsIn(conflict.text)).toMatchObject({ name: 'Evelyn', role: 'contributor', seen: 'Eva' });
  expect((await save({ name: 'Evelyn', role: 'contributor' }, { ...before, name: 'Eva', role: 'contributor' })).status).toBe(303);
});

test('the last active administrator can’t be disabled or get another role; one of two can', async () => {
  const { site, ada, id } = await newsroom();
  const me = { name: 'Ada', email: 'ada@news.example', role: 'administrator' } as const;
  const demoted = await ada.post(`/admin/editors/${id}/details`, { ...seenOf(me), ...me, role: 'editor' });
  expect([demoted.status, problemsIn(demoted.text)]).toEqual([422, [['#role', 'This is the last active administrator. Make another editor an administrator first.']]]);
  const disabled = await ada.post(`/admin/editors/${id}/disable`);
  expect([disabled.status, problemsIn(disabled.text)]).toEqual([409, [['#disable', 'This is the last active administrator. Make another editor an administrator first.']]]);
  await makeEditor(site, { role: 'administrator' });
  expect((await ada.post(`/admin/editors/${id}/disable`)).status).toBe(303);
  expect(await isSignedIn(ada)).toBe(false);
});

test('a disabled editor is refused at the next request and can’t sign in, until the account is enabled again', async () => {
  const { site, ada, id: by } = await newsroom();
  const { id, email } = await makeEditor(site, { role: 'editor' });
  const eve = await signIn(site, email);
  expect(await noticeAfter(ada, await ada.post(`/admin/editors/${id}/disable`))).toBe('The account is disabled.');
  expect(await isSignedIn(eve)).toBe(false);
  await expect(signIn(site, email)).rejects.toThrow('422');
  expect((await ada.post(`/admin/editors/${id}/link`, { state: 'active' })).status).toBe(409);
  expect(await noticeAfter(ada, await ada.post(`/admin/editors/${id}/enable`))).toBe('The account is enabled.');
  expect(await isSignedIn(await signIn(site, email))).toBe(true);
  expect((await lastActions(site, 4)).slice(0, 3)).toEqual([
    { editor_id: by, action: 'editor-disabled', detail: email },
    { editor_id: null, action: 'sign-in-failed', detail: expect.any(String) },
    { editor_id: by, action: 'editor-enabled', detail: email },
  ]);
});

test('an administrator ends all sessions of an editor, who can sign in again', async () => {
  const { site, ada, id: by } = await newsroom();
  const { id, email } = await makeEditor(site, { role: 'editor' });
  const sessions = [await signIn(site, email), await signIn(site, email)];
  expect(await noticeAfter(ada, await ada.post(`/admin/editors/${id}/sign-out`))).toBe('Signed out everywhere.');
  expect(await lastActions(site, 1)).toEqual([{ editor_id: by, action: 'editor-sign-out', detail: email }]);
  expect([...(await Promise.all(sessions.map(isSignedIn))), await isSignedIn(await signIn(site, email))]).toEqual([false, false, true]);
});

test('resetting a password removes it, ends the sessions, and gives a link, which is also emailed', async () => {
  const { site, ada, id: by, server } = await withMail('accepts');
  const { id, email } = await makeEditor(site, { role: 'editor', name: 'Eve' });
  const eve = await signIn(site, email);
  const { status, text: html } = await ada.post(`/admin/editors/${id}/link`, { state: 'active' });
  expect([status, await isSignedIn(eve)]).toEqual([200, false]);
  await expect(signIn(site, email)).rejects.toThrow('422');
  expect(server.mails[0]?.text).toContain(`Ada has reset your password for Broadsheet. Your old password no longer works. Open this link to choose a new one:\n\n${linkIn(html)}\n`);
  expect((await stored(site, `select editor_id, detail from audit_log where action = 'password-reset'`))).toEqual([{ editor_id: by, detail: email }]);
  expect((await browser(site).post(pathIn(html), { password: 'a long enough one' })).status).toBe(303);
});

test('a new invitation replaces the link, but removes no password that the editor has just chosen', async () => {
  const { site, ada, id: by } = await newsroom();
  const first = pathIn((await ada.post('/admin/editors', bob)).text);
  const second = pathIn((await ada.post(`/admin/editors/${by + 1}/link`, { state: 'invited' })).text);
  expect(await lastActions(site, 1)).toEqual([{ editor_id: by, action: 'editor-link', detail: bob.email }]);
  expect([(await browser(site).get(first)).status, (await browser(site).post(second, { password: 'a long enough one' })).status]).toEqual([404, 303]);
  const late = await ada.post(`/admin/editors/${by + 1}/link`, { state: 'invited' });
  expect([late.status, problemsIn(late.text)]).toEqual([409, [['#link', 'The account has changed since you opened this page. Check its state, then try again.']]]);
  expect(await stored(site, 'select id from editor where password_hash is null')).toEqual([]);
});

test('administrators change their own password on their account page, not here', async () => {
  const { ada, id } = await newsroom();
  const answer = await ada.post(`/admin/editors/${id}/link`, { state: 'active' });
  expect([answer.status, problemsIn(answer.text)]).toEqual([409, [['#link', 'Change your own password on your account page.']]]);
  expect(await isSignedIn(ada)).toBe(true);
});

test('an administrator sees what second factor an account has, and removes a lost one, but not one that was set up since, nor their own', async () => {
  const { site, ada, id: by } = await newsroom();
  const { id, email } = await makeEditor(site, { role: 'editor' });
  const path = `/admin/editors/${id}`;
  const factor = async (at = path) => text(element((await ada.get(at)).text, 'dl', { class: 'facts' }));
  expect(await factor()).toBe('State Active Second factor None');
  const eve = await signIn(site, email);
  await setUpTotp(site, eve);
  const { seen = '' } = hiddenIn((await ada.get(path)).text);
  await addPasskey(eve, new Authenticator('https://news.example'));
  expect(await factor()).toContain('Authenticator app · 1 passkey · 10 recovery codes left');

  const late = await ada.post(`${path}/second-factor-removal`, { seen });
  expect([late.status, problemsIn(late.text)]).toEqual([409, [['#second_factor', 'The account has changed since you opened this page. Check its state, then try again.']]]);
  expect(await isSignedIn(eve)).toBe(true);
  expect(await noticeAfter(ada, await ada.post(`${path}/second-factor-removal`, hiddenIn(late.text)))).toBe('The second factor has been removed, and the editor has been signed out everywhere.');
  expect(await lastActions(site, 1)).toEqual([{ editor_id: by, action: 'second-factor-removal', detail: email }]);
  expect([await factor(), await isSignedIn(eve)]).toEqual([expect.stringContaining('Second factor None'), false]);
  expect(await isSignedIn(await signIn(site, email))).toBe(true);

  await setUpTotp(site, ada);
  const own = await ada.post(`/admin/editors/${by}/second-factor-removal`, { seen: `${site.time.now - 60_000}-0` });
  expect([own.status, problemsIn(own.text)]).toEqual([409, [['#second_factor', 'Change your own second factor on your account page.']]]);
  expect(await factor(`/admin/editors/${by}`)).toContain('Authenticator app · 10 recovery codes left');
});

test('an administrator whose session has ended returns to the account after signing in', async () => {
  const { site, id } = await newsroom();
  for (const [path, next] of [[`/admin/editors/${id}/disable`, `/admin/editors/${id}`], ['/admin/editors', '/admin/editors']] as const) {
    const { status, text: html } = await browser(site).post(path, bob);
    expect([status, element(html, 'input', { name: 'next' }).attribs['value']]).toEqual([401, next]);
  }
});

test('an unknown account answers 404', async () => {
  const { ada } = await newsroom();
  for (const id of ['999', 'x', '9'.repeat(15)]) expect([(await ada.get(`/admin/editors/${id}`)).status, (await ada.post(`/admin/editors/${id}/disable`)).status]).toEqual([404, 404]);
});
