import { describe, expect, test } from 'vitest';
import { enableEditor, disableEditor, inviteEditor, resetPassword } from '../../../src/storage/newsroom/manage-editors.ts';
import { ensureFirstLink } from '../../../src/storage/newsroom/set-up-links.ts';
import { browser, cookieOf, makeEditor, signIn } from '../../support/admin.ts';
import { element, elements, text } from '../../support/html.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

const day = 24 * 3_600_000;
const ana = { name: 'Ana', email: 'ana@news.example', password: 'twelve chars' };

/** A new site, with the path of the link that creates its first account. */
async function newSite(): Promise<TestSite & { path: string }> {
  const site = await emptySite();
  return { ...site, path: `/admin/set-up/${await ensureFirstLink(site.context.db)}` };
}

/** A site with an administrator, and the path of an invited editor's link. */
async function siteWithInvited(): Promise<TestSite & { path: string }> {
  const site = await emptySite();
  await makeEditor(site, { role: 'administrator' });
  const invited = await inviteEditor(site.context.db, { email: 'bob@news.example', name: 'Bob', role: 'contributor' }, site.time.now);
  return { ...site, path: `/admin/set-up/${'token' in invited ? invited.token : ''}` };
}

const editors = async (site: TestSite) => stored(site, 'select email, name, role from editor');

describe('the first account', () => {
  test('is created through a link with a name, an email address and a password, and its owner is signed in', async () => {
    const site = await newSite();
    const form = await browser(site).get(site.path);
    expect(form.status).toBe(200);
    const password = element(form.text, 'input', { name: 'password' }).attribs;
    expect([password['autocomplete'], password['minlength'], password['maxlength']]).toEqual(['new-password', '12', undefined]);
    const answer = await browser(site).post(site.path, ana);
    expect([answer.status, answer.headers['location']]).toEqual([303, '/admin']);
    const account = await browser(site, cookieOf(answer)).get('/admin/account');
    expect(elements(account.text, 'dd').map(text).slice(0, 3)).toEqual(['Ana', 'ana@news.example', 'Administrator']);
    expect(await stored(site, 'select editor_id, action from audit_log')).toEqual([{ editor_id: 1, action: 'set-up' }]);
    expect((await browser(site).get('/admin')).headers['location']).toBe('/admin/sign-in');
  });

  test('has a link that works once, and of which the database stores only a hash', async () => {
    const site = await newSite();
    const links = await stored(site, 'select token_hash, editor_id, expires_at from set_up_link');
    expect(links).toEqual([{ token_hash: expect.stringMatching(/^[0-9a-f]{64}$/), editor_id: null, expires_at: null }]);
    expect(JSON.stringify(links)).not.toContain(site.path.slice(-64));
    await browser(site).post(site.path, ana);
    expect(await stored(site, 'select * from set_up_link')).toEqual([]);
    const again = [await browser(site).get(site.path), await browser(site).post(site.path, { ...ana, email: 'eve@news.example' })];
    expect(again.map(({ status }) => status)).toEqual([404, 404]);
    for (const { text: html } of again) expect(html).toContain('It has already been used, or it has expired.');
    expect(await editors(site)).toHaveLength(1);
  });

  test('is created once if two people send the form at the same time', async () => {
    const site = await newSite();
    const answers = await Promise.all(['ana', 'eve'].map((name) => browser(site).post(site.path, { ...ana, email: `${name}@news.example` })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 404]);
    expect(await editors(site)).toHaveLength(1);
  });

  test('has a single link, even if it is requested several times at once', async () => {
    const site = await newSite();
    const links = await Promise.all([1, 2, 3].map(() => ensureFirstLink(site.context.db)));
    expect(links.map((token) => `/admin/set-up/${token}`)).toEqual([site.path, site.path, site.path]);
    expect((await browser(site).get(site.path)).status).toBe(200);
    expect(await stored(site, 'select * from set_up_link')).toHaveLength(1);
  });

  test('can still be created after the password of somebody who is no administrator is reset', async () => {
    const site = await newSite();
    await makeEditor(site, { role: 'editor', email: 'eve@news.example' });
    await resetPassword(site.context.db, 'eve@news.example', site.time.now);
    expect((await browser(site).get(site.path)).status).toBe(200);
  });

  test('can’t be created once there is an administrator, even after their password is reset', async () => {
    const site = await newSite();
    await makeEditor(site, { role: 'administrator', email: 'zoe@news.example' });
    expect((await browser(site).get(site.path)).status).toBe(404);
    expect((await browser(site).post(site.path, ana)).status).toBe(404);
    await resetPassword(site.context.db, 'zoe@news.example', site.time.now);
    expect((await browser(site).post(site.path, ana)).status).toBe(404);
    expect(await editors(site)).toHaveLength(1);
    const token = await ensureFirstLink(site.context.db);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(site.path).not.toContain(token);
  });

  test('is explained at /admin and at the sign-in form while it does not exist', async () => {
    const site = await emptySite();
    const { status, text: html } = await browser(site).get('/admin');
    expect(status).toBe(200);
    expect(html).toContain('The server prints this link each time it starts');
    expect((await browser(site).get('/admin/sign-in')).text).toContain('This site has no administrator yet.');
  });

  test('is not created from invalid values: the form comes back with them, except the password, and shows each problem at its field and at the top', async () => {
    const site = await newSite();
    const { status, text: html } = await browser(site).post(site.path, { name: ' ', email: 'ana at "news"', password: 'eleven char' });
    expect(status).toBe(422);
    const messages = ['Enter your name.', 'Enter an email address, such as name@news.example.', 'This password has 11 characters. Choose one with at least 12.'];
    expect(['name', 'email', 'password'].map((name) => text(element(html, 'p', { id: `${name}_problem` })))).toEqual(messages);
    expect(['name', 'email', 'password'].map((name) => text(element(html, 'a', { href: `#${name}` })))).toEqual(messages);
    const inputs = ['name', 'email', 'password'].map((name) => element(html, 'input', { name }).attribs);
    expect(inputs.map((input) => [input['id'], input['value'], input['aria-invalid']])).toEqual([['name', ' ', 'true'], ['email', 'ana at "news"', 'true'], ['password', undefined, 'true']]);
    expect(inputs.map((input) => input['aria-describedby']?.split(' ').at(-1))).toEqual(['name_problem', 'email_problem', 'password_problem']);
    expect(await editors(site)).toEqual([]);
    expect((await browser(site).post(site.path, ana)).status).toBe(303);
  });

  test.each([
    ['of 11 characters, each two UTF-16 units long', '🦊'.repeat(11), 422],
    ['of 12 characters, each two UTF-16 units long', '🦊'.repeat(12), 303],
    ['of one repeated letter', 'aaaaaaaaaaaa', 303],
    ['of spaces', '            ', 303],
    ['of 1,000 characters', '🦊'.repeat(1000), 303],
    ['of 1,001 characters', 'a'.repeat(1001), 422],
  ])('needs a password of 12 to 1,000 characters of any kind: one %s', async (_, password, status) => {
    const site = await newSite();
    expect((await browser(site).post(site.path, { ...ana, password })).status).toBe(status);
    if (status === 303) expect((await browser(site).post('/admin/sign-in', { email: ana.email, password })).status).toBe(303);
  });

  test('can’t have its own email address as password, and spaces are not taken for a missing address', async () => {
    const site = await newSite();
    const problem = async (fields: Record<string, string>) => elements((await browser(site).post(site.path, { ...ana, ...fields })).text, 'p', { id: 'password_problem' }).map(text);
    expect(await problem({ password: ` ${ana.email.toUpperCase()}` })).toEqual(['This is your email address. Choose a password that is harder to guess.']);
    expect(await problem({ email: 'ana at "news"', password: ' '.repeat(12) })).toEqual([]);
  });

  test('can’t have the email address of an existing account', async () => {
    const site = await newSite();
    await inviteEditor(site.context.db, { email: 'Ana@news.example', name: 'Ana', role: 'editor' }, site.time.now);
    const { status, text: html } = await browser(site).post(site.path, ana);
    expect(status).toBe(422);
    expect(text(element(html, 'p', { id: 'email_problem' }))).toBe('There is already an account with this email address.');
  });
});

