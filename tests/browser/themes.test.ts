import { expect, test } from 'vitest';
import { elements, text } from '../support/html.ts';
import { storePicture } from '../support/pictures.ts';
import { addArticle, stored } from '../support/test-site.ts';
import { sharedBrowser } from './browser.ts';
import { inspector } from './inspector.ts';
import { openNewsroom } from './newsroom.ts';

const browser = await sharedBrowser();

test('an editor adds, orders, hides, merges and deletes themes, with the keyboard and without JavaScript', async () => {
  const newsroom = await openNewsroom(browser);
  const { site, url, openSignedIn, pageErrors } = newsroom;
  await addArticle(site, { theme: `A ${'very'.repeat(20)} long theme` });
  const page = await openSignedIn('Ada Example', 'editor', { javaScriptEnabled: false });
  const { look, found } = await inspector(newsroom);
  const press = async (role: 'link' | 'button', name: string) => {
    await page.getByRole(role, { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  const navigation = async () => elements(await (await fetch(url)).text(), 'nav', { class: 'themes' }).map(text).join();

  await page.goto(`${url}/admin/themes`);
  await page.getByLabel('New theme').fill('Wrold');
  await page.keyboard.press('Enter');
  await page.getByText('Added.').waitFor();
  await look(page);
  await press('link', 'Delete this theme');
  await look(page);
  await press('button', 'Delete the theme');
  await page.getByText('Deleted.').waitFor();

  await press('button', 'Move up: Software');
  await page.getByText('The navigation has been changed.').waitFor();
  // The Tab key continues at the theme.
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Software');
  expect(await navigation()).toMatch(/^World Software Craft/);
  await look(page);
  await press('link', 'Craft');
  await page.getByLabel('Place in the navigation').selectOption({ label: 'Hidden: only under “More”' });
  await press('button', 'Set the place');
  await page.getByText('The navigation has been changed.').waitFor();
  expect(await navigation()).not.toContain('Craft');

  await page.getByLabel('Search for themes').fill('craf');
  await page.keyboard.press('Enter');
  await press('link', 'Craft');
  await page.getByLabel('Search by name').fill('soft');
  await page.keyboard.press('Enter');
  await press('link', 'Merge into “Software”');
  await page.getByText(/\d+ articles move from “Craft” to “Software”/).waitFor();
  await look(page);
  await press('button', 'Merge');
  await page.getByText('Merged.').waitFor();
  await page.goto(`${url}/themes/craft`);
  expect(new URL(page.url()).pathname).toBe('/themes/software');
  expect(await stored(site, "select name from theme where name in ('Craft', 'Wrold')")).toEqual([]);
  expect([found, pageErrors]).toEqual([[], []]);
});

test('an editor renames and describes a theme and chooses its picture, and the theme’s page shows all of it', async () => {
  const newsroom = await openNewsroom(browser);
  const { site, url, openSignedIn, pageErrors } = newsroom;
  await storePicture(site, { width: 1300, height: 400, alt: 'The earth at night' });
  const page = await openSignedIn('Ada Example');
  const { look, found } = await inspector(newsroom);

  await page.goto(`${url}/admin/themes`);
  await page.getByRole('link', { name: 'World', exact: true }).click();
  await page.getByRole('button', { name: 'Choose from the library' }).click();
  await page.getByRole('radio', { name: 'The earth at night' }).check();
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Software');
  await page.getByLabel('Description').fill('News from all countries.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('link', { name: /already a theme with this name/ }).click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('name');
  await page.getByLabel('Name', { exact: true }).fill('Abroad');
  await page.keyboard.press('Enter');
  await page.getByText('Saved.').waitFor();
  await look(page);
  await page.getByRole('link', { name: 'View the page that readers see' }).click();
  await page.getByRole('img', { name: 'The earth at night' }).waitFor();
  await page.getByText('News from all countries.').waitFor();
  expect([await page.getByRole('heading', { level: 1 }).innerText(), new URL(page.url()).pathname]).toEqual(['Abroad', '/themes/abroad']);
  await look(page);
  expect([found, pageErrors]).toEqual([[], []]);
});
