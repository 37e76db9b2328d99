import { expect, test } from 'vitest';
import { changeSettings, loadSettings } from '../../src/storage/site/settings.ts';
import { storePicture } from '../support/pictures.ts';
import { stored } from '../support/test-site.ts';
import { sharedBrowser } from './browser.ts';
import { openNewsroom } from './newsroom.ts';

const browser = await sharedBrowser();

test('without JavaScript, an editor writes a page, moves it in the footer, compares and restores its revisions, and deletes it', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example', 'editor', { javaScriptEnabled: false });
  const press = async (name: string) => page.getByRole('button', { name, exact: true }).click();
  const follow = async (name: string) => page.getByRole('link', { name, exact: true }).click();
  await page.goto(`${url}/admin/articles`);
  await follow('Organise');
  await page.goto(`${url}/admin/pages`);
  await follow('New page');
  await page.getByLabel('Title').fill('Our team');
  await page.getByLabel('Body', { exact: true }).fill('Ada and Ben.');
  await page.getByLabel('Address').fill('/admin/team');
  await press('Save and publish');
  await page.getByText('The site itself uses addresses that begin with /admin.').first().waitFor();
  await page.getByLabel('Address').fill('team');
  await press('Save and publish');
  await page.getByText('Saved. Readers can see the page now.').waitFor();
  await page.getByLabel('Body', { exact: true }).fill('Ada, Ben and Cem.');
  await press('Save and publish');
  await page.getByText('Saved. Readers see the changes now.').waitFor();
  await follow('Revisions');
  await press('Compare the selected revisions');
  expect(await page.locator('ins').allInnerTexts()).toEqual([',', ' and Cem']);
  await page.getByRole('button', { name: /^Restore this revision/ }).first().click();
  await page.getByText('Restored. Readers see this revision now.').waitFor();
  await page.locator('main').getByRole('link', { name: 'Pages', exact: true }).click();
  await press('Move “Our team” up');
  await page.getByText('Moved.').waitFor();
  await page.goto(`${url}/team`);
  expect(await page.locator('.body').innerText()).toBe('Ada and Ben.');
  expect((await page.locator('.site-pages a').allInnerTexts()).slice(-4)).toEqual(['Our team', 'Privacy', 'Archive', 'Search']);
  await page.goto(`${url}/admin/pages`);
  await follow('Our team');
  await follow('Delete the page…');
  await press('Delete permanently');
  await page.getByText('Deleted.').waitFor();
  expect((await page.goto(`${url}/team`))?.status()).toBe(404);
  expect(pageErrors.filter((error) => !error.includes('status of 404'))).toEqual([]);
});

