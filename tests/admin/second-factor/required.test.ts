import { beforeEach, expect, test } from 'vitest';
import { saveSettings } from '../../../src/storage/site/settings.ts';
import { addPasskey, Authenticator } from '../../support/authenticator.ts';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { open, readForm, send } from '../../support/article-form.ts';
import { setUpTotp } from '../../support/second-factor.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

let site: TestSite;
let administrator: Browser;
beforeEach(async () => {
  site = await emptySite();
  administrator = await signIn(site, (await makeEditor(site, { role: 'administrator' })).email);
  await saveSettings(site.context.db, { secondFactorRequired: true }, site.time.now);
});

const locationOf = async (path: string) => (await administrator.get(path)).headers['location'];

test('an administrator without a second factor can only set one up, and then continues', async () => {
  for (const path of ['/admin', '/admin/articles', '/admin/account', '/admin/audit-log?before=7', '/admin/account/recovery-codes']) expect(await locationOf(path)).toBe(`/admin/account/passkeys/new?${new URLSearchParams({ next: path })}`);
  expect((await administrator.post('/admin/account/password', {})).headers['location']).toBe('/admin/account/passkeys/new?next=%2Fadmin%2Faccount');
  expect((await administrator.post('/admin/pictures', {}).set('Accept', 'application/json')).status).toBe(403);
  const page = (await administrator.get('/admin/account/totp?next=/admin/audit-log')).text;
  for (const part of ['Administrators of this site need a second factor.', '/admin/account/passkeys/new?next=%2Fadmin%2Faudit-log', 'name="next" value="/admin/audit-log"']) expect(page).toContain(part);
  await setUpTotp(site, administrator);
  expect((await administrator.get('/admin/audit-log')).status).toBe(200);
});

test('where passkeys don’t work, the way leads to the authenticator app', async () => {
  const insecure = await emptySite({ SITE_URL: 'http://news.example' });
  const one = await signIn(insecure, (await makeEditor(insecure, { role: 'administrator' })).email);
  await saveSettings(insecure.context.db, { secondFactorRequired: true }, insecure.time.now);
  expect((await one.get('/admin')).headers['location']).toBe('/admin/account/totp?next=%2Fadmin');
});

test('a passkey is enough', async () => {
  expect((await administrator.get('/admin/account/passkeys/new')).text).toContain('Administrators of this site need a second factor.');
  expect((await addPasskey(administrator, new Authenticator('https://news.example'))).status).toBe(200);
  expect((await administrator.get('/admin/articles')).status).toBe(200);
});

test('editors and contributors need none, and administrators can always sign out', async () => {
  for (const role of ['editor', 'contributor'] as const) expect((await (await signIn(site, (await makeEditor(site, { role })).email)).get('/admin/account')).status).toBe(200);
  expect((await administrator.post('/admin/sign-out')).headers['location']).toBe('/admin/sign-in?done=sign-out');
});

test('a text that an administrator is typing when the setting is turned on is stored', async () => {
  await saveSettings(site.context.db, { secondFactorRequired: false }, site.time.now);
  const form: Record<string, string> = { ...readForm((await administrator.get('/admin/articles/new')).text), title: 'T', body: 'Precious' };
  await saveSettings(site.context.db, { secondFactorRequired: true }, site.time.now);
  const answer = await send(administrator, form['uid'] ?? '', 'publication', form);
  expect([answer.status, answer.headers['location']]).toEqual([303, `/admin/account/passkeys/new?next=%2Fadmin%2Farticles%2F${form['uid']}`]);
  await setUpTotp(site, administrator);
  expect((await open(administrator, 1))['body']).toBe('Precious');
  expect(await stored(site, 'select published_at from article')).toEqual([{ published_at: null }]);
});
