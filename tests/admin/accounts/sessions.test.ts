import { describe, expect, test } from 'vitest';
import { changeRole, disableEditor } from '../../../src/storage/newsroom/manage-editors.ts';
import { ensureFirstLink } from '../../../src/storage/newsroom/set-up-links.ts';
import { browser, cookieOf, makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { dumpDatabase, emptySite, stored, type TestSite } from '../../support/test-site.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const email = 'ana@news.example';

async function signedIn(): Promise<{ site: TestSite; ana: Browser }> {
  const site = await emptySite();
  await makeEditor(site, { role: 'administrator', email });
  return { site, ana: await signIn(site, email) };
}

const isSignedIn = async (one: Browser) => (await one.get('/admin/account')).status === 200;

test('a session expires after three days without use', async () => {
  const { site, ana } = await signedIn();
  site.time.now += 3 * day;
  expect(await isSignedIn(ana)).toBe(true);
  site.time.now += 3 * day + 1;
  expect(await isSignedIn(ana)).toBe(false);
});

test('a session expires after thirty days, even if it is used every day', async () => {
  const { site, ana } = await signedIn();
  for (let count = 0; count < 15; count += 1) {
    site.time.now += 2 * day;
    expect(await isSignedIn(ana)).toBe(true);
  }
  site.time.now += 1;
  expect(await isSignedIn(ana)).toBe(false);
});

test('expired sessions are not listed, and are deleted once text sent with them is no longer saved', async () => {
  const { site } = await signedIn();
  site.time.now += 4 * day;
  const later = await signIn(site, email);
  expect((await later.get('/admin/account')).text).not.toContain('name="id"');
  expect(await stored(site, 'select id from session')).toHaveLength(2);
  site.time.now += 7 * day;
  await signIn(site, email);
  expect(await stored(site, 'select id from session')).toHaveLength(2);
});

test('signing out deletes the session on the server and the cookie', async () => {
  const { site, ana } = await signedIn();
  const answer = await ana.post('/admin/sign-out');
  expect([answer.status, answer.headers['location'], cookieOf(answer)]).toEqual([303, '/admin/sign-in?done=sign-out', '__Host-session=']);
  expect((await browser(site).get('/admin/sign-in?done=sign-out')).text).toContain('You have been signed out.');
  expect((await browser(site).get('/admin/sign-in')).text).not.toContain('You have been signed out.');
  expect(answer.headers['set-cookie']?.[0]).toMatch(/Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax$/);
  expect(await isSignedIn(ana)).toBe(false);
  expect(await stored(site, 'select * from session')).toEqual([]);
  expect(await stored(site, 'select action from audit_log order by id desc limit 1')).toEqual([{ action: 'sign-out' }]);
});

test('disabling an editor or changing their role takes effect with their next request', async () => {
  const { site, ana } = await signedIn();
  await makeEditor(site, { role: 'administrator' });
  await changeRole(site.context.db, email, 'editor', site.time.now);
  expect((await ana.get('/admin/audit-log')).status).toBe(403);
  await disableEditor(site.context.db, email, site.time.now);
  expect(await isSignedIn(ana)).toBe(false);
  await expect(signIn(site, email)).rejects.toThrow('422');
});

test('an invalid session cookie is ignored', async () => {
  const { site, ana } = await signedIn();
  const [, token = ''] = ana.cookie.split('=');
  for (const cookie of ['__Host-session=', '__Host-session=x', `session=${token}`, `other=${token}; __Host-session`]) expect(await isSignedIn(browser(site, cookie)), cookie).toBe(false);
  expect(await isSignedIn(browser(site, `a=b;${ana.cookie}; c=d`))).toBe(true);
});

describe('every page of the newsroom', () => {
  async function pages() {
    const { site, ana } = await signedIn();
    const link = await ensureFirstLink((await emptySite()).context.db);
    const answers = [];
    for (const path of ['/admin', '/admin/sign-in', `/admin/set-up/${link}`, '/admin/account', '/admin/audit-log', '/admin/nothing']) {
      for (const one of [ana, browser(site)]) answers.push({ path, answer: await one.get(path) });
    }
    answers.push({ path: 'a form that fails', answer: await browser(site).post('/admin/sign-in', { email }) });
    answers.push({ path: 'a form of another site', answer: await browser(site).post('/admin/sign-in').set('Sec-Fetch-Site', 'cross-site') });
    return answers;
  }

  test('is not cached, not indexed, and has a content security policy', async () => {
    for (const { path, answer } of await pages()) {
      const { headers } = answer;
      expect([headers['cache-control'], headers['x-robots-tag'], headers['referrer-policy']], path).toEqual(['no-store', 'noindex, nofollow', 'same-origin']);
      expect(headers['content-security-policy'], path).toContain("default-src 'none';script-src 'self';style-src 'self'");
      expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
    }
  });

  test('has a title, one main heading, no inline styles and no absolute URLs', async () => {
    for (const { path, answer } of await pages()) {
      if (answer.status === 303) continue;
      expect(answer.text.match(/<h1>/g), path).toHaveLength(1);
      expect(answer.text, path).toMatch(/<title>[^<]+ · Broadsheet<\/title>/);
      expect(answer.text, path).not.toMatch(/ style=|<style|https?:\/\//);
    }
  });
});

test('a GET request changes nothing', async () => {
  const { site, ana } = await signedIn();
  await site.context.db.writer.deleteFrom('change').execute();
  const before = await dumpDatabase(site);
  for (const path of ['/admin', '/admin/sign-in', '/admin/sign-out', '/admin/set-up/x', '/admin/account', '/admin/account/password', '/admin/account/sessions', '/admin/audit-log', '/admin/editors', '/admin/editors/1', '/admin/editors/1/disable', '/admin/forgotten-password']) await ana.get(path);
  expect(await dumpDatabase(site)).toBe(before);
});

test('an address that only accepts GET answers 405 to POST, and an unknown address 404', async () => {
  const { ana } = await signedIn();
  expect((await ana.post('/admin/audit-log')).headers['allow']).toBe('GET');
  expect((await ana.get('/admin/nothing')).status).toBe(404);
});
