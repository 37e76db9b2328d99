import type { Locator, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { drawPhotograph } from '../support/photograph.ts';
import { shortOrLong } from '../support/long.ts';
import { storePicture as storeAnyPicture } from '../support/pictures.ts';
import { stored, type TestSite } from '../support/test-site.ts';
import { axeFaults } from './axe.ts';
import { sharedBrowser } from './browser.ts';
import { clickButton, openNewsroom, signInAs, titleField, waitForSaveState, type Newsroom } from './newsroom.ts';

const browser = await sharedBrowser();
const photograph = await drawPhotograph({ width: 420, height: 280 });

/** Small, because drawing a large one takes seconds. */
const storePicture = (site: TestSite, details: Parameters<typeof storeAnyPicture>[1] = {}) => storeAnyPicture(site, { width: 480, height: 320, ...details });

const body = (page: Page) => page.getByLabel('Body', { exact: true });
const lead = (page: Page) => page.locator('[data-lead-picture]');
const number = (page: Page) => page.locator('[name="picture"]');

/** Opens the form of a new article. */
async function openForm(options: Parameters<Newsroom['openSignedIn']>[2] = {}): Promise<Newsroom & { page: Page }> {
  const newsroom = await openNewsroom(browser);
  const page = await newsroom.openSignedIn('Ada Example', 'editor', options);
  await page.goto(`${newsroom.url}/admin/articles/new`);
  return { ...newsroom, page };
}

interface NamedFile {
  name: string;
  content: Buffer;
}

/** Pastes or drops files as a browser does. */
async function give(target: Locator, type: 'paste' | 'drop', files: NamedFile[], { html = '', plain = '' } = {}): Promise<void> {
  const parts = files.map(({ name, content }) => ({ name, data: content.toString('base64') }));
  await target.evaluate((element, given) => {
    const data = new DataTransfer();
    for (const { name, data: encoded } of given.parts) data.items.add(new File([Uint8Array.from(atob(encoded), (byte) => byte.codePointAt(0) ?? 0)], name, { type: 'image/jpeg' }));
    if (given.html) data.setData('text/html', given.html);
    if (given.plain) data.setData('text/plain', given.plain);
    const options = { bubbles: true, cancelable: true };
    element.dispatchEvent(given.type === 'paste' ? new ClipboardEvent('paste', { ...options, clipboardData: data }) : new DragEvent('drop', { ...options, dataTransfer: data }));
  }, { parts, type, html, plain });
}

const harbour = (): NamedFile => ({ name: 'harbour.jpg', content: photograph });

/** Holds back all uploads until the returned function is called. */
async function holdUploads(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/admin/pictures', async (route) => {
    if (route.request().method() === 'POST') await promise;
    await route.continue();
  });
  return resolve;
}

async function pictureIds(site: TestSite): Promise<number[]> {
  return (await stored(site, 'select id from picture order by id')).map(({ id }) => Number(id));
}

async function latestForm(site: TestSite): Promise<Record<string, string>> {
  const [revision] = await stored(site, 'select form from revision order by id desc limit 1');
  return JSON.parse(String(revision?.['form']));
}

/** Waits until the server has stored a text with this field. */
async function waitForStored(site: TestSite, field: string, value: string | RegExp): Promise<void> {
  await vi.waitFor(async () => expect((await latestForm(site))[field]).toMatch(value), { timeout: 15_000 });
}

async function chooseFile(page: Page, button: string, files: NamedFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await clickButton(page, button);
  await (await chooser).setFiles(files.map(({ name, content }) => ({ name, mimeType: 'image/jpeg', buffer: content })));
}

