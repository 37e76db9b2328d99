import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeStoryline, placesOf, storeRelated } from '../support/storylines.ts';
import { addArticle, now } from '../support/test-site.ts';
import { axeFaults } from './axe.ts';
import { sharedBrowser } from './browser.ts';
import { openNewsroom } from './newsroom.ts';

const browser = await sharedBrowser();

/** The violations that axe reports, and the widths at which the page scrolls sideways, in either direction of writing. */
async function faults(page: Page, name: string): Promise<string[]> {
  const found = await axeFaults(page, name);
  for (const dir of ['rtl', 'ltr']) {
    await page.evaluate((value) => document.documentElement.setAttribute('dir', value), dir);
    for (const width of [320, 390, 768, 1440, 2000]) {
      await page.setViewportSize({ width, height: 900 });
      if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) found.push(`${name} scrolls sideways at ${width} px, ${dir}`);
    }
  }
  return found;
}

test('an editor moves an article from the form, joins and splits its storyline, and pins a related article, with the keyboard and without JavaScript', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const ids: number[] = [];
  for (const title of ['Flood in the valley', 'Flood recedes', `A ${'very'.repeat(30)} long title about a flood`, 'Elections']) ids.push((await addArticle(site, { title, publishedAt: now - 60_000 })).id);
  const [one = 0, two = 0, three = 0, four = 0] = ids;
  const flood = await makeStoryline(site, [one, two], 'The flood');
  await storeRelated(site, three, [{ id: four, relevance: 0.3 }]);
  const [page, dark] = [await openSignedIn('Ada Example', 'editor', { javaScriptEnabled: false }), await openSignedIn('Ben Example', 'editor', { colorScheme: 'dark' })];
  const found: string[] = [];
  const look = async (name: string) => {
    await dark.goto(page.url());
    found.push(...(await faults(dark, name)));
  };
  const press = async (role: 'link' | 'button', name: string | RegExp) => {
    await page.getByRole(role, { name }).focus();
    await page.keyboard.press('Enter');
  };

  await page.goto(`${url}/admin/articles/${three}`);
  await press('link', 'Change the storyline');
  await page.getByLabel('Search for articles').fill('valley');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'The flood' }).focus();
  await page.keyboard.press('Space');
  await look('place');
  await press('button', 'Move the article');
  await page.getByText('Moved.').waitFor();
  await press('link', 'The flood');
  await page.getByRole('heading', { name: 'The flood', level: 1 }).waitFor();
  await page.getByLabel('Search for articles').fill('elections');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'Elections' }).check();
  await look('storyline');
  await press('button', 'Add to this storyline');
  await page.getByText('Joined.').waitFor();
  for (const title of ['Elections', 'Flood recedes']) await page.getByRole('checkbox', { name: title }).check();
  await page.getByLabel('Name of the new storyline').fill('The vote');
  await press('button', 'Move the ticked articles');
  await page.getByText('Split.').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('The vote');
  expect(await placesOf(site)).toMatchObject({ [one]: `${flood}`, [two]: `${flood + 1}*`, [three]: `${flood}*`, [four]: `${flood + 1}*` });

  await page.goto(`${url}/admin/articles/${three}`);
  await look('form');
  await press('link', 'None pinned, none hidden');
  await press('button', 'Pin: Elections');
  await page.getByText('Pinned, in this order.').waitFor();
  // The Tab key continues at the article.
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Elections');
  await look('related');
  expect([found, pageErrors]).toEqual([[], []]);
});
