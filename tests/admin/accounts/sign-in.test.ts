import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hash, parseOptions } from '@node-rs/argon2';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { hashPassword, makeHashQueue, verifyPassword } from '../../../src/admin/accounts/password.ts';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { disableEditor, inviteEditor } from '../../../src/storage/newsroom/manage-editors.ts';
import { ensureFirstLink } from '../../../src/storage/newsroom/set-up-links.ts';
import { browser, cookieOf, makeEditor, password, signIn } from '../../support/admin.ts';
import { element, elements, text } from '../../support/html.ts';
import { dumpDatabase, emptySite, stored, type TestSite } from '../../support/test-site.ts';

const wrongPassword = 'Wrong email address or password.';
const email = 'ana@news.example';

async function siteWithAna(environment: Record<string, string> = {}): Promise<TestSite> {
  const site = await emptySite(environment);
  await makeEditor(site, { role: 'administrator', email, name: 'Ana' });
  return site;
}

function guess(site: TestSite, fields: Record<string, string> = {}) {
  return browser(site).post('/admin/sign-in', { email, password: 'not the right one', ...fields });
}

test('the right email address and password start a session and lead to the dashboard', async () => {
  const site = await siteWithAna();
  const answer = await browser(site).post('/admin/sign-in', { email, password });
  expect([answer.status, answer.headers['location']]).toEqual([303, '/admin']);
  expect((await browser(site, cookieOf(answer)).get('/admin/account')).text).toContain('Ana');
});

test('an email address is recognised in any letter case, with spaces around it, and with composed or decomposed accents', async () => {
  const site = await emptySite();
  await makeEditor(site, { role: 'editor', email: 'zoë@news.example' });
  for (const written of ['ZOË@News.Example', '  zoë@news.example ', 'zoë@news.example'.normalize('NFD')]) await signIn(site, written);
});

test.each([
  ['https://news.example', /^__Host-session=[0-9a-f]{64}; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/],
  ['http://192.168.1.10:3000', /^session=[0-9a-f]{64}; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/],
])('the session cookie of %s is restricted to this host, hidden from scripts and not sent from other sites', async (siteUrl, cookie) => {
  const site = await siteWithAna({ SITE_URL: siteUrl });
  const { headers } = await browser(site).post('/admin/sign-in', { email, password });
  expect(headers['set-cookie']?.[0]).toMatch(cookie);
});

test('the database stores only hashes of the password and the session token', async () => {
  const site = await emptySite();
  await browser(site).post(`/admin/set-up/${await ensureFirstLink(site.context.db)}`, { name: 'Ana', email, password });
  const { cookie } = await signIn(site, email);
  const [, token = ''] = cookie.split('=');
  const all = await dumpDatabase(site);
  expect(all).toContain('$argon2id$');
  for (const secret of [token, password]) expect(all).not.toContain(secret);
  expect(await stored(site, 'select password_hash from editor')).toEqual([{ password_hash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/) }]);
});

