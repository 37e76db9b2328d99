import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { write } from '../support/article-form.ts';
import { signIn } from '../support/admin.ts';
import { drawPhotograph } from '../support/photograph.ts';
import { storePicture } from '../support/pictures.ts';
import { stored, temporaryFolder } from '../support/test-site.ts';
import { axeFaults } from './axe.ts';
import { inEachLook, sharedBrowser } from './browser.ts';
import { openNewsroom } from './newsroom.ts';

const browser = await sharedBrowser();

async function photograph(seed: number, name = `${seed}.jpg`) {
  return { name, mimeType: 'image/jpeg', buffer: await drawPhotograph({ width: 400, height: 300, seed }) };
}

const uploads = (page: Page) => page.getByRole('region', { name: 'Uploads' }).getByRole('listitem');
const gridNames = async (page: Page) => page.locator('.picture-library .grid-name').allInnerTexts();

/** Drops files as a browser does. */
async function drop(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const data = await page.evaluateHandle((contents) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, base64 } of contents) transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name, { type: mimeType }));
    return transfer;
  }, files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') })));
  await page.locator('[data-drop]').dispatchEvent('drop', { dataTransfer: data });
}

test('files that are chosen or dropped are uploaded, each with its progress, and appear in the grid', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/pictures`);
  await page.getByText('There are no pictures yet.').waitFor();
  const held = Promise.withResolvers<void>();
  await page.route('**/admin/pictures', async (route) => {
    if (route.request().method() === 'POST') await held.promise;
    await route.continue();
  });
  await page.getByLabel('Files').setInputFiles([await photograph(1), await photograph(2), await photograph(3)]);
  await page.getByRole('progressbar', { name: 'Uploading 1.jpg' }).waitFor();
  expect(await uploads(page).nth(2).innerText()).toContain('Waiting');
  held.resolve();
  await drop(page, [await photograph(4), { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') }]);
  await uploads(page).filter({ hasText: '4.jpg' }).getByText('Uploaded').waitFor();
  await uploads(page).filter({ hasText: 'drawing.svg' }).getByText('not a picture in an accepted format').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.picture-library > li').length === 4);
  expect((await gridNames(page)).toSorted()).toEqual(['1.jpg', '2.jpg', '3.jpg', '4.jpg']);
  await drop(page, [await photograph(1, 'copy.jpg')]);
  await uploads(page).filter({ hasText: 'copy.jpg' }).getByText('Already in the library').waitFor();
  await uploads(page).filter({ hasText: '2.jpg' }).getByRole('link', { name: 'Open' }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('2.jpg');
  expect(pageErrors).toEqual([]);
});

test('an upload that fails says why, and can be tried again', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/pictures`);
  await page.route('**/admin/pictures', (route) => route.abort('connectionreset'));
  await page.getByLabel('Files').setInputFiles([await photograph(1)]);
  await uploads(page).getByText('The server can’t be reached.').waitFor();
  await page.unroute('**/admin/pictures');
  const { now } = site.time;
  site.time.now += 60 * 24 * 3_600_000;
  await page.getByRole('button', { name: 'Try again: 1.jpg' }).click();
  await uploads(page).getByText('You have been signed out.').waitFor();
  site.time.now = now;
  await page.getByRole('button', { name: 'Try again: 1.jpg' }).click();
  await uploads(page).getByText('Uploaded').waitFor();
  expect(await gridNames(page)).toEqual(['1.jpg']);
  const large = path.join(await temporaryFolder(), 'large.jpg');
  await writeFile(large, '');
  await truncate(large, 20 * 1024 * 1024 + 1);
  await page.getByLabel('Files').setInputFiles(large);
  await uploads(page).getByText('The file is larger than 20 MB.').waitFor();
  expect(await page.getByRole('button', { name: /^Try again/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Remove large.jpg' }).click();
  expect(await uploads(page).filter({ hasText: 'large.jpg' }).count()).toBe(0);
  expect(pageErrors).toEqual([]);
});

test('a file that is dropped beside the drop zone does not replace the page', async () => {
  const { url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/pictures`);
  const isPrevented = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.jpg'));
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector('h1')?.dispatchEvent(event);
    return event.defaultPrevented;
  });
  expect([isPrevented, await uploads(page).count()]).toEqual([true, 0]);
});

test('the focal point is set with the arrow keys, a click or numbers, and the crops follow', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const id = await storePicture(site, { width: 900, height: 600 });
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/pictures/${id}`);
  const area = page.getByRole('slider', { name: 'Focal point' });
  const square = page.getByRole('img', { name: 'Square' });
  const values = async () => [await page.getByLabel('From the left').inputValue(), await page.getByLabel('From the top').inputValue()];
  await area.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowRight']) await page.keyboard.press(key);
  expect([await values(), await area.getAttribute('aria-valuetext'), await square.getAttribute('viewBox')]).toEqual([['62', '59'], 'Focal point: 62 % from the left, 59 % from the top', '258 0 600 600']);
  for (let count = 0; count < 12; count += 1) await page.keyboard.press('Shift+ArrowLeft');
  expect(await values()).toEqual(['0', '59']);
  const box = await area.boundingBox();
  if (!box) throw new Error('The picture is not shown');
  await page.mouse.click(box.x + box.width * 0.75, box.y + box.height * 0.25);
  expect(await values()).toEqual(['75', '25']);
  await page.getByLabel('From the left').fill('100');
  expect(await square.getAttribute('viewBox')).toBe('300 0 600 600');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. Every page').waitFor();
  expect(await stored(site, 'select focus_x, focus_y from picture')).toEqual([{ focus_x: 100, focus_y: 25 }]);
  expect(pageErrors).toEqual([]);
});

test('the crops on the page are those that the server makes', async () => {
  const { site, url, openSignedIn } = await openNewsroom(browser);
  const id = await storePicture(site, { width: 401, height: 733 });
  const page = await openSignedIn('Ada Example');
  const views = async () => page.locator('[data-crop]').evaluateAll((crops) => crops.map((crop) => crop.getAttribute('viewBox')));
  for (const [x, y] of [['33', '71'], ['0', '100'], ['99', '1']] as const) {
    await page.goto(`${url}/admin/pictures/${id}`);
    await page.getByLabel('From the left').fill(x);
    await page.getByLabel('From the top').fill(y);
    const shown = await views();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Every page').waitFor();
    expect(await views()).toEqual(shown);
  }
});

test('the line to paste can be copied', async () => {
  const { site, url, openSignedIn } = await openNewsroom(browser);
  const id = await storePicture(site, { width: 300, height: 200 });
  const page = await openSignedIn('Ada Example', 'editor', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`${url}/admin/pictures/${id}`);
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`![](picture:${id})`);
});

