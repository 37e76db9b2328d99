import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addArticle, now } from '../support/test-site.ts';
import { axeFaults } from './axe.ts';
import { inEachLook, sharedBrowser } from './browser.ts';
import { clickButton, openNewsroom, titleField, waitForSaveState } from './newsroom.ts';

const browser = await sharedBrowser();

const section = (page: Page, heading: string) => page.locator('.day-section').filter({ has: page.getByRole('heading', { name: heading }) });
const note = (page: Page) => page.getByLabel('Note for colleagues', { exact: true }).and(page.locator('textarea'));

/** The violations that axe reports at an address, and whether the page scrolls sideways. */
async function faultsAt(page: Page, address: string, number: number): Promise<string[]> {
  const faults: string[] = [];
  await page.goto(address);
  await inEachLook(page, number, async (look) => {
    faults.push(...(await axeFaults(page, `${address}, ${look}`)));
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) faults.push(`${address} scrolls sideways, ${look}`);
  });
  return faults;
}

test('a contributor hands in with a note, an editor sends the article back with another, and both find it on the dashboard', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const [eve, ada] = [await openSignedIn('Eve Example', 'contributor'), await openSignedIn('Ada Example')];
  await eve.goto(`${url}/admin/articles/new`);
  await titleField(eve).fill('The lighthouse');
  await eve.getByLabel('Theme', { exact: true }).selectOption('World');
  await note(eve).fill('The keeper has not called back.');
  // A note that was typed reaches the server like the text.
  await waitForSaveState(eve, /saved on the server/);
  await eve.reload();
  expect(await note(eve).inputValue()).toBe('The keeper has not called back.');
  await clickButton(eve, 'Submit for review');
  await eve.waitForURL(/done=submission/);

  await ada.goto(`${url}/admin`);
  expect(await section(ada, 'Waiting for review').innerText()).toContain('Eve Example: The keeper has not called back.');
  await section(ada, 'Waiting for review').getByRole('link', { name: 'The lighthouse' }).click();
  await note(ada).fill('He has: please add it.');
  await clickButton(ada, 'Send back to the author');
  await ada.getByText('Sent back to the author.').waitFor();
  await ada.getByText('One earlier note').click();
  expect(await ada.locator('.earlier-notes').innerText()).toContain('The keeper has not called back.');

  await eve.goto(`${url}/admin`);
  expect(await section(eve, 'Sent back to you').innerText()).toContain('Ada Example: He has: please add it.');
  await section(eve, 'Sent back to you').getByRole('link', { name: 'The lighthouse' }).click();
  expect([await note(eve).inputValue(), await eve.locator('.state-words').innerText()]).toEqual(['He has: please add it.', expect.stringMatching(/^Sent back on/)]);
  expect(pageErrors).toEqual([]);
});

test('a preview link that was given out is ended, and then shows nothing any more', async () => {
  const { url, open, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example', 'editor', { javaScriptEnabled: false });
  await page.goto(`${url}/admin/articles/1`);
  const [preview] = await Promise.all([page.context().waitForEvent('page'), clickButton(page, 'Preview in a new tab')]);
  await preview.waitForURL(/\/previews\//);
  const stranger = await open();
  expect((await stranger.goto(preview.url()))?.status()).toBe(200);
  await page.reload();
  await page.getByRole('link', { name: 'Preview links (1)' }).click();
  const faults = await faultsAt(await openSignedIn('Ben Example'), page.url(), 1);
  await page.getByRole('button', { name: /^End this link/ }).click();
  await page.getByText('The link no longer works.').waitFor();
  expect((await stranger.goto(preview.url()))?.status()).toBe(404);
  expect([faults, pageErrors.filter((error) => !error.includes('status of 404'))]).toEqual([[], []]);
});

test('a box ticks the boxes of all articles of a list, and says whether all, some or none are ticked', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles?theme=software`);
  const all = page.getByRole('checkbox', { name: 'Select all' });
  const boxes = page.locator('tbody input[type="checkbox"]');
  const state = () => all.evaluate((box) => ({ isChecked: (box as HTMLInputElement).checked, isIndeterminate: (box as HTMLInputElement).indeterminate }));
  await all.check();
  expect(await page.locator('tbody :checked').count()).toBe(await boxes.count());
  await boxes.first().uncheck();
  expect(await state()).toEqual({ isChecked: false, isIndeterminate: true });
  await all.check();
  // The Enter key only asks for the theme.
  await boxes.first().press('Enter');
  await page.getByRole('heading', { name: `Change the theme of 6 articles` }).waitFor();
  await page.goBack();
  expect(await state()).toEqual({ isChecked: true, isIndeterminate: false });
  await all.uncheck();
  expect(await page.locator('tbody :checked').count()).toBe(0);
  expect(pageErrors).toEqual([]);
});

test('an editor follows a count of the dashboard to its list, changes the theme of several articles and withdraws one, without JavaScript', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  for (const [title, minutes] of [['A scheduled one', 90], ['Another one', 60], [`A ${'very'.repeat(30)} long one`, 30]] as const) await addArticle(site, { title, theme: 'World', publishedAt: now + minutes * 60_000 });
  const [page, other] = [await openSignedIn('Ada Example', 'editor', { javaScriptEnabled: false }), await openSignedIn('Ben Example')];
  await page.goto(`${url}/admin`);
  const faults = await faultsAt(other, page.url(), 2);
  await page.getByRole('link', { name: 'Scheduled 3' }).click();
  expect(await page.locator('tbody tr').count()).toBe(3);
  await page.getByRole('link', { name: 'Select all' }).click();
  await page.getByRole('checkbox', { name: /^Select: A very/ }).uncheck();
  await clickButton(page, 'Change the theme…');
  faults.push(...(await faultsAt(other, page.url(), 1)));
  await clickButton(page, 'Change the theme of 2 articles');
  expect(await page.locator('.problem').innerText()).toBe('Choose the new theme.');
  await page.getByLabel('New theme').selectOption('Software');
  await clickButton(page, 'Change the theme of 2 articles');
  await page.getByText('2 articles now have the new theme.').waitFor();
  expect(await page.locator('tbody tr').filter({ hasText: 'Software' }).count()).toBe(2);

  await page.getByRole('link', { name: 'Published', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Select: A page on paper' }).check();
  faults.push(...(await faultsAt(other, page.url(), 3)));
  await clickButton(page, 'Withdraw…');
  faults.push(...(await faultsAt(other, page.url(), 0)));
  await clickButton(page, 'Withdraw one article');
  await page.getByLabel('Reason (readers will see it)').fill('A test.');
  await clickButton(page, 'Withdraw one article');
  await page.getByText('One article has been withdrawn.').waitFor();
  expect((await fetch(`${url}/articles/a-page-on-paper`)).status).toBe(410);
  expect([faults, pageErrors]).toEqual([[], []]);
});
