import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { addArticle } from '../support/test-site.ts';
import { axeFaults } from './axe.ts';
import { inEachLook, sharedBrowser } from './browser.ts';
import { clickButton, openNewsroom, saveArticle, titleField, waitForNetworkIdle, waitForPresence, waitForSaveState } from './newsroom.ts';

const browser = await sharedBrowser();

const theme = (page: Page) => page.getByLabel('Theme', { exact: true });
const chosenTheme = (page: Page) => theme(page).locator('option:checked').innerText();
const names = (page: Page, field: 'Authors' | 'Topics') => page.getByRole('combobox', { name: field });
const chips = (page: Page, field: 'Authors' | 'Topics') => page.getByRole('list', { name: field }).locator('bdi').allInnerTexts();
const focusedLabel = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id);

/** Violations that axe reports, and widths at which the page scrolls sideways, in both directions of writing. */
async function faults(page: Page, name: string, number: number): Promise<string[]> {
  const found: string[] = [];
  await inEachLook(page, number, async (look) => {
    found.push(...(await axeFaults(page, `${name}, ${look}`)));
  });
  for (const dir of ['rtl', 'ltr']) {
    await page.evaluate((value) => document.documentElement.setAttribute('dir', value), dir);
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) found.push(`${name} scrolls sideways at ${width} px, ${dir}`);
    }
  }
  return found;
}

test('an editor chooses a theme or types a new one, which is autosaved', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  const field = page.getByLabel('Name of the new theme');
  expect([await chosenTheme(page), await field.isVisible()]).toEqual(['No theme yet', false]);
  await titleField(page).fill('On a new theme');
  await theme(page).selectOption('New theme…');
  await field.fill('world');
  await page.getByText('The theme “World” exists already.').waitFor();
  await field.fill('Lighthouses');
  expect(await page.getByText('exists already').count()).toBe(0);
  await theme(page).selectOption('World');
  await theme(page).selectOption('New theme…');
  expect(await field.inputValue()).toBe('Lighthouses');
  await waitForSaveState(page, /saved on the server/);
  expect(await faults(page, 'new theme', 0)).toEqual([]);
  await page.reload();
  expect([await chosenTheme(page), await field.isVisible()]).toEqual(['Lighthouses (new)', false]);
  await page.getByLabel('Standfirst').fill('A standfirst');
  await clickButton(page, 'Publish now');
  await page.waitForURL(/done=publication/);
  expect(await chosenTheme(page)).toBe('Lighthouses');
  expect(await site.context.db.reader.selectFrom('theme').select('name').where('name', 'like', 'L%').execute()).toEqual([{ name: 'Lighthouses' }]);
  expect(pageErrors).toEqual([]);
});

test('without JavaScript, a new theme is typed below the select, names stand one per line, and the words are counted', async () => {
  const { url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example', 'editor', { javaScriptEnabled: false });
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).fill('Without scripts');
  await page.getByLabel('Body', { exact: true }).fill('Three [short](https://news.example/) words.');
  await theme(page).selectOption('World');
  await page.getByLabel('Or a new theme').fill('Lighthouses');
  await page.getByLabel('Authors').fill('Ada Example\nKing, Jr., Ben');
  await page.getByLabel('Standfirst').fill('A standfirst');
  await clickButton(page, 'Publish now');
  await page.waitForURL(/done=publication/);
  expect([await chosenTheme(page), await page.getByLabel('Authors').inputValue(), await page.locator('[data-word-count]').innerText()]).toEqual(['Lighthouses', 'Ada Example\nKing, Jr., Ben', 'Words: 3']);
  expect(await page.getByRole('button', { name: 'Distraction-free' }).count()).toBe(0);
});