test('without JavaScript, pictures are uploaded, described, cropped and deleted', async () => {
  const { site, url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example', 'editor', { javaScriptEnabled: false });
  await page.goto(`${url}/admin/pictures`);
  await page.getByLabel('Files').setInputFiles([await photograph(1), await photograph(2)]);
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.getByText('Describe each picture').waitFor();
  expect(await gridNames(page)).toEqual(['2.jpg', '1.jpg']);
  await page.getByRole('link', { name: '1.jpg' }).click();
  expect(await page.getByLabel('Line to paste').inputValue()).toBe('![](picture:1)');
  await page.getByLabel('Description', { exact: true }).fill('A valley');
  await page.getByLabel('From the left').fill('10');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. Every page').waitFor();
  expect(await page.getByRole('img', { name: 'Square' }).getAttribute('viewBox')).toBe('0 0 300 300');
  await page.getByRole('link', { name: 'Delete the picture…' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('The picture has been deleted.').waitFor();
  expect(await stored(site, 'select id from picture')).toEqual([{ id: 2 }]);
});

test('axe reports no violations on any page about pictures, and none scrolls sideways', { timeout: 180_000 }, async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  const found: string[] = [];
  let pages = 0;
  const look = async (name: string, path?: string) => {
    if (path !== undefined) await page.goto(url + path);
    await inEachLook(page, pages, async (shown) => {
      found.push(...(await axeFaults(page, `${name}, ${shown}`)));
    });
    for (const width of [320, 390, 768, 1440, 2000]) {
      await page.setViewportSize({ width, height: 900 });
      if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) found.push(`${name} scrolls sideways at ${width} px`);
    }
    pages += 1;
  };
  await look('empty library', '/admin/pictures');
  const described = await storePicture(site, { width: 900, height: 600, alt: `A ${'very '.repeat(60)}long description`, caption: 'A caption', fileName: 'x'.repeat(200) });
  const bare = await storePicture(site, { width: 300, height: 900, alt: '', fileName: 'x'.repeat(200) });
  const editor = await signIn(site, (await stored(site, 'select email from editor'))[0]?.['email'] as string);
  await write(editor, 'draft', { title: 'An article', picture: String(described) });
  await look('library', '/admin/pictures');
  await look('picture', `/admin/pictures/${described}`);
  await look('bare picture', `/admin/pictures/${bare}`);
  await look('in use', `/admin/pictures/${described}/deletion`);
  await look('deletion', `/admin/pictures/${bare}/deletion`);
  await page.goto(`${url}/admin/pictures`);
  await page.getByLabel('Files').setInputFiles([await photograph(7, `${'long'.repeat(40)}.jpg`), { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') }]);
  await uploads(page).getByText('Uploaded').waitFor();
  await uploads(page).getByRole('button').waitFor();
  await look('uploads');
  await page.goto(`${url}/admin/pictures/${bare}`);
  await page.getByLabel('Description', { exact: true }).fill('x'.repeat(1001));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.problems').waitFor();
  await look('problems');
  await page.getByLabel('Description', { exact: true }).fill('A tower');
  await editor.post(`/admin/pictures/${bare}/details`, { version: '1', alt: 'A lighthouse' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Somebody else changed this picture' }).waitFor();
  await look('conflict');
  expect(found).toEqual([]);
  expect(pageErrors).toEqual([]);
});