describe('a failed sign-in', () => {
  test('gets the same response for a wrong password, an unknown address, a disabled account and an account without a password', async () => {
    const site = await siteWithAna();
    await makeEditor(site, { role: 'editor', email: 'dan@news.example' });
    await disableEditor(site.context.db, 'dan@news.example', site.time.now);
    await inviteEditor(site.context.db, { email: 'eva@news.example', name: 'Eva', role: 'editor' }, site.time.now);
    const answers = await Promise.all([
      guess(site, { email }),
      ...['nobody@news.example', 'dan@news.example', 'eva@news.example'].map((email) => guess(site, { email, password })),
    ]);
    const shown = answers.map(({ status, text: html }) => [status, html.replaceAll(/[a-z]+@news\.example/g, '')]);
    expect(new Set(shown.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(shown[0]?.[0]).toBe(422);
    expect(answers.map(({ headers }) => headers['set-cookie'])).toEqual(Array.from({ length: 4 }));
  });

  test('verifies a dummy hash of the same cost if the account has no password hash', async () => {
    const source = await readFile(new URL('../../../src/admin/accounts/password.ts', import.meta.url), 'utf8');
    const [, dummy = ''] = /dummyHash = '([^']+)'/.exec(source) ?? [];
    expect(parseOptions(dummy)).toEqual(parseOptions(await hashPassword(makeHashQueue(), 'anything')));
    expect(parseOptions(dummy)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(source).toContain('verify(passwordHash ?? dummyHash');
    expect(await verifyPassword(makeHashQueue(), null, '')).toBe(false);
  });

  test('rejects a password of more than 1,000 characters without hashing it', async () => {
    const long = '€'.repeat(1001);
    expect(await verifyPassword(makeHashQueue(), await hash(long), long)).toBe(false);
    expect(await verifyPassword(makeHashQueue(), await hashPassword(makeHashQueue(), '🦊'.repeat(1000)), '🦊'.repeat(1000))).toBe(true);
  });

  test('returns the form with the email address but not the password, and shows the problem at the field and at the top', async () => {
    const { status, text: html } = await guess(await siteWithAna(), { next: '/admin/account' });
    expect(status).toBe(422);
    const field = element(html, 'input', { name: 'email' }).attribs;
    expect([field['value'], field['aria-invalid'], field['aria-describedby']]).toEqual([email, 'true', 'email_problem']);
    expect(text(element(html, 'p', { id: 'email_problem' }))).toBe(wrongPassword);
    expect(text(element(html, 'a', { href: '#email' }))).toBe(wrongPassword);
    expect(element(html, 'input', { name: 'password' }).attribs['value']).toBeUndefined();
    expect(element(html, 'input', { name: 'next' }).attribs['value']).toBe('/admin/account');
  });

  test('is recorded in the audit log with the IP address and the account, but without what was typed', async () => {
    const site = await siteWithAna();
    await guess(site, { email: 'my secret pass phrase' });
    expect(await stored(site, 'select editor_id, action, detail from audit_log order by id desc limit 1')).toEqual([{ editor_id: null, action: 'sign-in-failed', detail: expect.stringContaining('127.0.0.1') }]);
    expect(JSON.stringify(await stored(site, 'select * from sign_in_failure'))).not.toContain('secret');
    await guess(site, { email });
    expect(await stored(site, 'select detail from audit_log order by id desc limit 1')).toEqual([{ detail: expect.stringMatching(new RegExp(`^${email}, .*127\\.0\\.0\\.1$`)) }]);
  });
});

describe('the rate limit of sign-ins', () => {
  test('makes even the right password wait after five failures, and says how long', async () => {
    const site = await siteWithAna();
    for (let count = 0; count < 5; count += 1) expect((await guess(site)).status).toBe(422);
    const refused = await browser(site).post('/admin/sign-in', { email, password });
    expect([refused.status, refused.headers['retry-after'], refused.headers['set-cookie']]).toEqual([429, '1', undefined]);
    expect(refused.text).toContain('Too many attempts. Try again in 1 second.');
    expect(element(refused.text, 'input', { name: 'email' }).attribs['value']).toBe(email);
    site.time.now += 1000;
    expect((await guess(site)).status).toBe(422);
    expect((await guess(site)).headers['retry-after']).toBe('2');
  });

  test('tries five of thirty simultaneous guesses', async () => {
    const site = await siteWithAna();
    const statuses = (await Promise.all(Array.from({ length: 30 }, () => guess(site)))).map(({ status }) => status);
    expect([statuses.filter((status) => status === 422).length, statuses.filter((status) => status === 429).length]).toEqual([5, 25]);
  });

  test('applies to accounts that do not exist, too', async () => {
    const site = await siteWithAna();
    for (let count = 0; count < 5; count += 1) await guess(site, { email: 'nobody@news.example' });
    expect((await guess(site, { email: 'NOBODY@news.example' })).status).toBe(429);
    expect((await guess(site)).status).toBe(422);
  });

  test('applies to an IP address after a hundred failures, for any accounts', async () => {
    const site = await siteWithAna();
    await inTransaction(site.context.db, (transaction) => transaction.insertInto('sign_in_failure').values({ subject: 'address:127.0.0.1', count: 99, last_at: site.time.now }).execute());
    expect((await guess(site, { email: 'eve@news.example' })).status).toBe(422);
    expect((await guess(site)).status).toBe(429);
  });

  test('counts a browser that has signed in to the account before separately, until the password changes', async () => {
    const site = await siteWithAna();
    const cookies = (await browser(site).post('/admin/sign-in', { email, password })).headers['set-cookie'] as unknown as string[];
    const device = cookies.find((cookie) => cookie.startsWith('__Host-device=')) ?? '';
    expect(device).toMatch(/^__Host-device=\d+\.[0-9a-f]{32}\.[\w-]{43}; Max-Age=31536000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/);
    const known = browser(site, device.split(';', 1)[0]);
    for (let count = 0; count < 6; count += 1) await guess(site);
    expect((await browser(site).post('/admin/sign-in', { email, password })).status).toBe(429);
    expect((await known.post('/admin/sign-in', { email, password: 'wrong wrong wrong' })).status).toBe(422);
    expect((await known.post('/admin/sign-in', { email, password })).status).toBe(303);
    const forged = browser(site, (device.split(';', 1)[0] ?? '').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')));
    expect((await forged.post('/admin/sign-in', { email, password })).status).toBe(429);
    await site.context.db.writer.updateTable('editor').set({ password_hash: 'another' }).execute();
    expect((await known.post('/admin/sign-in', { email, password })).status).toBe(429);
  });

  test('is reset for the account by a successful sign-in, which does not count against the IP address', async () => {
    const site = await siteWithAna();
    for (let count = 0; count < 4; count += 1) await guess(site);
    await signIn(site, email);
    expect(await stored(site, 'select subject, count from sign_in_failure order by subject')).toEqual([{ subject: expect.stringMatching(/^account:/), count: 4 }, { subject: expect.stringMatching(/^address:/), count: 4 }]);
    for (let count = 0; count < 5; count += 1) expect((await guess(site)).status).toBe(422);
  });
});

describe('after signing in', () => {
  test.each(['/admin/account', '/admin/audit-log?before=7', '/admin'])('an editor is redirected to a path of the newsroom: %s', async (next) => {
    const answer = await browser(await siteWithAna()).post('/admin/sign-in', { email, password, next });
    expect(answer.headers['location']).toBe(next);
  });

  test('an editor is never redirected to any other path or site', async () => {
    const site = await siteWithAna();
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '/admin.evil.example', '/administer', '/admin/../about', '/admin/..//evil.example', '/admin\\@evil.example/..', '/', '', ' /admin', 'javascript:alert(1)', '/admin\r\nX: y']) {
      const { headers } = await browser(site).post('/admin/sign-in', { email, password, next });
      const location = new URL(headers['location'] ?? '', 'https://news.example/admin/sign-in');
      expect([location.origin, location.pathname.split('/')[1]], next).toEqual(['https://news.example', 'admin']);
      expect(headers['location'], next).toMatch(/^\/admin/);
    }
  });

  test('the sign-in form redirects an editor who is already signed in', async () => {
    const site = await siteWithAna();
    const ana = await signIn(site, email);
    expect((await ana.get('/admin/sign-in?next=/admin/account')).headers['location']).toBe('/admin/account');
    expect((await ana.get('/admin/sign-in')).headers['location']).toBe('/admin');
  });
});

