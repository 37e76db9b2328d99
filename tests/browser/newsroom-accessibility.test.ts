import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inviteEditor } from '../../src/storage/newsroom/manage-editors.ts';
import { password } from '../support/admin.ts';
import { totpCode } from '../support/second-factor.ts';
import { axeFaults } from './axe.ts';
import { inEachLook, launchBrowser } from './browser.ts';
import { openNewsroom, waitForSaveState } from './newsroom.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** The violations that axe reports, except in the preview, which is a reader's page, and the widths at which the page scrolls sideways. */
async function faults(page: Page, name: string, number: number): Promise<string[]> {
  const found: string[] = [];
  await inEachLook(page, number, async (look) => {
    found.push(...(await axeFaults(page, `${name}, ${look}`, { exclude: '.preview-pane' })));
  });
  for (const width of [320, 390, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) found.push(`${name} scrolls sideways at ${width} px`);
  }
  return found;
}

test('axe reports no violations on any page of the newsroom, and none scrolls sideways', { timeout: 180_000 }, async () => {
  const { site, url, open, openSignedIn, pageErrors } = await openNewsroom(browser);
  const found: string[] = [];
  let pages = 0;
  const look = async (page: Page, name: string, path?: string) => {
    if (path !== undefined) await page.goto(url + path);
    found.push(...(await faults(page, name, pages)));
    pages += 1;
  };
  const stranger = await open();
  await look(stranger, 'home', '/admin');
  await look(stranger, 'sign-in', '/admin/sign-in');
  await look(stranger, 'set-up gone', '/admin/set-up/none');
  const invited = await inviteEditor(site.context.db, { email: 'new@news.example', name: 'New', role: 'editor' }, site.time.now);
  await look(stranger, 'set-up', `/admin/set-up/${'token' in invited ? invited.token : ''}`);

  const page = await openSignedIn('Ada Example', 'administrator');
  await look(page, 'dashboard', '/admin');
  await look(page, 'list', '/admin/articles');
  await look(page, 'empty list', '/admin/articles?q=zzz');
  await look(page, 'new', '/admin/articles/new');
  await page.getByLabel('Title').fill('A long title that is typed at its real size and in its real face');
  await page.getByLabel('Body', { exact: true }).fill(`${'word '.repeat(100)}\n\n${'x'.repeat(200)}`);
  await waitForSaveState(page, /saved on the server/);
  await page.getByRole('button', { name: 'Show preview' }).click();
  await page.frameLocator('.preview-pane iframe').locator('h1').waitFor();
  await look(page, 'with preview');
  await page.getByLabel('Language').fill('english!');
  await page.getByLabel('Publication time').fill('2026-10-25T03:30');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.locator('.problems').waitFor();
  await look(page, 'faults');
  await page.getByLabel('Language').fill('');
  await page.getByLabel('Publication time').fill('');
  await page.getByLabel('Theme', { exact: true }).selectOption('World');
  await page.getByRole('button', { name: 'Publish now' }).click();
  await page.waitForURL(/done=/);
  await look(page, 'published');
  const address = new URL(page.url()).pathname;
  await look(page, 'corrections', `${address}/corrections`);
  await page.getByLabel('Correction', { exact: true }).fill(`${'word '.repeat(30)}\n\n${'x'.repeat(200)}`);
  await page.getByRole('button', { name: 'Publish the correction' }).click();
  await page.waitForURL(/done=/);
  await look(page, 'corrected');
  await page.getByRole('button', { name: 'Publish the correction' }).click();
  await page.locator('.problems').waitFor();
  await look(page, 'empty correction');
  await look(page, 'preview links', `${address}/previews`);
  await look(page, 'withdrawal of several', `/admin/bulk/withdrawal?article-${address.split('/').at(-1)}=1&article-999=1`);
  await look(page, 'withdrawal', `${address}/withdrawal`);
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await look(page, 'withdrawal without a reason');

  const other = await openSignedIn('Ben Example');
  await Promise.all([page.goto(url + address), other.goto(url + address)]);
  await other.getByLabel('Title').fill('Ben’s title');
  await other.getByRole('button', { name: 'Save without publishing' }).click();
  await other.waitForURL(/done=/);
  await page.getByLabel('Title').fill('Ada’s title');
  await page.getByRole('button', { name: 'Save without publishing' }).click();
  await page.getByRole('button', { name: 'Merge and review' }).waitFor();
  await look(page, 'conflict');
  await page.getByLabel('Your version', { exact: true }).check();
  await page.getByRole('button', { name: 'Merge and review' }).click();
  await page.waitForURL(/revision=/);
  await look(page, 'joined');
  await look(page, 'unsaved', address);
  await look(page, 'revisions', `${address}/revisions`);
  await page.getByRole('button', { name: 'Compare the selected revisions' }).click();
  await look(page, 'comparison');
  await look(page, 'pages', '/admin/pages');
  await look(page, 'page', '/admin/pages/1');
  await page.getByLabel('Title').fill('');
  await page.getByLabel('Address').fill('admin');
  await page.getByRole('button', { name: 'Save and publish' }).click();
  await look(page, 'page with problems');
  await look(page, 'deletion of a page', '/admin/pages/1/deletion');
  await look(page, 'settings', '/admin/settings');
  await page.getByLabel('Language').fill('english!');
  await page.getByLabel('Address of account 1').fill('x');
  await page.getByRole('button', { name: 'Save the settings' }).click();
  await look(page, 'settings with problems');
  await look(page, 'account', '/admin/account');
  await look(page, 'audit log', '/admin/audit-log');
  await look(page, 'authenticator app', '/admin/account/totp');
  await page.getByLabel('Code from the app').fill('000000');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await look(page, 'wrong first code');
  await page.getByLabel('Code from the app').fill(totpCode(await page.locator('[name="secret"]').inputValue(), site.time.now));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.waitForURL(/totp$/);
  await look(page, 'recovery codes');
  for (const path of ['/admin/account', '/admin/account/totp/removal', '/admin/account/passkeys/new']) await look(page, path, path);
  await stranger.goto(`${url}/admin/sign-in`);
  await stranger.getByLabel('Email').fill((await page.locator('input[autocomplete="username"]').getAttribute('value')) ?? '');
  await stranger.getByLabel('Password').fill(password);
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await stranger.getByLabel('Code').waitFor();
  await look(stranger, 'second step');
  await look(page, 'editors', '/admin/editors');
  await page.getByLabel('Name').fill('Bob Example');
  await page.getByLabel('Email').fill('bob');
  await page.getByRole('radio', { name: 'Contributor' }).check();
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('alert').waitFor();
  await look(page, 'invitation refused');
  await page.getByLabel('Email').fill(`${'bob'.repeat(30)}@news.example`);
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('Link for choosing a password').waitFor();
  await look(page, 'invitation');
  await page.getByRole('link', { name: 'Account of Bob Example' }).click();
  await look(page, 'editor');
  await look(stranger, 'forgotten password', '/admin/forgotten-password');
  await look(page, 'not found', '/admin/nothing');
  expect(found).toEqual([]);
  expect((await page.context().cookies()).map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([{ name: '__Host-session', httpOnly: true, sameSite: 'Lax' }, { name: '__Host-device', httpOnly: true, sameSite: 'Strict' }]);
  expect(pageErrors.filter((error) => !error.includes('status of 404'))).toEqual([]);
});
