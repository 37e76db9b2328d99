import { sql } from 'kysely';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { sharedBrowser } from './browser.ts';
import { countLocalStorageKeys, receivedTitles, openNewsroom, clickButton, saveArticle, waitForSaveState, waitForNetworkIdle, signInAs, titleField } from './newsroom.ts';

const browser = await sharedBrowser();

const offers = (page: Page) => page.getByText(/You have unsaved changes|did not reach the server/).count();

test('text typed without a pause is autosaved every few seconds', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).pressSequentially('without a pause, for more than five seconds', { delay: 160 });
  expect((await receivedTitles(site)).length).toBeGreaterThan(0);
  await waitForSaveState(page, /saved on the server \(\d\d:\d\d:\d\d\)/);
  await vi.waitFor(async () => expect((await receivedTitles(site)).at(-1)).toBe('without a pause, for more than five seconds'), { timeout: 10_000 });
  expect(pageErrors).toEqual([]);
});

test('text typed before the script has loaded is saved too', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  let loadScript = () => {};
  const isTyped = new Promise<void>((resolve) => {
    loadScript = resolve;
  });
  await page.route('**/admin-*.js', async (route) => {
    await isTyped;
    await route.continue();
  });
  await page.goto(`${url}/admin/articles/new`, { waitUntil: 'commit' });
  await titleField(page).fill('Typed at once');
  loadScript();
  await waitForSaveState(page, /saved on the server/);
  expect(await receivedTitles(site)).toEqual(expect.arrayContaining(['Typed at once']));
  expect(pageErrors).toEqual([]);
});

test('text typed just before leaving the page reaches the server', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).pressSequentially('Left at once');
  await page.goto(`${url}/admin/articles`);
  await vi.waitFor(async () => expect(await receivedTitles(site)).toContain('Left at once'), { timeout: 10_000 });
  await waitForNetworkIdle(page);
  expect(await countLocalStorageKeys(page)).toBe(0);
  expect(pageErrors).toEqual([]);
});

test('a saved text is not offered again if an autosave was in flight when it was saved', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  const address = await saveArticle(page, url);
  await page.route('**/autosave', async (route) => {
    await new Promise((resolve) => {
      setTimeout(resolve, 1000);
    });
    await route.continue().catch(() => undefined);
  });
  await Promise.all([page.waitForRequest(/autosave/), titleField(page).fill('Half')]);
  await titleField(page).fill('Half and half');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/done=draft/);
  await page.unroute('**/autosave');
  await waitForNetworkIdle(page);
  await page.goto(address);
  await waitForNetworkIdle(page);
  expect(await titleField(page).inputValue()).toBe('Half and half');
  expect(await offers(page)).toBe(0);
  expect(await countLocalStorageKeys(page)).toBe(0);
  expect((await receivedTitles(site)).at(-1)).toBe('Half and half');
  expect(pageErrors).toEqual([]);
});

test('text typed while a save is in flight is offered afterwards', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await saveArticle(page, url);
  await page.route('**/draft', async (route) => {
    await new Promise((resolve) => {
      setTimeout(resolve, 1000);
    });
    await route.continue();
  });
  await titleField(page).fill('Sent');
  await page.keyboard.press('Control+s');
  await page.keyboard.type(' and more');
  await page.waitForURL(/done=draft/);
  await page.locator('.differences').getByText('and more').waitFor();
  expect(pageErrors).toEqual([]);
});

test('while the server’s disk is full, the page says so and saves the text in the browser; it is sent once there is room', async () => {
  const { url, openSignedIn, site: { context: { db } } } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await sql.raw('pragma max_page_count = 1').execute(db.writer);
  await titleField(page).fill('On a full disk');
  await page.locator('textarea[name=body]').fill('Text that must not be lost. '.repeat(40_000));
  await waitForSaveState(page, /disk is full.*saved in this browser/);
  expect(await titleField(page).inputValue()).toBe('On a full disk');
  await sql.raw('pragma max_page_count = 4294967294').execute(db.writer);
  await waitForSaveState(page, /saved on the server/);
  await waitForNetworkIdle(page);
  expect(await countLocalStorageKeys(page)).toBe(0);
});

test('while the server can’t be reached, the save button leaves the page as it is; it works once the server is back', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await page.context().setOffline(true);
  await titleField(page).fill('Offline');
  await waitForSaveState(page, /can’t be reached.*saved in this browser/);
  await clickButton(page, 'Save draft');
  await waitForSaveState(page, /can’t be reached.*saved in this browser/);
  expect(await titleField(page).inputValue()).toBe('Offline');
  await page.context().setOffline(false);
  await clickButton(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  await waitForNetworkIdle(page);
  expect(await countLocalStorageKeys(page)).toBe(0);
  expect(pageErrors).toEqual([]);
});