describe('a visitor who is not signed in', () => {
  test('is redirected from a page to the sign-in form, which leads back to that page', async () => {
    const site = await siteWithAna();
    const answer = await browser(site).get('/admin/audit-log?before=7');
    expect([answer.status, answer.headers['location']]).toEqual([303, '/admin/sign-in?next=%2Fadmin%2Faudit-log%3Fbefore%3D7']);
    const { text: html } = await browser(site).get(answer.headers['location'] ?? '');
    expect(element(html, 'input', { name: 'next' }).attribs['value']).toBe('/admin/audit-log?before=7');
    expect((await browser(site).get('/admin')).headers['location']).toBe('/admin/sign-in');
  });

  test('can’t send a form: the response is the sign-in form, which leads back to the page of that form', async () => {
    const site = await siteWithAna();
    const { status, text: html } = await browser(site).post('/admin/account/password', { current: password, password: 'another good password' });
    expect(status).toBe(401);
    expect(html).toContain('You have been signed out.');
    expect(html).not.toContain('another good password');
    expect(element(html, 'input', { name: 'next' }).attribs['value']).toBe('/admin/account');
  });

  test('gets JSON if a script sent the request', async () => {
    const { status, body } = await browser(await siteWithAna()).post('/admin/account/sessions').set('Accept', 'application/json');
    expect([status, body]).toEqual([401, { problem: 'signed out', signIn: '/admin/sign-in?next=%2Fadmin%2Faccount', isStored: false }]);
  });
});

