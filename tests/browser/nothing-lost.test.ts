import { sql } from 'kysely';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { password } from '../support/admin.ts';
import { launchBrowser } from './browser.ts';
import { keptTitles, openNewsroom, says, signInAs } from './newsroom.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const title = (page: Page) => page.getByLabel('Title');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const keptHere = (page: Page) => page.evaluate(() => Object.keys(localStorage).length);
const offers = (page: Page) => page.getByText(/did not save it|did not reach the server/).count();

/** Waits until no script of the page asks anything of the server any more. */
const settled = (page: Page) => page.waitForLoadState('networkidle');

/** Begins an article, saves it and opens it at its address, which is returned: what a later save leads to differs from that. */
async function saveArticle(page: Page, url: string, text = 'Saved'): Promise<string> {
  await page.goto(`${url}/admin/articles/new`);
  await title(page).fill(text);
  await press(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  const address = page.url().replace(/\?.*/, '');
  await page.goto(address);
  return address;
}

test('who types without a pause has it on the server every few seconds', async () => {
  const { site, url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await title(page).pressSequentially('without a pause, for more than five seconds', { delay: 160 });
  expect((await keptTitles(site)).length).toBeGreaterThan(0);
  await says(page, /kept on the server \(\d\d:\d\d:\d\d\)/);
  await vi.waitFor(async () => expect((await keptTitles(site)).at(-1)).toBe('without a pause, for more than five seconds'), { timeout: 10_000 });
  expect(complaints).toEqual([]);
});

test('what was typed a moment before the page is left reaches the server', async () => {
  const { site, url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await title(page).pressSequentially('Left at once');
  await page.goto(`${url}/admin/articles`);
  await vi.waitFor(async () => expect(await keptTitles(site)).toContain('Left at once'), { timeout: 10_000 });
  await settled(page);
  expect(await keptHere(page)).toBe(0);
  expect(complaints).toEqual([]);
});

test('a text that is saved is not offered again, though it was on its way as it was sent', async () => {
  const { site, url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  const address = await saveArticle(page, url);
  await page.route('**/autosave', async (route) => {
    await new Promise((resolve) => {
      setTimeout(resolve, 1000);
    });
    await route.continue().catch(() => undefined);
  });
  await Promise.all([page.waitForRequest(/autosave/), title(page).fill('Half')]);
  await title(page).fill('Half and half');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/done=draft/);
  await page.unroute('**/autosave');
  await settled(page);
  await page.goto(address);
  await settled(page);
  expect(await title(page).inputValue()).toBe('Half and half');
  expect(await offers(page)).toBe(0);
  expect(await keptHere(page)).toBe(0);
  expect((await keptTitles(site)).at(-1)).toBe('Half and half');
  expect(complaints).toEqual([]);
});

test('what is typed while a save is on its way is offered afterwards', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await saveArticle(page, url);
  await page.route('**/draft', async (route) => {
    await new Promise((resolve) => {
      setTimeout(resolve, 1000);
    });
    await route.continue();
  });
  await title(page).fill('Sent');
  await page.keyboard.press('Control+s');
  await page.keyboard.type(' and more');
  await page.waitForURL(/done=draft/);
  await page.locator('.differences').getByText('and more').waitFor();
  expect(complaints).toEqual([]);
});

test('while the server’s disk is full, the page says so, keeps the text, and saves it once there is room', async () => {
  const { url, signedIn, site: { context: { db } } } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await sql.raw('pragma max_page_count = 1').execute(db.writer);
  await title(page).fill('On a full disk');
  await page.locator('textarea[name=body]').fill('Text that must not be lost. '.repeat(40_000));
  await says(page, /disk is full.*kept in this browser/);
  expect(await title(page).inputValue()).toBe('On a full disk');
  await sql.raw('pragma max_page_count = 4294967294').execute(db.writer);
  await says(page, /kept on the server/);
  await settled(page);
  expect(await keptHere(page)).toBe(0);
});

test('while the server cannot be reached, a button leaves the page as it is; once it can, it does what it says', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await page.context().setOffline(true);
  await title(page).fill('Offline');
  await says(page, /cannot be reached.*kept in this browser/);
  await press(page, 'Save draft');
  await says(page, /cannot be reached.*kept in this browser/);
  expect(await title(page).inputValue()).toBe('Offline');
  await page.context().setOffline(false);
  await press(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  await settled(page);
  expect(await keptHere(page)).toBe(0);
  expect(complaints).toEqual([]);
});

test.each([
  ['refuses to keep anything', () => Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })],
  ['is full', () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }],
])('in a browser that %s everything else works, and the page says so', async (_how, breakStorage) => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.addInitScript(breakStorage);
  await page.goto(`${url}/admin/articles/new`);
  expect(await page.locator('markdown-toolbar').isVisible()).toBe(true);
  await title(page).fill('Kept');
  await says(page, /kept on the server/);
  await page.context().setOffline(true);
  await title(page).fill('Nowhere');
  await says(page, /leave the page open/);
  await page.context().setOffline(false);
  await press(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  expect(await title(page).inputValue()).toBe('Nowhere');
  expect(complaints).toEqual([]);
});