test('a page is written with the toolbar, pictures from the library, a preview that follows the typing, and Ctrl+S; leaving unsaved text is asked about', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const picture = await storePicture(site, { width: 300, height: 200, alt: 'A harbour' });
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/pages/new`);
  await page.getByLabel('Title').fill('Our team');
  const body = page.getByLabel('Body', { exact: true });
  await body.fill('Ada');
  await page.locator('[data-word-count]').filter({ hasText: /^Words: 1$/ }).waitFor();
  await body.selectText();
  await page.getByRole('button', { name: 'Bold' }).click();
  expect(await body.inputValue()).toBe('**Ada**');
  await page.getByRole('button', { name: 'Picture', exact: true }).click();
  await page.getByRole('radio', { name: 'A harbour' }).check();
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByRole('button', { name: 'Show preview' }).click();
  const preview = page.frameLocator('.preview-pane iframe').last();
  await preview.locator('strong', { hasText: 'Ada' }).waitFor();
  await preview.locator('img').waitFor();
  await body.press('Control+End');
  await body.pressSequentially('And Ben.');
  await preview.getByText('And Ben.').waitFor();

  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.type());
    void dialog.accept();
  });
  await body.press('Control+s');
  await page.waitForURL(/done=creation/);
  expect(questions).toEqual([]);
  expect(await stored(site, "select body from static_page where path = 'our-team'")).toEqual([{ body: `**Ada**\n\n![](picture:${picture})\n\nAnd Ben.` }]);
  await body.press('x');
  const address = page.url().replace(/\?.*/, '');
  await page.goto(`${url}/admin/pages`);
  expect(questions).toEqual(['beforeunload']);
  // The browser has kept the text.
  await page.goto(address);
  await page.getByRole('button', { name: 'Continue with that text' }).click();
  expect(await body.inputValue()).toBe(`x**Ada**\n\n![](picture:${picture})\n\nAnd Ben.`);
  await page.getByLabel('Title').fill('');
  await page.getByRole('button', { name: 'Save and publish' }).click();
  await page.getByText('A title is required.').first().waitFor();
  await page.goto(address);
  await page.getByRole('button', { name: 'Continue with that text' }).click();
  await page.getByLabel('Title').fill('Our team');
  await page.getByRole('button', { name: 'Save and publish' }).click();
  await page.getByText('Saved. Readers see the changes now.').waitFor();
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('a page is written distraction-free, which outlasts saving with Ctrl+S and keeps the cursor, and ends with Escape', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/pages`);
  await page.locator('main').getByRole('link', { name: 'About', exact: true }).click();
  const button = page.getByRole('button', { name: 'Distraction-free' });
  const body = page.getByLabel('Body', { exact: true });
  await button.click();
  for (const hidden of [page.getByLabel('Address'), page.getByRole('button', { name: 'Save and publish' }), page.getByRole('banner')]) expect(await hidden.isVisible()).toBe(false);
  for (const shown of [page.getByLabel('Title'), body]) expect(await shown.isVisible()).toBe(true);
  await body.press('Control+Home');
  await body.pressSequentially('Undisturbed. ');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/done=text/);
  await expect.poll(() => body.evaluate((area: HTMLTextAreaElement) => [document.activeElement === area, area.selectionStart])).toEqual([true, 'Undisturbed. '.length]);
  expect(await button.getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('Escape');
  expect([await button.getAttribute('aria-pressed'), await page.getByLabel('Address').isVisible()]).toEqual(['false', true]);
  expect(pageErrors).toEqual([]);
});

test('an administrator changes the settings without JavaScript, and chooses the share picture with it', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const picture = await storePicture(site, { width: 400, height: 300, alt: 'A harbour' });
  const page = await openSignedIn('Ada Example', 'administrator', { javaScriptEnabled: false });
  await page.goto(`${url}/admin/settings`);
  await page.getByLabel('Name', { exact: true }).fill('The Gull');
  await page.getByLabel('Name of account 2').fill('Mastodon');
  await page.getByLabel('Address of account 2').fill('social.example');
  await page.getByLabel('Time zone').fill('Europe/Paris');
  await page.getByRole('button', { name: 'Save the settings' }).click();
  await page.getByRole('link', { name: 'Address of account 1: This is not a web address. Use one such as https://example.org.' }).click();
  await page.getByLabel('Address of account 1').fill('https://social.example/@gull');
  await page.getByRole('button', { name: 'Save the settings' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  await page.goto(url);
  expect([await page.title(), await page.getByRole('link', { name: 'Mastodon' }).getAttribute('href')]).toEqual([expect.stringContaining('The Gull'), 'https://social.example/@gull']);

  const scripted = await openSignedIn('Ben Example', 'administrator');
  await scripted.goto(`${url}/admin/settings`);
  await scripted.getByRole('button', { name: 'Choose from the library' }).click();
  await scripted.getByRole('radio', { name: 'A harbour' }).check();
  await scripted.getByRole('button', { name: 'Use this picture' }).click();
  await scripted.getByRole('img', { name: `Picture ${picture}` }).waitFor();
  await scripted.getByRole('button', { name: 'Save the settings' }).click();
  await scripted.getByText('Saved.', { exact: true }).waitFor();
  expect(await loadSettings(site.context.db)).toMatchObject({ name: 'The Gull', zone: 'Europe/Paris', sharePicture: String(picture) });
  await scripted.getByRole('button', { name: 'Remove the picture' }).click();
  await scripted.getByRole('button', { name: 'Save the settings' }).click();
  await scripted.waitForURL(/done=settings/);
  await expect.poll(async () => (await loadSettings(site.context.db)).sharePicture).toBe('');
  expect(pageErrors).toEqual([]);
});

test('long words in the audit log don’t widen its page', async () => {
  const { site, url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example', 'administrator');
  await changeSettings(site.context.db, { values: { name: 'Wochenendanzeiger'.repeat(4), description: 'x'.repeat(300) } }, null, site.time.now);
  await page.goto(`${url}/admin/audit-log`);
  for (const width of [320, 768, 1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${width} px wide`).toBe(0);
  }
});