test('a chosen lead picture uploads while its editor goes on typing, and is saved with the text', async () => {
  const { site, page, pageErrors } = await openForm();
  const release = await holdUploads(page);
  await chooseFile(page, 'Upload a picture', [harbour()]);
  await page.getByRole('progressbar', { name: 'Uploading harbour.jpg' }).waitFor();
  await titleField(page).fill('Typed meanwhile');
  await waitForSaveState(page, /saved on the server/);
  release();

  await lead(page).getByRole('img', { name: 'Picture 1' }).waitFor();
  expect(await page.getByRole('progressbar').count()).toBe(0);
  await lead(page).getByLabel('Description of the lead picture').fill('Ferries in the harbour');
  await waitForStored(site, 'picture', /^1$/);
  await clickButton(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  expect([await titleField(page).inputValue(), await number(page).inputValue()]).toEqual(['Typed meanwhile', '1']);
  await lead(page).getByText('Described as “Ferries in the harbour”').waitFor();
  const image = lead(page).getByRole('img', { name: 'Picture 1' });
  await vi.waitFor(async () => expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(300), { timeout: 15_000 });
  expect(pageErrors).toEqual([]);
});

test.each(shortOrLong(['paste'] as const, ['paste', 'drop'] as const))('a %s onto the lead picture uploads it; the same file again is the same picture', async (type) => {
  const { site, page, pageErrors } = await openForm();
  for (let time = 0; time < 2; time += 1) {
    await give(lead(page), type, [harbour()]);
    await lead(page).getByRole('img', { name: 'Picture 1' }).waitFor();
    await vi.waitFor(async () => expect(await page.getByRole('progressbar').count()).toBe(0), { timeout: 15_000 });
  }
  expect([await number(page).inputValue(), await pictureIds(site)]).toEqual(['1', [1]]);
  expect(pageErrors).toEqual([]);
});

test('replacing a lead picture drops the texts that described the former one, and can be undone', async () => {
  const { site, page } = await openForm();
  const id = await storePicture(site, { alt: 'A bridge' });
  await give(lead(page), 'drop', [harbour()]);
  await lead(page).getByRole('img', { name: 'Picture 2' }).waitFor();
  const alt = lead(page).getByLabel('Description of the lead picture');
  await alt.fill('Ferries in the harbour');
  await clickButton(page, 'Choose from the library');
  await page.getByRole('radio', { name: /A bridge/ }).check();
  await clickButton(page, 'Use this picture');
  await lead(page).getByText('Described as “A bridge”').waitFor();
  expect([await number(page).inputValue(), await alt.inputValue(), await alt.getAttribute('placeholder')]).toEqual([String(id), '', 'A bridge']);
  await clickButton(page, 'Undo');
  expect([await number(page).inputValue(), await alt.inputValue()]).toEqual(['2', 'Ferries in the harbour']);
  await clickButton(page, 'Remove the picture');
  expect(await number(page).inputValue()).toBe('');
  await clickButton(page, 'Undo');
  await lead(page).getByRole('img', { name: 'Picture 2' }).waitFor();
  await waitForStored(site, 'pictureAlt', 'Ferries in the harbour');
});

test('a picture that can’t be uploaded says why, and can be tried again', async () => {
  const { site, page } = await openForm();
  await page.context().setOffline(true);
  await give(lead(page), 'drop', [harbour()]);
  await lead(page).getByText('The server can’t be reached').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Try again: harbour.jpg' }).click();
  await lead(page).getByRole('img', { name: 'Picture 1' }).waitFor();

  await give(lead(page), 'drop', [{ name: 'notes.jpg', content: Buffer.from('Not a picture') }]);
  await page.getByRole('button', { name: 'Remove notes.jpg' }).filter({ hasText: 'Remove' }).waitFor();
  expect([await page.getByRole('button', { name: /^Try again/ }).count(), await page.getByRole('button', { name: 'Remove notes.jpg' }).evaluate((button) => button === document.activeElement)]).toEqual([0, true]);
  expect(await page.locator('.upload-row .problem').textContent()).toMatch(/JPEG/);
  await page.getByRole('button', { name: 'Remove notes.jpg' }).click();
  expect([await page.locator('.upload-row').count(), await number(page).inputValue(), await pictureIds(site)]).toEqual([0, '1', [1]]);

  // Made in the page, because sending so many bytes to the browser takes seconds.
  await lead(page).evaluate((element) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(21 * 1024 * 1024)], 'huge.jpg', { type: 'image/jpeg' }));
    element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  });
  await lead(page).getByText('larger than 20 MB').waitFor();
  expect(await page.getByRole('button', { name: /^Try again/ }).count()).toBe(0);
  await give(lead(page), 'drop', [{ name: 'empty.jpg', content: Buffer.alloc(0) }]);
  await lead(page).getByText('The file is empty').waitFor();
});