test('two windows of one editor on one article lose neither’s text', async () => {
  const { site, url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  const address = await saveArticle(page, url);
  const other = await page.context().newPage();
  await Promise.all([page.goto(address), other.goto(address)]);
  await page.context().setOffline(true);
  await title(page).fill('In one window');
  await title(other).fill('In another window');
  await Promise.all([says(page, /kept in this browser/), says(other, /kept in this browser/)]);
  await page.close();
  await other.context().setOffline(false);
  await says(other, /kept on the server/);
  await other.goto(`${url}/admin/articles`);
  await other.getByText('did not reach the server').waitFor();
  expect(await keptTitles(site)).toEqual(expect.arrayContaining(['In one window', 'In another window']));
  expect(await keptHere(other)).toBe(0);
  expect(complaints).toEqual([]);
});

test('what one editor typed is brought to the server for no other one at the same browser', async () => {
  const { site, url, signedIn, complaints } = await openNewsroom(browser);
  const ada = await signedIn('Ada Example');
  const [{ email }] = await site.context.db.reader.selectFrom('editor').select('email').where('name', '=', 'Ada Example').execute() as [{ email: string }];
  const ben = await signedIn('Ben Example');
  const cookies = await ben.context().cookies();
  await ada.goto(`${url}/admin/articles/new`);
  await ada.context().setOffline(true);
  await title(ada).fill('Ada’s own');
  await says(ada, /kept in this browser/);
  const browserOfBoth: BrowserContext = ada.context();
  await ada.close();
  await browserOfBoth.setOffline(false);
  await browserOfBoth.addCookies(cookies);
  const page = await browserOfBoth.newPage();
  await page.goto(`${url}/admin/articles`);
  await settled(page);
  expect(await page.locator('.desk-editor').textContent()).toContain('Ben Example');
  expect(await offers(page)).toBe(0);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signInAs(page, url, email);
  await page.getByRole('link', { name: 'Open it' }).click();
  expect(await title(page).inputValue()).toBe('Ada’s own');
  expect(complaints).toEqual([]);
});

test('published with an address and a time that the server wrote down, a text is not offered again', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  for (const time of ['', '2099-01-01T06:00']) {
    await page.goto(`${url}/admin/articles/new`);
    await title(page).fill('At once');
    await page.getByLabel('Theme').fill('World');
    await page.getByLabel('Publication time').fill(time);
    if (time) {
      await page.getByRole('button', { name: /^Schedule/ }).click();
      await page.waitForURL(/done=schedule/);
    }
    await press(page, 'Publish now');
    await page.waitForURL(/done=publication/);
    await settled(page);
    expect(await offers(page)).toBe(0);
    expect(await keptHere(page)).toBe(0);
  }
  expect(complaints).toEqual([]);
});

test('the time alone that was changed and not sent is not taken for what was published', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await title(page).fill('At once');
  await page.getByLabel('Theme').fill('World');
  await press(page, 'Publish now');
  await page.waitForURL(/done=publication/);
  await page.context().setOffline(true);
  await page.getByLabel('Publication time').fill('2025-03-20T06:00');
  await says(page, /kept in this browser/);
  await page.context().setOffline(false);
  await page.reload();
  await page.locator('.differences').getByText('Publication time').waitFor();
  expect(complaints).toEqual([]);
});

test('pressed twice, a button publishes once', async () => {
  const { site, url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await title(page).fill('Once');
  await page.getByLabel('Theme').fill('World');
  await page.getByRole('button', { name: 'Publish now' }).dblclick();
  await page.waitForURL(/done=/);
  await settled(page);
  const articles = await site.context.db.reader.selectFrom('article').select('slug').where('title', '=', 'Once').execute();
  expect(articles).toEqual([{ slug: 'once' }]);
  expect(await offers(page)).toBe(0);
  expect(complaints).toEqual([]);
});

test('who goes back after saving has what was saved, and is not at odds with themselves', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  const address = await saveArticle(page, url);
  await title(page).fill('Saved again');
  await press(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  await page.goBack();
  await page.waitForURL(address);
  await settled(page);
  expect(await title(page).inputValue()).toBe('Saved again');
  await title(page).fill('And again');
  await press(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  expect(await title(page).inputValue()).toBe('And again');
  expect(complaints).toEqual([]);
});

test('a page that the browser shows again as it was left is loaded anew, with what was typed', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(await saveArticle(page, url));
  await title(page).fill('Not sent yet');
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))]);
  await page.locator('.differences').getByText('Not sent yet').waitFor();
  await settled(page);
  expect(await keptHere(page)).toBe(0);
  expect(complaints).toEqual([]);
});

