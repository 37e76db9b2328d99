import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { password } from '../support/admin.ts';
import { launchBrowser } from './browser.ts';
import { keptHere, keptTitles, openNewsroom, press, saveArticle, says, settled, titleField } from './newsroom.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('who goes back after saving has what was saved, and is not at odds with themselves', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  const address = await saveArticle(page, url);
  await titleField(page).fill('Saved again');
  await press(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  await page.goBack();
  await page.waitForURL(address);
  await settled(page);
  expect(await titleField(page).inputValue()).toBe('Saved again');
  await titleField(page).fill('And again');
  await press(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  expect(await titleField(page).inputValue()).toBe('And again');
  expect(complaints).toEqual([]);
});

test('a page that the browser shows again as it was left is loaded anew, with what was typed', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(await saveArticle(page, url));
  await titleField(page).fill('Not sent yet');
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
  await titleField(page).fill('Begun');
  await says(page, /kept on the server/);
  await page.reload();
  expect(page.url()).toMatch(/\/admin\/articles\/\d+$/);
  expect(await titleField(page).inputValue()).toBe('Begun');
  await settled(page);
  expect(await keptHere(page)).toBe(0);
  expect(complaints).toEqual([]);
});

test('a form that came back with its faults can be reloaded, and has what was typed', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).fill('Faulty');
  await page.getByLabel('Language').fill('english!');
  await press(page, 'Save draft');
  await page.locator('.problems').waitFor();
  await page.reload();
  expect(await titleField(page).inputValue()).toBe('Faulty');
  expect(await page.getByLabel('Language').inputValue()).toBe('english!');
  expect(complaints).toEqual([]);
});

test('a draft that somebody else deletes lives on as what is being typed', async () => {
  const { url, signedIn } = await openNewsroom(browser);
  const [ada, ben] = [await signedIn('Ada Example'), await signedIn('Ben Example')];
  const address = await saveArticle(ada, url);
  await ben.goto(`${address}/deletion`);
  await press(ben, 'Delete permanently');
  await ben.waitForURL(/done=deletion/);
  await titleField(ada).fill('Still here');
  await says(ada, /kept on the server/);
  await ada.reload();
  expect(await titleField(ada).inputValue()).toBe('Still here');
});

test('a session that is gone: the page says where the text is, and signing in elsewhere brings it to the server', async () => {
  const { site, url, signedIn, complaints } = await openNewsroom(browser);
  const page = await signedIn('Ada Example');
  const { email } = await site.context.db.reader.selectFrom('editor').select('email').where('name', '=', 'Ada Example').executeTakeFirstOrThrow();
  const endSession = () => site.context.db.writer.deleteFrom('session').execute();
  await page.goto(`${url}/admin/articles/new`);
  await endSession();
  await titleField(page).fill('Gone');
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
  await titleField(page).fill('Gone again');
  await press(page, 'Save draft');
  await page.getByText('comes along when you sign in').waitFor();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await press(page, 'Sign in');
  await page.waitForURL(/\/admin\/articles\/\d+$/);
  expect(await titleField(page).inputValue()).toBe('Gone again');
  await settled(page);
  expect(await keptHere(page)).toBe(0);
  expect(await keptTitles(site)).toEqual(['Gone', 'Gone again']);
  expect(complaints).toEqual([]);
});

test('a contributor whose article has gone out meanwhile is told so, and has the text to copy', async () => {
  const { url, signedIn, complaints } = await openNewsroom(browser);
  const [carla, ben] = [await signedIn('Carla Example', 'contributor'), await signedIn('Ben Example')];
  await carla.goto(`${url}/admin/articles/new`);
  await titleField(carla).fill('Handed in');
  await carla.getByLabel('Theme').fill('World');
  await press(carla, 'Submit for review');
  await carla.waitForURL(/done=submission/);
  await ben.goto(carla.url().replace(/\?.*/, ''));
  await press(ben, 'Publish now');
  await ben.waitForURL(/done=publication/);
  await titleField(carla).fill('Changed too late');
  await says(carla, /saved as a revision of the article/);
  await press(carla, 'Save draft');
  await carla.getByRole('heading', { name: 'Your text was not accepted' }).waitFor();
  expect(await titleField(carla).inputValue()).toBe('Changed too late');
  expect(complaints.filter((complaint) => !complaint.includes('status of 403'))).toEqual([]);
});