describe('a text sent without a session', () => {
  const typed = { uid: '1', title: 'Quotes " & <tags>', standfirst: '\nAfter a line', body: '\n\nThe body.\n</textarea><script>alert(1)</script>\nIts end.\n' };

  /** The fields that a browser would send from the page’s form. */
  function fieldsOf(html: string): Record<string, string> {
    const inputs = elements(html, 'input').map(({ attribs }) => [attribs['name'] ?? '', attribs['value'] ?? '']);
    // An HTML parser drops the line break right after the tag.
    const areas = elements(html, 'textarea').map((area) => [area.attribs['name'] ?? '', contentOf(html, area.attribs['name'] ?? '')]);
    return Object.fromEntries([...inputs, ...areas]);
  }

  function contentOf(html: string, name: string): string {
    const [, content = ''] = new RegExp(`<textarea[^>]* name="${name}"[^>]*>([^<]*)</textarea>`).exec(html) ?? [];
    const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&#34;': '"', '&#39;': "'" };
    return content.replace(/^\n/, '').replace(/&(?:amp|lt|gt|#34|#39);/g, (entity) => entities[entity] ?? entity);
  }

  test('is carried unchanged in the sign-in form, even through a failed sign-in, and can be read and copied', async () => {
    const site = await siteWithAna();
    const first = await browser(site).post('/admin/sign-in', { ...typed, email, password: 'wrong', next: '/admin/articles/7/publication' });
    expect(fieldsOf(first.text)).toMatchObject(typed);
    const second = await browser(site).post('/admin/sign-in', { ...fieldsOf(first.text), email, password: 'wrong again' });
    expect(fieldsOf(second.text)).toMatchObject({ ...typed, next: '/admin/articles/7/publication' });
    const body = element(second.text, 'textarea', { name: 'body' }).attribs;
    expect([body['readonly'], body['hidden']]).toEqual(['', undefined]);
    expect(second.text).not.toContain('<script>');
  });

  test('is saved once its author has signed in', async () => {
    const site = await siteWithAna();
    const uid = randomUUID();
    const refused = await browser(site).post(`/admin/articles/${uid}/draft`, { ...typed, uid });
    expect(refused.status).toBe(401);
    expect(refused.text).toContain('Your text is below. It will be sent when you sign in.');
    expect(await stored(site, 'select id from article')).toEqual([]);

    const answer = await browser(site).post('/admin/sign-in', { ...fieldsOf(refused.text), email, password });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/admin/articles/1?done=sign-in']);
    const [revision] = await stored(site, 'select form from revision');
    expect(JSON.parse(String(revision?.['form']))).toMatchObject({ title: typed.title, standfirst: typed.standfirst, body: typed.body });
    expect(JSON.stringify(await stored(site, 'select form from revision'))).not.toContain(password);
  });

  test('is saved as a revision, and not carried in the form, if the session expired less than a week ago', async () => {
    const site = await siteWithAna();
    const ana = await signIn(site, email);
    const uid = randomUUID();
    site.time.now += 9 * 24 * 3_600_000;
    const refused = await ana.post(`/admin/articles/${uid}/draft`, { ...typed, uid });
    expect(refused.status).toBe(401);
    expect(refused.text).toContain('Your text is saved. Sign in to continue.');
    expect(fieldsOf(refused.text)).toEqual({ next: `/admin/articles/${uid}?done=sign-in`, email, password: '' });
    const scripted = await ana.post(`/admin/articles/${uid}/autosave`, { ...typed, uid }).set('Accept', 'application/json');
    expect([scripted.status, scripted.body]).toEqual([401, { problem: 'signed out', signIn: `/admin/sign-in?next=%2Fadmin%2Farticles%2F${uid}`, isStored: true }]);

    const answer = await browser(site).post('/admin/sign-in', { ...fieldsOf(refused.text), password });
    expect(answer.headers['location']).toBe(`/admin/articles/${uid}?done=sign-in`);
    const again = browser(site, cookieOf(answer));
    const { headers } = await again.get(answer.headers['location'] ?? '');
    const page = (await again.get(headers['location'] ?? '')).text;
    expect(page).toContain('Quotes &#34; &amp; &lt;tags&gt;');
    expect(page).toContain('nothing was submitted or published');
  });

  test('is only carried in the form if the session expired more than a week ago', async () => {
    const site = await siteWithAna();
    const ana = await signIn(site, email);
    const uid = randomUUID();
    site.time.now += 10 * 24 * 3_600_000 + 1;
    expect(fieldsOf((await ana.post(`/admin/articles/${uid}/draft`, { ...typed, uid })).text)).toMatchObject({ ...typed, uid });
    expect(await stored(site, 'select id from revision')).toEqual([]);
  });
});

test('the form has labels, and fields that password managers recognise', async () => {
  const { status, text: html } = await request((await siteWithAna()).app).get('/admin/sign-in');
  expect(status).toBe(200);
  const fields = ['email', 'password'].map((name) => element(html, 'input', { name }).attribs);
  expect(fields.map((field) => [field['id'], field['autocomplete']])).toEqual([['email', 'username'], ['password', 'current-password']]);
  expect(fields.map((field) => text(element(html, 'label', { for: field['id'] ?? '' })))).toEqual(['Email', 'Password']);
});