test('authors and topics are chips with suggestions, which the keyboard adds, orders and removes', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  await addArticle(site, { topics: ['Coast guard', 'Coastal erosion'], authors: ['Grace Hopper'] });
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).fill('Chips');
  expect(await chips(page, 'Authors')).toEqual(['Ada Example']);

  const topics = names(page, 'Topics');
  const options = page.getByRole('listbox').getByRole('option');
  await topics.pressSequentially('coas');
  await options.nth(1).waitFor();
  expect([await topics.getAttribute('aria-expanded'), await options.allInnerTexts()]).toEqual(['true', ['Coast guard', 'Coastal erosion']]);
  await topics.press('Escape');
  expect([await topics.getAttribute('aria-expanded'), await topics.inputValue()]).toEqual(['false', 'coas']);
  await topics.press('ArrowDown');
  await options.nth(1).waitFor();
  await topics.press('ArrowDown');
  await topics.press('ArrowDown');
  expect(await page.getByRole('listbox').getByRole('option', { selected: true }).innerText()).toBe('Coastal erosion');
  expect(await topics.getAttribute('aria-activedescendant')).toBe(await page.getByRole('listbox').getByRole('option', { selected: true }).getAttribute('id'));
  expect(await faults(page, 'suggestions', 1)).toEqual([]);
  await topics.press('Enter');
  await topics.pressSequentially('Sea,Tide');
  await topics.press('Enter');
  await topics.fill('SEA');
  await topics.press('Enter');
  expect(await chips(page, 'Topics')).toEqual(['Coastal erosion', 'Sea', 'Tide']);
  await topics.press('Backspace');
  expect(await focusedLabel(page)).toBe('Remove Tide');
  await page.keyboard.press('Delete');
  await page.keyboard.press('ArrowLeft');
  expect(await focusedLabel(page)).toBe('Remove Coastal erosion');
  await page.keyboard.press('Escape');
  expect(await focusedLabel(page)).toBe('field_topics');
  await topics.pressSequentially('guard');
  await page.getByRole('listbox').getByRole('option', { name: 'Coast guard' }).click();
  expect(await chips(page, 'Topics')).toEqual(['Coastal erosion', 'Sea', 'Coast guard']);

  const authors = names(page, 'Authors');
  await authors.focus();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'Ben Example\nKing, Jr., Carla\n');
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.getByRole('button', { name: 'Move King, Jr., Carla forward' }).click();
  expect(await focusedLabel(page)).toBe('Move King, Jr., Carla forward');
  await page.keyboard.press('Enter');
  expect(await chips(page, 'Authors')).toEqual(['King, Jr., Carla', 'Ada Example', 'Ben Example']);
  // What is left in the field counts as a name.
  await authors.pressSequentially('Grace Hopper');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/done=draft/);
  expect([await chips(page, 'Authors'), await chips(page, 'Topics')]).toEqual([['King, Jr., Carla', 'Ada Example', 'Ben Example', 'Grace Hopper'], ['Coastal erosion', 'Sea', 'Coast guard']]);
  expect(pageErrors).toEqual([]);
});

test('a name that is still being typed is autosaved', async () => {
  const { site, url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await names(page, 'Topics').pressSequentially('Half a na');
  await waitForSaveState(page, /saved on the server/);
  const { form } = await site.context.db.reader.selectFrom('revision').select('form').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
  expect(JSON.parse(form)).toMatchObject({ topics: 'Half a na' });
  expect(await names(page, 'Topics').inputValue()).toBe('Half a na');
});

test('the number of words and the reading time follow the text', async () => {
  const { url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  const count = page.locator('[data-word-count]');
  expect(await count.innerText()).toBe('Words: 0');
  await page.getByLabel('Body', { exact: true }).fill('word '.repeat(1150));
  await count.filter({ hasText: 'Words: 1,150 · Reading time: 5 min' }).waitFor();
});

test('distraction-free shows only the title and the body, keeps focus and place, outlasts saving, and ends with Escape', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).fill('Undisturbed');
  const body = page.getByLabel('Body', { exact: true });
  await body.fill(Array.from({ length: 100 }, (_, n) => `Paragraph ${n}, which is ${'rather '.repeat(20)}long.`).join('\n\n'));
  const width = async () => (await body.boundingBox())?.width ?? 0;
  const before = await width();
  await page.evaluate(() => scrollTo({ top: 4000, behavior: 'instant' }));
  const share = () => body.evaluate((area) => -area.getBoundingClientRect().top / area.getBoundingClientRect().height);
  const place = await share();

  const button = page.getByRole('button', { name: 'Distraction-free' });
  await button.click();
  expect([await button.getAttribute('aria-pressed'), await focusedLabel(page)]).toEqual(['true', 'field_body']);
  expect(await width()).toBeGreaterThan(before + 200);
  expect(Math.abs((await share()) - place)).toBeLessThan(0.002);
  for (const hidden of [page.getByLabel('Standfirst'), theme(page), page.getByRole('button', { name: 'Publish now' }), page.getByRole('banner')]) expect(await hidden.isVisible()).toBe(false);
  for (const shown of [titleField(page), body]) expect(await shown.isVisible()).toBe(true);
  await body.press('x');
  await waitForSaveState(page, /saved on the server/);
  expect(await faults(page, 'distraction-free', 2)).toEqual([]);

  await page.keyboard.press('Control+s');
  await page.waitForURL(/done=draft/);
  await vi.waitFor(async () => expect(await focusedLabel(page)).toBe('field_body'));
  expect(await button.getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('Escape');
  expect([await button.getAttribute('aria-pressed'), await focusedLabel(page), await theme(page).isVisible()]).toEqual(['false', 'field_body', true]);
  await page.reload();
  expect(await button.getAttribute('aria-pressed')).toBe('false');
  expect(pageErrors).toEqual([]);
});

test('an editor with an article open in two windows is told so in both until one of them leaves it, and not after loading a page again', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  const address = await saveArticle(page, url);
  await page.reload();
  await waitForNetworkIdle(page);
  expect(await page.locator('[data-others]').textContent()).toBe('');
  const other = await page.context().newPage();
  await other.goto(address);
  for (const window of [other, page]) await waitForPresence(window, 'You have this article open in another window too.');
  await titleField(other).fill('From the other window');
  await clickButton(other, 'Save draft');
  await other.waitForURL(/done=draft/);
  await waitForPresence(page, 'You saved this article in another window');
  await waitForNetworkIdle(other);
  await other.goto(`${url}/admin/articles`);
  await vi.waitFor(async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    expect(await page.locator('[data-others]').textContent()).not.toContain('open in another window');
  }, { timeout: 15_000 });
  expect(pageErrors).toEqual([]);
});