describe('an invited editor', () => {
  test('sees their name and email address, chooses a password and is signed in', async () => {
    const site = await siteWithInvited();
    const { text: html } = await browser(site).get(site.path);
    expect(elements(html, 'dd').map(text)).toEqual(['Bob', 'bob@news.example']);
    expect(elements(html, 'input').map(({ attribs }) => attribs['name'])).toEqual([undefined, 'password']);
    const answer = await browser(site).post(site.path, { password: 'a long enough one', name: 'Eve', email: 'eve@news.example' });
    const account = await browser(site, cookieOf(answer)).get('/admin/account');
    expect(elements(account.text, 'dd').map(text).slice(0, 3)).toEqual(['Bob', 'bob@news.example', 'Contributor']);
    expect((await browser(site).get(site.path)).status).toBe(404);
  });

  test('has seven days to use the link', async () => {
    const site = await siteWithInvited();
    site.time.now += 7 * day - 1;
    expect((await browser(site).get(site.path)).status).toBe(200);
    site.time.now += 1;
    expect((await browser(site).get(site.path)).status).toBe(404);
    expect((await browser(site).post(site.path, { password: 'a long enough one' })).status).toBe(404);
  });

  test('can’t use the link once they are disabled, even after they are enabled again', async () => {
    const site = await siteWithInvited();
    await disableEditor(site.context.db, 'bob@news.example', site.time.now);
    expect((await browser(site).get(site.path)).status).toBe(404);
    await enableEditor(site.context.db, 'bob@news.example', site.time.now);
    expect((await browser(site).get(site.path)).status).toBe(404);
    expect(await stored(site, 'select * from set_up_link')).toEqual([]);
  });

  test('gets a new link from a password reset, which invalidates the earlier link, the password and all sessions', async () => {
    const site = await siteWithInvited();
    await browser(site).post(site.path, { password: 'correct horse battery staple' });
    const bob = await signIn(site, 'bob@news.example');
    const first = await resetPassword(site.context.db, 'bob@news.example', site.time.now);
    const second = await resetPassword(site.context.db, 'BOB@news.example', site.time.now);
    const statuses = await Promise.all([first, second].map(async (link) => (await browser(site).get(`/admin/set-up/${'token' in link ? link.token : ''}`)).status));
    expect(statuses).toEqual([404, 200]);
    expect((await bob.get('/admin/account')).status).toBe(303);
    await expect(signIn(site, 'bob@news.example')).rejects.toThrow('422');
  });
});

test('an invalid set-up link answers 404', async () => {
  const site = await emptySite();
  for (const token of ['x', '0'.repeat(64), '%00', 'a'.repeat(3000)]) expect((await browser(site).get(`/admin/set-up/${token}`)).status).toBe(404);
});