test('after the session has ended, an upload says so, and works again once the editor has signed in in another tab', async () => {
  const { site, url, page } = await openForm();
  await site.context.db.writer.deleteFrom('session').execute();
  await give(body(page), 'drop', [harbour()]);
  await page.locator('.upload-row').getByText('You have been signed out').waitFor();
  expect(await pictureIds(site)).toEqual([]);
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.locator('.upload-row').getByRole('link', { name: 'Sign in' }).click()]);
  const [editor] = await stored(site, "select email from editor where name = 'Ada Example'");
  await signInAs(tab, url, String(editor?.['email']));
  await page.getByRole('button', { name: 'Try again: harbour.jpg' }).click();
  await vi.waitFor(async () => expect(await body(page).inputValue()).toContain('](picture:1)'), { timeout: 15_000 });
});

test('a picture can be described for all articles without leaving the form', async () => {
  const { site, page, pageErrors } = await openForm();
  const id = await storePicture(site, { alt: '', credit: 'Ada' });
  await clickButton(page, 'Choose from the library');
  await page.getByRole('radio', { name: `Picture ${id}` }).check();
  await clickButton(page, 'Use this picture');
  await clickButton(page, 'Picture');
  await page.getByRole('radio', { name: `Picture ${id}` }).check();
  await clickButton(page, 'Use this picture');
  await titleField(page).fill('Typed before');

  await lead(page).getByRole('link', { name: 'Describe this picture for all articles' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Description', { exact: true }).fill('A bridge at dusk');
  await dialog.getByLabel('Credit').fill('x'.repeat(201));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Use at most 200 characters').waitFor();
  expect(await dialog.getByLabel('Description', { exact: true }).inputValue()).toBe('A bridge at dusk');
  // A colleague is faster.
  await site.context.db.writer.updateTable('picture').set({ version: 2, alt: 'Their bridge' }).where('id', '=', id).execute();
  await dialog.getByLabel('Credit').fill('Ada Example');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Their bridge').waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await lead(page).getByText('Described as “A bridge at dusk”').waitFor();

  await page.getByRole('region', { name: 'Pictures in the text' }).getByText('Described as “A bridge at dusk”').waitFor();
  expect(await lead(page).getByLabel('Description of the lead picture').getAttribute('placeholder')).toBe('A bridge at dusk');
  expect(await stored(site, 'select alt, credit from picture')).toEqual([{ alt: 'A bridge at dusk', credit: 'Ada Example' }]);
  expect(await titleField(page).inputValue()).toBe('Typed before');
  expect(pageErrors).toEqual([]);
});

test.each(shortOrLong(['drop'] as const, ['paste', 'drop'] as const))('a %s into the text puts the Markdown after the paragraph with the cursor, even if the text around it changes', async (type) => {
  const { site, page, pageErrors } = await openForm();
  const release = await holdUploads(page);
  await body(page).pressSequentially('First. Last.');
  await body(page).evaluate((area) => (area as HTMLTextAreaElement).setSelectionRange(6, 7));
  await give(body(page), type, [harbour()]);
  expect(await body(page).inputValue()).toBe('First. Last.\n\n![Uploading harbour.jpg…]()\n\n');
  await page.keyboard.type('After.');
  await body(page).evaluate((area) => (area as HTMLTextAreaElement).setSelectionRange(0, 0));
  await page.keyboard.type('Before. ');
  await waitForStored(site, 'body', /^Before\. First\./);
  expect((await latestForm(site))['body']).not.toContain('Uploading');

  await titleField(page).focus();
  release();
  await vi.waitFor(async () => expect(await body(page).inputValue()).toBe('Before. First. Last.\n\n![](picture:1)\n\nAfter.'), { timeout: 15_000 });
  expect(await titleField(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByRole('region', { name: 'Pictures in the text' }).getByText('has no description yet').waitFor();
  await waitForStored(site, 'body', /!\[\]\(picture:1\)/);
  expect(pageErrors).toEqual([]);
});

test('the list of the pictures in the text follows the text, and so do the problems of a refused publication', async () => {
  const { site, page, pageErrors } = await openForm();
  const [first, second, third] = [await storePicture(site, { alt: '' }), await storePicture(site, { alt: '', fileName: 'IMG_2.jpg' }), await storePicture(site, { alt: 'A bridge' })];
  const list = page.locator('[data-body-pictures] li');
  const expectList = async (...words: RegExp[]) => vi.waitFor(async () => expect(await list.allTextContents()).toEqual(words.map((each) => expect.stringMatching(each))), { timeout: 15_000 });
  await titleField(page).fill('Pictures');
  await page.getByLabel('Theme', { exact: true }).selectOption('World');
  await page.locator('[name="picture"]').evaluate((field, id) => Object.assign(field, { value: String(id) }), first);
  await body(page).pressSequentially(`![](picture:${first})`);
  await expectList(/Picture 1.*no description yet/);
  await body(page).fill(`![](picture:${second})\n\n![Again](picture:${second})\n\n![Bridge](picture:${third})\n\n![](picture:99)`);
  await expectList(/Picture 2: IMG_2\.jpg.*no description yet/, /Picture 3.*“Bridge”/, /Picture 99 is not/);

  await clickButton(page, 'Publish now');
  await page.locator('.problems').waitFor();
  const problems = page.locator('.problems li:visible');
  expect(await problems.count()).toBe(3);
  await lead(page).getByLabel('Description of the lead picture').fill('Peaks');
  await lead(page).getByText('Described as “Peaks”').waitFor();
  expect([await problems.count(), await lead(page).locator('.problem:visible').count()]).toEqual([2, 0]);
  await body(page).fill(`![One](picture:${second})\n\n![Again](picture:${second})\n\n![](picture:99)`);
  await expectList(/Picture 2.*“One”/, /Picture 99 is not/);
  expect([await page.locator('.problems h2').textContent(), await page.locator('#field_body_problem').innerText()]).toEqual(['Still to fix: 1', expect.stringMatching(/^There is no picture 99/)]);
  await body(page).fill(`![One](picture:${second})`);
  await expectList(/“One”/);
  expect([await page.locator('.problems').isVisible(), await page.locator('#field_body_problem').isVisible(), await body(page).getAttribute('aria-invalid')]).toEqual([false, false, null]);
  await body(page).fill(`![](picture:${second})\n\n![](picture:99)`);
  await expectList(/no description yet/, /Picture 99 is not/);
  expect([await page.locator('#field_body_problem').isVisible(), await body(page).getAttribute('aria-invalid')]).toEqual([true, 'true']);

  await list.first().getByRole('link').click();
  await page.getByRole('dialog').getByLabel('Description', { exact: true }).fill('Two');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expectList(/“Two”/, /Picture 99 is not/);
  expect(await page.locator('#field_body_problem').innerText()).toMatch(/^There is no picture 99/);
  expect(pageErrors).toEqual([]);
});

test('several pictures with one name are uploaded one after the other, each to its own place', async () => {
  const { page } = await openForm();
  const files = await Promise.all([2, 3].map(async (seed) => ({ name: 'image.png', content: await drawPhotograph({ width: 400, height: 300, seed }) })));
  const release = await holdUploads(page);
  await give(body(page), 'drop', files);
  expect(await body(page).inputValue()).toBe('![Uploading image.png…]()\n\n![Uploading image.png (2)…]()\n\n');
  release();
  await vi.waitFor(async () => expect(await body(page).inputValue()).toBe('![](picture:1)\n\n![](picture:2)\n\n'), { timeout: 15_000 });
});

const places: [cursor: string, text: string, expected: string][] = [
  ['inside a paragraph', 'One |two\nthree\n\nFour', 'One two\nthree\n\n![](picture:1)\n\nFour'],
  ['inside the last paragraph', 'One\n\nTw|o', 'One\n\nTwo\n\n![](picture:1)\n\n'],
  ['before a paragraph', 'One\n\n|Two', 'One\n\n![](picture:1)\n\nTwo'],
  ['on an empty line', 'One\n|\nTwo', 'One\n\n![](picture:1)\n\nTwo'],
  ['in a fenced code block with an empty line', '```js\none|\n\ntwo\n```\n\nThree', '```js\none\n\ntwo\n```\n\n![](picture:1)\n\nThree'],
  ['in a list whose items have paragraphs', '- o|ne\n\n  two\n\nThree', '- one\n\n  two\n\n![](picture:1)\n\nThree'],
];

test('a picture splits no block, and Ctrl+Z removes it, wherever the cursor is', async () => {
  const { site, page } = await openForm();
  await storePicture(site, { alt: 'A bridge' });
  for (const [cursor, marked, expected] of places) {
    const text = marked.replace('|', '');
    await body(page).fill(text);
    await body(page).evaluate((area, position) => (area as HTMLTextAreaElement).setSelectionRange(position, position), marked.indexOf('|'));
    await clickButton(page, 'Picture');
    await page.getByRole('radio', { name: /A bridge/ }).check();
    await clickButton(page, 'Use this picture');
    expect(await body(page).inputValue(), cursor).toBe(expected);
    await page.keyboard.press('Control+z');
    expect(await body(page).inputValue(), cursor).toBe(text);
  }
});

test('inserting a picture can be undone with the keyboard', async () => {
  const { site, page } = await openForm();
  await storePicture(site, { alt: 'A bridge' });
  await body(page).pressSequentially('Text');
  await clickButton(page, 'Picture');
  await page.getByRole('radio', { name: /A bridge/ }).check();
  await clickButton(page, 'Use this picture');
  expect(await body(page).inputValue()).toBe('Text\n\n![](picture:1)\n\n');
  await page.keyboard.press('Control+z');
  expect(await body(page).inputValue()).toBe('Text');
});

test('an article is saved only after its pictures have arrived, and never with a placeholder', async () => {
  const { site, page } = await openForm();
  const release = await holdUploads(page);
  await titleField(page).fill('Waiting');
  await give(body(page), 'drop', [harbour()]);
  await clickButton(page, 'Save draft');
  await page.getByText('Pictures are still uploading (1)').waitFor();
  release();
  await page.waitForURL(/done=draft/);
  expect(await body(page).inputValue()).toBe('![](picture:1)\n\n');

  await give(body(page), 'drop', [{ name: 'notes.txt', content: Buffer.from('Not a picture') }]);
  await page.getByRole('button', { name: 'Remove notes.txt' }).filter({ hasText: 'Remove' }).waitFor();
  await clickButton(page, 'Save draft');
  await page.getByText('Not saved yet: a file was refused').waitFor();
  expect(await page.getByRole('button', { name: 'Remove notes.txt' }).evaluate((button) => button === document.activeElement)).toBe(true);
  await page.goto(page.url().replace(/\?.*/, ''));
  expect(await body(page).inputValue()).not.toContain('Uploading');
  expect((await latestForm(site))['body']).not.toContain('Uploading');
});

test('giving an upload up removes its placeholder, and a save that waited for it goes on', async () => {
  const { page } = await openForm();
  await titleField(page).fill('Given up');
  await body(page).fill('One\n\nTwo');
  await body(page).evaluate((area) => (area as HTMLTextAreaElement).setSelectionRange(3, 3));
  await give(body(page), 'paste', [{ name: 'notes.txt', content: Buffer.from('Not a picture') }]);
  await page.getByRole('button', { name: 'Remove notes.txt' }).filter({ hasText: 'Remove' }).waitFor();
  await clickButton(page, 'Save draft');
  await page.getByText('Not saved yet: a file was refused').waitFor();
  await page.getByRole('button', { name: 'Remove notes.txt' }).click();
  await page.waitForURL(/done=draft/);
  expect(await body(page).inputValue()).toBe('One\n\nTwo');
});

test('formatted text stays text, even if its program adds a picture of it', async () => {
  const { page } = await openForm();
  await body(page).focus();
  await give(body(page), 'paste', [harbour()], { html: '<p>A <b>bold</b> word</p>', plain: 'A bold word' });
  expect(await body(page).inputValue()).toBe('A **bold** word');
  expect(await page.locator('.upload-row').count()).toBe(0);
});

test('the library in a dialog works by keyboard: search, arrow keys, Enter', async () => {
  const { site, page, pageErrors } = await openForm();
  for (const alt of ['A bridge', '', 'A bridge at night']) await storePicture(site, { alt, fileName: 'IMG_1.jpg' });
  await body(page).fill('Text');
  await page.getByRole('button', { name: 'Picture', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('radio').nth(2).waitFor();
  expect(await page.getByRole('radio', { name: 'Picture 2: IMG_1.jpg', exact: true }).count()).toBe(1);
  for (const key of ['Tab', 'Tab', 'Tab']) await page.keyboard.press(key);
  expect(await page.getByLabel('Search the library').evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('bridge');
  await page.keyboard.press('Enter');
  await vi.waitFor(async () => expect(await page.getByRole('radio').count()).toBe(2), { timeout: 15_000 });
  for (const key of ['Tab', 'Tab', 'ArrowRight']) await page.keyboard.press(key);
  expect(await page.getByRole('radio', { name: 'Picture 1: A bridge', exact: true }).isChecked()).toBe(true);
  await page.keyboard.press('Enter');
  expect(await body(page).inputValue()).toBe('Text\n\n![](picture:1)\n\n');
  expect(await body(page).evaluate((area) => area === document.activeElement)).toBe(true);

  await page.getByRole('button', { name: 'Picture', exact: true }).click();
  await page.getByLabel('Search the library').fill('nothing like it');
  await clickButton(page, 'Search');
  await page.getByText('No pictures found').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(pageErrors).toEqual([]);
});

test('a picture uploaded in the dialog is chosen at once', async () => {
  const { page } = await openForm();
  await page.getByRole('button', { name: 'Picture', exact: true }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('dialog').getByRole('button', { name: 'Upload a picture' }).click();
  await (await chooser).setFiles([{ name: 'harbour.jpg', mimeType: 'image/jpeg', buffer: photograph }]);
  await vi.waitFor(async () => expect(await page.getByRole('radio', { name: 'Picture 1' }).isChecked()).toBe(true), { timeout: 15_000 });
  await clickButton(page, 'Use this picture');
  expect(await body(page).inputValue()).toBe('![](picture:1)\n\n');
});

test('without scripts, a file chosen in the form becomes the lead picture with the next save, and a number is taken too', async () => {
  const { site, page } = await openForm({ javaScriptEnabled: false });
  expect(await page.getByRole('button', { name: 'Upload a picture' }).count() + (await page.getByRole('button', { name: 'Picture', exact: true }).count())).toBe(0);
  await titleField(page).fill('Without scripts');
  await page.getByLabel('Picture from this device').setInputFiles([{ name: 'harbour.jpg', mimeType: 'image/jpeg', buffer: photograph }]);
  await clickButton(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  expect([await titleField(page).inputValue(), await number(page).inputValue()]).toEqual(['Without scripts', '1']);
  await page.getByLabel('Picture from this device').setInputFiles([{ name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Not a picture') }]);
  await titleField(page).fill('Still here');
  await clickButton(page, 'Save draft');
  await page.locator('#field_picture_problem').waitFor();
  expect([await titleField(page).inputValue(), await number(page).inputValue()]).toEqual(['Still here', '1']);

  const id = await storePicture(site);
  await page.getByLabel('Number of a picture in the library').fill(String(id));
  await clickButton(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  expect(await number(page).inputValue()).toBe(String(id));
});

test('a form without changes sends nothing, and autosaved text contains no file', async () => {
  const { page } = await openForm();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/autosave')) sent.push(request.postData() ?? '');
  });
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  await titleField(page).fill('First change');
  await waitForSaveState(page, /saved on the server/);
  expect(sent).toHaveLength(1);
  const fields = new URLSearchParams(sent[0]);
  expect([fields.get('title'), fields.get('picture'), fields.has('pictureFile')]).toEqual(['First change', '', false]);
});

test.each<['light' | 'dark', number]>(shortOrLong([['dark', 390]], [['light', 390], ['dark', 1440]]))('axe finds no faults in uploads, in the dialog and at a lead picture, and nothing scrolls sideways: %s, %i px', async (colorScheme, width) => {
  const { site, page, pageErrors } = await openForm({ colorScheme, viewport: { width, height: 900 } });
  await storePicture(site, { alt: '' });
  await give(lead(page), 'drop', [{ name: `a-very-long-${'name-'.repeat(30)}.jpg`, content: Buffer.from('Not a picture') }]);
  await page.locator('.upload-row .problem').waitFor();
  await give(body(page), 'drop', [harbour()]);
  await vi.waitFor(async () => expect(await body(page).inputValue()).toContain('picture:2'), { timeout: 15_000 });
  const faults: string[] = [];
  const check = async (name: string) => {
    faults.push(...(await axeFaults(page, name)));
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) faults.push(`${name} scrolls sideways`);
  };
  await check('uploads');
  await clickButton(page, 'Choose from the library');
  await page.getByRole('radio').first().check();
  await check('dialog');
  await clickButton(page, 'Use this picture');
  await check('lead picture');
  expect(faults).toEqual([]);
  expect(pageErrors).toEqual([]);
});