test.each([
  ['blocks local storage', () => Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })],
  ['has no space left in local storage', () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }],
])('in a browser that %s, the page says so and everything else works', async (_how, breakStorage) => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.addInitScript(breakStorage);
  await page.goto(`${url}/admin/articles/new`);
  expect(await page.locator('markdown-toolbar').isVisible()).toBe(true);
  await titleField(page).fill('Kept');
  await waitForSaveState(page, /saved on the server/);
  await page.context().setOffline(true);
  await titleField(page).fill('Nowhere');
  await waitForSaveState(page, /leave this page open/);
  await page.context().setOffline(false);
  await clickButton(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  expect(await titleField(page).inputValue()).toBe('Nowhere');
  expect(pageErrors).toEqual([]);
});

test('one editor with an article open in two windows loses neither text', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  const address = await saveArticle(page, url);
  const other = await page.context().newPage();
  await Promise.all([page.goto(address), other.goto(address)]);
  await page.context().setOffline(true);
  await titleField(page).fill('In one window');
  await titleField(other).fill('In another window');
  await Promise.all([waitForSaveState(page, /saved in this browser/), waitForSaveState(other, /saved in this browser/)]);
  await page.close();
  await other.context().setOffline(false);
  await waitForSaveState(other, /saved on the server/);
  await other.goto(`${url}/admin/articles`);
  await other.getByText('did not reach the server').waitFor();
  expect(await receivedTitles(site)).toEqual(expect.arrayContaining(['In one window', 'In another window']));
  expect(await countLocalStorageKeys(other)).toBe(0);
  expect(pageErrors).toEqual([]);
});

test('text that one editor typed is not sent by another editor in the same browser', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const ada = await openSignedIn('Ada Example');
  const [{ email }] = await site.context.db.reader.selectFrom('editor').select('email').where('name', '=', 'Ada Example').execute() as [{ email: string }];
  const ben = await openSignedIn('Ben Example');
  const cookies = await ben.context().cookies();
  await ada.goto(`${url}/admin/articles/new`);
  await ada.context().setOffline(true);
  await titleField(ada).fill('Ada’s own');
  await waitForSaveState(ada, /saved in this browser/);
  const browserOfBoth: BrowserContext = ada.context();
  await ada.close();
  await browserOfBoth.setOffline(false);
  await browserOfBoth.addCookies(cookies);
  const page = await browserOfBoth.newPage();
  await page.goto(`${url}/admin/articles`);
  await waitForNetworkIdle(page);
  expect(await page.locator('.desk-editor').textContent()).toContain('Ben Example');
  expect(await offers(page)).toBe(0);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signInAs(page, url, email);
  await page.getByRole('link', { name: 'Open the article' }).click();
  expect(await titleField(page).inputValue()).toBe('Ada’s own');
  expect(pageErrors).toEqual([]);
});

test('a published text is not offered again because the server filled in its slug and time', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  for (const time of ['', '2099-01-01T06:00']) {
    await page.goto(`${url}/admin/articles/new`);
    await titleField(page).fill('At once');
    await page.getByLabel('Standfirst').fill('A standfirst');
    await page.getByLabel('Theme', { exact: true }).selectOption('World');
    await page.getByLabel('Publication time').fill(time);
    if (time) {
      await page.getByRole('button', { name: /^Schedule/ }).click();
      await page.waitForURL(/done=schedule/);
    }
    await clickButton(page, 'Publish now');
    await page.waitForURL(/done=publication/);
    await waitForNetworkIdle(page);
    expect(await offers(page)).toBe(0);
    expect(await countLocalStorageKeys(page)).toBe(0);
  }
  expect(pageErrors).toEqual([]);
});

test('an unsent change of only the publication time is offered again', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).fill('At once');
  await page.getByLabel('Standfirst').fill('A standfirst');
  await page.getByLabel('Theme', { exact: true }).selectOption('World');
  await clickButton(page, 'Publish now');
  await page.waitForURL(/done=publication/);
  await page.context().setOffline(true);
  await page.getByLabel('Publication time').fill('2025-03-20T06:00');
  await waitForSaveState(page, /saved in this browser/);
  await page.context().setOffline(false);
  await page.reload();
  await page.locator('.differences').getByText('Publication time').waitFor();
  expect(pageErrors).toEqual([]);
});

test('double-clicking the publish button publishes once', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).fill('Once');
  await page.getByLabel('Standfirst').fill('A standfirst');
  await page.getByLabel('Theme', { exact: true }).selectOption('World');
  await page.getByRole('button', { name: 'Publish now' }).dblclick();
  await page.waitForURL(/done=/);
  await waitForNetworkIdle(page);
  const articles = await site.context.db.reader.selectFrom('article').select('slug').where('title', '=', 'Once').execute();
  expect(articles).toEqual([{ slug: 'once' }]);
  expect(await offers(page)).toBe(0);
  expect(pageErrors).toEqual([]);
});