test('nothing that covers the page while it scrolls covers what has the focus, nor the line in which somebody types', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example', 'editor', { reducedMotion: 'reduce', viewport: { width: 1280, height: 700 } });
  const covered: string[] = [];
  const press = async (key: string, times: number) => {
    for (let n = 0; n < times; n += 1) {
      await page.keyboard.press(key);
      const fault = await page.evaluate(() => {
        const element = document.activeElement ?? document.body;
        const { left, top, width, height } = element.getBoundingClientRect();
        const shown = document.elementFromPoint(left + width / 2, top + height / 2);
        return element === document.body || element.contains(shown) ? undefined : `${element.outerHTML.slice(0, 100)} at ${top}, behind ${shown?.className}`;
      });
      if (fault !== undefined) covered.push(fault);
    }
  };
  await page.goto(`${url}/admin/articles`);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  for (const key of ['Tab', 'Shift+Tab']) await press(key, 30);

  await page.goto(`${url}/admin/articles/1`);
  const body = page.getByLabel('Body', { exact: true });
  await body.fill('Line\n'.repeat(100));
  await page.getByRole('textbox', { name: 'Note for colleagues' }).focus();
  for (const key of ['Tab', 'Shift+Tab']) await press(key, 15);
  expect(covered).toEqual([]);

  await body.focus();
  await page.keyboard.press('Control+End');
  for (let n = 0; n < 90; n += 1) await page.keyboard.press('ArrowUp');
  const lineTop = await body.evaluate((area) => {
    const { selectionStart, value, scrollHeight } = area as HTMLTextAreaElement;
    const lines = value.split('\n').length;
    return area.getBoundingClientRect().top + (scrollHeight / lines) * (value.slice(0, selectionStart).split('\n').length - 1);
  });
  expect(lineTop).toBeGreaterThanOrEqual(await page.locator('.toolbar').evaluate((toolbar) => toolbar.getBoundingClientRect().bottom));
  expect(pageErrors).toEqual([]);
});

test('a page of the newsroom stands still as soon as a field has the focus, so that a button can be pressed at once', async () => {
  const { url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.setViewportSize({ width: 1440, height: 500 });
  await page.goto(`${url}/admin/articles/new`);
  const positions = await page.getByLabel('Language').evaluate(async (field) => {
    field.focus();
    const first = scrollY;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return [first, scrollY];
  });
  expect(positions[0]).toBeGreaterThan(0);
  expect(positions[1]).toBe(positions[0]);
});
