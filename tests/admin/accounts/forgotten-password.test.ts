import { expect, test } from 'vitest';
import { disableEditor, inviteEditor, resetPassword } from '../../../src/storage/newsroom/manage-editors.ts';
import { browser, makeEditor, password, signIn, type Browser } from '../../support/admin.ts';
import { element, elements, text } from '../../support/html.ts';
import { startSmtpServer, waitForMails, type SmtpServer } from '../../support/smtp-server.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

const hour = 3_600_000;
const email = 'ana@news.example';
const path = '/admin/forgotten-password';

async function siteWithMail(): Promise<{ site: TestSite; server: SmtpServer }> {
  const server = await startSmtpServer();
  const site = await emptySite({ ...server.environment, TRUST_PROXY: '1' });
  await makeEditor(site, { role: 'administrator', email, name: 'Ana' });
  return { site, server };
}

const ask = (site: TestSite, typed: string, address = '192.0.2.1') => browser(site).post(path, { email: typed }).set('X-Forwarded-For', address);

/** Asks for an email, and returns the path of its link. */
async function mailedPath(site: TestSite, server: SmtpServer, typed = email): Promise<string> {
  const before = server.mails.length;
  await ask(site, typed);
  await waitForMails(server, before + 1);
  return /\/admin\/set-up\/[0-9a-f]{64}/.exec(server.mails.at(-1)?.text ?? '')?.[0] ?? '';
}

const isSignedIn = async (one: Browser) => (await one.get('/admin/account')).status === 200;

test('an emailed link lets an editor choose a new password; the old one works until then, and all sessions end', async () => {
  const { site, server } = await siteWithMail();
  const elsewhere = await signIn(site, email);
  const link = await mailedPath(site, server);
  expect(server.mails[0]?.headers).toMatchObject({ to: 'Ana <ana@news.example>', subject: 'A new password for Broadsheet' });
  expect(await isSignedIn(await signIn(site, email))).toBe(true);
  expect((await browser(site).get(link)).text).toContain('Choose a new password. It replaces the old one');
  expect((await browser(site).post(link, { password: 'short' })).status).toBe(422);
  const chosen = await browser(site).post(link, { password: 'another long enough one' });
  expect([chosen.status, chosen.headers['location'], chosen.headers['set-cookie']]).toEqual([303, `${path}?done=replaced`, undefined]);
  expect((await browser(site).get(`${path}?done=replaced`)).text).toContain('Your password has been changed');
  expect(await isSignedIn(elsewhere)).toBe(false);
  await expect(signIn(site, email)).rejects.toThrow('422');
  expect((await browser(site).post('/admin/sign-in', { email, password: 'another long enough one' })).status).toBe(303);
  expect((await browser(site).get(link)).status).toBe(404);
  expect(await stored(site, "select editor_id, action, detail from audit_log where action like 'password%' order by id")).toEqual([
    { editor_id: null, action: 'password-mail', detail: 'ana@news.example, 192.0.2.1' },
    { editor_id: 1, action: 'password-by-mail', detail: '' },
  ]);
});

test('the answer is the same for active, unknown and disabled accounts, and only active and invited ones get an email', async () => {
  const { site, server } = await siteWithMail();
  const { db, clock } = site.context;
  await makeEditor(site, { role: 'editor', email: 'eve@news.example' });
  await disableEditor(db, 'eve@news.example', clock());
  await inviteEditor(db, { email: 'bob@news.example', name: 'Bob', role: 'editor' }, clock());
  const answers = [];
  for (const typed of ['nobody@news.example', 'eve@news.example', 'ANA@news.example', 'bob@news.example']) answers.push(await ask(site, typed));
  expect(answers.map(({ status, headers }) => [status, headers['location']])).toEqual(Array.from({ length: 4 }, () => [303, `${path}?done=sent`]));
  await waitForMails(server, 2);
  await site.context.mailer?.close();
  expect(server.mails.map(({ to }) => to).toSorted()).toEqual(['ana@news.example', 'bob@news.example']);
  expect((await browser(site).get(`${path}?done=sent`)).text).toContain('If there is an account with this email address, an email with a link is on its way.');
});

test('an emailed link works for an hour', async () => {
  const { site, server } = await siteWithMail();
  const link = await mailedPath(site, server);
  site.time.now += hour - 1;
  expect((await browser(site).get(link)).status).toBe(200);
  site.time.now += 1;
  expect([(await browser(site).get(link)).status, (await browser(site).post(link, { password: 'another long enough one' })).status]).toEqual([404, 404]);
});

test('all emailed links work until one is used, so that nobody can make another person’s link useless', async () => {
  const { site, server } = await siteWithMail();
  const [first, second] = [await mailedPath(site, server), await mailedPath(site, server)];
  expect((await browser(site).post(first, { password: 'another long enough one' })).status).toBe(303);
  expect((await browser(site).get(second)).status).toBe(404);
});

test.each([
  ['the editor changes their password', async (site: TestSite) => (await signIn(site, email)).post('/admin/account/password', { current: password, password: 'another long enough one' })],
  ['an administrator resets the password', async ({ context: { db, clock } }: TestSite) => resetPassword(db, email, clock())],
])('an emailed link stops working when %s', async (_, change) => {
  const { site, server } = await siteWithMail();
  const link = await mailedPath(site, server);
  await change(site);
  expect((await browser(site).get(link)).status).toBe(404);
});

test('an hour has three emails for one address, whether or not it has an account, and twenty requests from one network', async () => {
  const { site, server } = await siteWithMail();
  for (const typed of [email, 'nobody@news.example']) {
    for (let count = 0; count < 3; count += 1) expect((await ask(site, typed, `192.0.2.${count}`)).status).toBe(303);
    const refused = await ask(site, typed, '192.0.2.9');
    expect([refused.status, refused.headers['retry-after'], text(element(refused.text, 'p', { id: 'email_problem' }))]).toEqual([429, '3600', 'Too many attempts. Try again in 60 minutes.']);
  }
  for (let count = 0; count < 20; count += 1) expect((await ask(site, `${count}@news.example`, '198.51.100.1')).status).toBe(303);
  expect((await ask(site, 'other@news.example', '198.51.100.1')).status).toBe(429);
  site.time.now += hour;
  expect((await ask(site, email, '198.51.100.1')).status).toBe(303);
  await waitForMails(server, 4);
});

test('text that is no email address comes back with a problem', async () => {
  const { site } = await siteWithMail();
  const answer = await ask(site, 'ana "at" news');
  expect([answer.status, element(answer.text, 'input', { name: 'email' }).attribs['value']]).toEqual([422, 'ana "at" news']);
});

test('without a mail server, the pages say that an administrator can make a new link', async () => {
  const site = await emptySite();
  await makeEditor(site, { role: 'administrator', email });
  for (const answer of [await browser(site).get('/admin/sign-in'), await browser(site).get(path), await browser(site).post(path, { email })]) {
    expect(answer.text).toContain('An administrator can make a new link for you in the newsroom, under “Editors”, or with <code>npx broadsheet editor reset-password</code>.');
    expect(elements(answer.text, 'a', { href: path })).toEqual([]);
  }
});