test('a new article’s page, reloaded, is the article’s with what was typed', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await title(page).fill('Begun');
  await says(page, /kept on the server/);
  await page.reload();
  expect(page.url()).toMatch(/\/admin\/articles\/\d+$/);
  expect(await title(page).inputValue()).toBe('Begun');
  await settled(page);
  expect(await keptHere(page)).toBe(0);
  expect(complaints).toEqual([]);
});

test('a form that came back with its faults can be reloaded, and has what was typed', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await title(page).fill('Faulty');
  await page.getByLabel('Language').fill('english!');
  await press(page, 'Save draft');
  await page.locator('.problems').waitFor();
  await page.reload();
  expect(await title(page).inputValue()).toBe('Faulty');
  expect(await page.getByLabel('Language').inputValue()).toBe('english!');
  expect(complaints).toEqual([]);
});

test('a draft that somebody else deletes lives on as what is being typed', async () => {
  const { url, signedIn } = await openNewsroom(browser);
  const [ada, ben] = [await signedIn('Ada Example'), await signedIn('Ben Example')];
  const address = await saveArticle(ada, url);
  await ben.goto(`${address}/deletion`);
  await press(ben, 'Delete it for good');
  await ben.waitForURL(/done=deletion/);
  await title(ada).fill('Still here');
  await says(ada, /kept on the server/);
  await ada.reload();
  expect(await title(ada).inputValue()).toBe('Still here');
});

test('a session that is gone: the page says where the text is, and signing in elsewhere brings it to the server', async () => {
  const { site, url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  const { email } = await site.context.db.reader.selectFrom('editor').select('email').where('name', '=', 'Ada Example').executeTakeFirstOrThrow();
  const endSession = () => site.context.db.writer.deleteFrom('session').execute();
  await page.goto(`${url}/admin/articles/new`);
  await endSession();
  await title(page).fill('Gone');
  await says(page, /signed out.*kept in this browser/);
  const [other] = await Promise.all([page.context().waitForEvent('page'), page.locator('[data-save-state]').getByRole('link', { name: 'Sign in' }).click()]);
  await other.getByLabel('E-mail').fill(email);
  await other.getByLabel('Password').fill(password);
  await press(other, 'Sign in');
  await other.waitForURL(/\/admin\/(?!sign-in)/);
  await other.close();
  await says(page, /kept on the server/);
  await vi.waitFor(async () => expect(await keptHere(page)).toBe(0));

  await endSession();
  await title(page).fill('Gone again');
  await press(page, 'Save draft');
  await page.getByText('comes along when you sign in').waitFor();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await press(page, 'Sign in');
  await page.waitForURL(/\/admin\/articles\/\d+$/);
  expect(await title(page).inputValue()).toBe('Gone again');
  await settled(page);
  expect(await keptHere(page)).toBe(0);
  expect(await keptTitles(site)).toEqual(['Gone', 'Gone again']);
  expect(complaints).toEqual([]);
});

test('a contributor whose article has gone out meanwhile is told so, and has the text to copy', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const [carla, ben] = [await signedIn('Carla Example', 'contributor'), await signedIn('Ben Example')];
  await carla.goto(`${url}/admin/articles/new`);
  await title(carla).fill('Handed in');
  await carla.getByLabel('Theme').fill('World');
  await press(carla, 'Hand in for review');
  await carla.waitForURL(/done=submission/);
  await ben.goto(carla.url().replace(/\?.*/, ''));
  await press(ben, 'Publish now');
  await ben.waitForURL(/done=publication/);
  await title(carla).fill('Changed too late');
  await says(carla, /kept among the article’s revisions/);
  await press(carla, 'Save draft');
  await carla.getByRole('heading', { name: 'Your text could not be taken' }).waitFor();
  expect(await title(carla).inputValue()).toBe('Changed too late');
  expect(complaints.filter((complaint) => !complaint.includes('status of 403'))).toEqual([]);
});
