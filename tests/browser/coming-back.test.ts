import { expect, test, vi } from 'vitest';
import { password } from '../support/admin.ts';
import { sharedBrowser } from './browser.ts';
import { countLocalStorageKeys, receivedTitles, openNewsroom, clickButton, saveArticle, waitForSaveState, waitForNetworkIdle, titleField } from './newsroom.ts';

const browser = await sharedBrowser();

test('going back after saving shows the saved text, and saving again causes no conflict', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  const address = await saveArticle(page, url);
  await titleField(page).fill('Saved again');
  await clickButton(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  await page.goBack();
  await page.waitForURL(address);
  await waitForNetworkIdle(page);
  expect(await titleField(page).inputValue()).toBe('Saved again');
  await titleField(page).fill('And again');
  await clickButton(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  expect(await titleField(page).inputValue()).toBe('And again');
  expect(pageErrors).toEqual([]);
});

test('a page restored from the back/forward cache is reloaded and offers the unsaved text', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(await saveArticle(page, url));
  await titleField(page).fill('Not sent yet');
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))]);
  await page.locator('.differences').getByText('Not sent yet').waitFor();
  await waitForNetworkIdle(page);
  expect(await countLocalStorageKeys(page)).toBe(0);
  expect(pageErrors).toEqual([]);
});

test('reloading the page of a new article opens the article with what was typed', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).fill('Begun');
  await waitForSaveState(page, /saved on the server/);
  await page.reload();
  expect(page.url()).toMatch(/\/admin\/articles\/\d+$/);
  expect(await titleField(page).inputValue()).toBe('Begun');
  await waitForNetworkIdle(page);
  expect(await countLocalStorageKeys(page)).toBe(0);
  expect(pageErrors).toEqual([]);
});

test('a form that came back with problems can be reloaded without losing what was typed', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).fill('Faulty');
  await page.getByLabel('Language').fill('english!');
  await clickButton(page, 'Save draft');
  await page.locator('.problems').waitFor();
  await page.reload();
  expect(await titleField(page).inputValue()).toBe('Faulty');
  expect(await page.getByLabel('Language').inputValue()).toBe('english!');
  expect(pageErrors).toEqual([]);
});

test('a draft that is deleted while somebody edits it becomes a new draft', async () => {
  const { url, openSignedIn } = await openNewsroom(browser);
  const [ada, ben] = [await openSignedIn('Ada Example'), await openSignedIn('Ben Example')];
  const address = await saveArticle(ada, url);
  await ben.goto(`${address}/deletion`);
  await clickButton(ben, 'Delete permanently');
  await ben.waitForURL(/done=deletion/);
  await titleField(ada).fill('Still here');
  await waitForSaveState(ada, /Somebody deleted this draft while you were writing\. Your text has been kept as a new draft/);
  await ada.reload();
  expect(await titleField(ada).inputValue()).toBe('Still here');
});

test('a new article that was only autosaved before somebody deleted it says so, and is not published', async () => {
  const { url, openSignedIn } = await openNewsroom(browser);
  const [ada, ben] = [await openSignedIn('Ada Example'), await openSignedIn('Ben Example')];
  await ada.goto(`${url}/admin/articles/new`);
  await titleField(ada).fill('Never saved');
  await waitForSaveState(ada, /saved on the server/);
  await ben.goto(`${ada.url()}/deletion`);
  await clickButton(ben, 'Delete permanently');
  await ben.waitForURL(/done=deletion/);
  await titleField(ada).fill('Never saved, still here');
  await waitForSaveState(ada, /Somebody deleted this draft while you were writing/);
  await clickButton(ada, 'Publish now');
  await ada.getByText('Your text has been kept as a new draft, which is not published.').waitFor();
});

test('after the session ends, the page says where the text is, and signing in in another tab sends it to the server', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  const { email } = await site.context.db.reader.selectFrom('editor').select('email').where('name', '=', 'Ada Example').executeTakeFirstOrThrow();
  const endSession = () => site.context.db.writer.deleteFrom('session').execute();
  await page.goto(`${url}/admin/articles/new`);
  await endSession();
  await titleField(page).fill('Gone');
  await waitForSaveState(page, /signed out.*saved in this browser/);
  const [other] = await Promise.all([page.context().waitForEvent('page'), page.locator('[data-save-state]').getByRole('link', { name: 'Sign in' }).click()]);
  await other.getByLabel('Email').fill(email);
  await other.getByLabel('Password').fill(password);
  await clickButton(other, 'Sign in');
  await other.waitForURL(/\/admin\/(?!sign-in)/);
  await other.close();
  await waitForSaveState(page, /saved on the server/);
  await vi.waitFor(async () => expect(await countLocalStorageKeys(page)).toBe(0));

  await endSession();
  await titleField(page).fill('Gone again');
  await clickButton(page, 'Save draft');
  await page.getByText('will be sent when you sign in').waitFor();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await clickButton(page, 'Sign in');
  await page.waitForURL(/\/admin\/articles\/\d+\?done=sign-in$/);
  expect(await titleField(page).inputValue()).toBe('Gone again');
  await waitForNetworkIdle(page);
  expect(await countLocalStorageKeys(page)).toBe(0);
  expect(await receivedTitles(site)).toEqual(['Gone', 'Gone again']);
  expect(pageErrors).toEqual([]);
});

test('a contributor whose article was published while they edited it sees a message and can copy their text', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const [carla, ben] = [await openSignedIn('Carla Example', 'contributor'), await openSignedIn('Ben Example')];
  await carla.goto(`${url}/admin/articles/new`);
  await titleField(carla).fill('Handed in');
  await carla.getByLabel('Standfirst').fill('A standfirst');
  await carla.getByLabel('Theme', { exact: true }).selectOption('World');
  await clickButton(carla, 'Submit for review');
  await carla.waitForURL(/done=submission/);
  await ben.goto(carla.url().replace(/\?.*/, ''));
  await clickButton(ben, 'Publish now');
  await ben.waitForURL(/done=publication/);
  await titleField(carla).fill('Changed too late');
  await waitForSaveState(carla, /Your text is saved in the article’s revisions/);
  await clickButton(carla, 'Save draft');
  await carla.getByRole('heading', { name: 'Your text was not accepted' }).waitFor();
  expect(await titleField(carla).inputValue()).toBe('Changed too late');
  expect(pageErrors.filter((error) => !error.includes('status of 403'))).toEqual([]);
});
