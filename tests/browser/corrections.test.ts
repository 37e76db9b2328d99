import { expect, test } from 'vitest';
import { addArticle, now } from '../support/test-site.ts';
import { axeFaults } from './axe.ts';
import { sharedBrowser } from './browser.ts';
import { openNewsroom } from './newsroom.ts';

const browser = await sharedBrowser();

test('an editor corrects an article from its form, reading its text beside the correction, and readers see both, without JavaScript', async () => {
  const { site, url, open, openSignedIn, pageErrors } = await openNewsroom(browser);
  const { id } = await addArticle(site, { title: 'Storm', standfirst: 'A standfirst', slug: 'storm', body: `${'word '.repeat(2000)}\n\n${'x'.repeat(200)}`, publishedAt: now - 60_000 });
  const page = await openSignedIn('Ada Example', 'editor', { javaScriptEnabled: false });
  await page.goto(`${url}/admin/articles/${id}`);
  await page.getByLabel('Body', { exact: true }).fill('The harbour was closed for two days.');
  await page.getByRole('button', { name: 'Update' }).click();
  await page.getByRole('link', { name: 'Corrections' }).click();
  await page.getByRole('button', { name: 'Publish the correction' }).click();
  await page.getByRole('link', { name: 'Enter the correction.' }).click();
  await page.getByLabel('Correction', { exact: true }).fill('It was closed for two days, not for three.');
  await page.getByRole('button', { name: 'Publish the correction' }).click();
  await page.getByRole('status').getByRole('link', { name: 'View the article' }).click();
  await page.getByRole('link', { name: 'corrected on 23 March 2025' }).click();
  await expect.poll(async () => page.locator('#corrections').innerText()).toContain('It was closed for two days, not for three.');

  const reader = await open({ colorScheme: 'dark' });
  const found: string[] = [];
  for (const path of ['/articles/storm', '/articles/storm/history', '/corrections']) {
    await reader.goto(url + path);
    found.push(...(await axeFaults(reader, path)));
  }
  expect([...found, ...pageErrors]).toEqual([]);
});

test('beside the form, a long text scrolls within itself on wide screens and follows the form on narrow ones', async () => {
  const { site, url, openSignedIn } = await openNewsroom(browser);
  const { id } = await addArticle(site, { title: 'Storm', body: 'word '.repeat(5000), publishedAt: now - 60_000 });
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/${id}/corrections`);
  const form = page.locator('.correcting form');
  const text = page.locator('.article-text');
  const boxes = async () => [await form.boundingBox(), await text.boundingBox()].map((box) => ({ x: box?.x ?? 0, y: box?.y ?? 0, height: box?.height ?? 0 }));

  const [wideForm, wideText] = await boxes();
  expect([wideText?.y === wideForm?.y, (wideText?.height ?? 0) < 900]).toEqual([true, true]);
  await text.focus();
  await page.keyboard.press('End');
  await expect.poll(async () => text.evaluate((element) => element.scrollTop)).toBeGreaterThan(1000);

  await page.setViewportSize({ width: 390, height: 900 });
  const [narrowForm, narrowText] = await boxes();
  expect([narrowText?.x === narrowForm?.x, (narrowText?.y ?? 0) > (narrowForm?.y ?? 0), (narrowText?.height ?? 0) > 900]).toEqual([true, true, true]);
});
