import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ensureFirstLink } from '../../src/storage/newsroom/set-up-links.ts';
import { shortOrLong } from '../support/long.ts';
import { seedArticle } from '../support/seed.ts';
import { sharedBrowser } from './browser.ts';
import { openNewsroom, waitForSaveState, waitForPresence } from './newsroom.ts';

const browser = await sharedBrowser();

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

const ways: [how: string, options: BrowserContextOptions][] = [['without JavaScript', { javaScriptEnabled: false }], ['on a phone', phone], ['with JavaScript', {}]];

// A phone has JavaScript too.
test.each(shortOrLong(ways.slice(0, 2), ways))('an editor can set up an account, write, preview and publish an article, %s', async (_how, options) => {
  const { site, url, open, pageErrors } = await openNewsroom(browser);
  const page = await open(options);
  await page.goto(`${url}/admin`);
  expect(await page.locator('main').textContent()).toContain('each time it starts');

  await page.goto(`${url}/admin/set-up/${await ensureFirstLink(site.context.db)}`);
  await page.getByLabel('Name').fill('Ada Example');
  await page.getByLabel('Email').fill('ada@news.example');
  await page.getByLabel('Password').fill('correct horse battery staple');
  await page.getByRole('main').getByRole('button').click();
  await page.waitForURL(/\/admin$/);

  await page.getByRole('main').getByRole('link', { name: 'New article' }).click();
  await page.getByLabel('Title').fill('A Bridge *Opens*');
  await page.getByLabel('Standfirst').fill('After two years.');
  await page.getByLabel('Summary').fill('It is open.');
  await page.getByLabel('Body', { exact: true }).fill('The bridge is **open**.');
  await page.getByLabel('Theme', { exact: true }).selectOption('World');
  expect(await scrollsSideways(page)).toBe(false);

  const [preview] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: 'Preview in a new tab' }).click()]);
  await preview.waitForURL(/\/previews\//);
  const stranger = await open(options);
  await stranger.goto(preview.url());
  expect(await stranger.locator('h1').textContent()).toBe('A Bridge Opens');
  expect(await stranger.locator('.preview-note').isVisible()).toBe(true);
  await preview.close();

  await page.getByRole('button', { name: 'Publish now' }).click();
  await page.waitForURL(/done=publication/);
  expect(await scrollsSideways(page)).toBe(false);
  const reader = await open();
  await reader.goto(`${url}/articles/a-bridge-opens`);
  expect(await reader.locator('.body strong').textContent()).toBe('open');
  await reader.goto(url + seedArticle.path);
  expect(await reader.locator('aside').getByText('A Bridge Opens').isVisible()).toBe(true);
  await reader.goto(url);
  expect(await reader.locator('main').getByText('A Bridge Opens').first().isVisible()).toBe(true);
  expect(pageErrors).toEqual([]);
});

test('an article can be written and published with the keyboard alone', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  const focused = () => page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return { name: (element as HTMLInputElement).name || element.textContent?.trim() || element.tagName, isMarked: outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2, isBody: element === document.body };
  });
  const tabTo = async (name: string) => {
    for (let stop = 0; stop < 60; stop += 1) {
      await page.keyboard.press('Tab');
      const at = await focused();
      // After the last Tab stop, the focus leaves the page for the browser's own controls.
      if (at.isBody) continue;
      expect(at).toEqual({ name: at.name, isMarked: true, isBody: false });
      if (at.name === name) return;
    }
    throw new Error(`Tab does not reach ${name}`);
  };
  await page.goto(`${url}/admin/articles`);
  await tabTo('New article');
  await page.keyboard.press('Enter');
  await page.waitForURL(/articles\/new/);
  await tabTo('title');
  await page.keyboard.type('Typed');
  await tabTo('standfirst');
  await page.keyboard.type('A standfirst.');
  await tabTo('Bold');
  await page.keyboard.press('ArrowRight');
  expect((await focused()).name).toBe('Italic');
  await tabTo('body');
  await page.keyboard.type('The text.');
  await tabTo('theme');
  await page.keyboard.type('World');
  await page.keyboard.press('Escape');
  await tabTo('Publish now');
  await page.keyboard.press('Enter');
  await page.waitForURL(/done=publication/);
  await page.goto(`${url}/articles/typed`);
  expect(await page.locator('h1').textContent()).toBe('Typed');
  expect(pageErrors).toEqual([]);
});

test('the schedule button names the time, and the article appears at that time', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await page.getByLabel('Title').fill('Later');
  await page.getByLabel('Standfirst').fill('A standfirst');
  await page.getByLabel('Theme', { exact: true }).selectOption('World');
  expect(await page.locator('.primary').allTextContents()).toEqual(['Publish now']);
  const buttons = async (time: string) => {
    await page.getByLabel('Publication time').fill(time);
    return page.locator('.primary').allTextContents();
  };
  // The script compares with the site's clock and time zone, not the browser's.
  expect(await buttons('2025-03-23T18:54')).toEqual(['Publish now']);
  expect(await buttons('2025-03-23T18:57')).toEqual([expect.stringMatching(/^Schedule for Sun,? 23 March 2025,? (?:at )?18:57, /)]);
  await page.getByLabel('Publication time').fill('2099-03-24T06:00:00');
  expect(await page.locator('.primary').allTextContents()).toEqual([expect.stringMatching(/^Schedule for Tue,? 24 March 2099,? (?:at )?06:00, Europe\/(?:Athens|Bucharest)$/)]);
  await page.locator('.primary').click();
  await page.waitForURL(/done=schedule/);
  expect(await page.locator('.state-words').textContent()).toContain('Scheduled for Tuesday, 24 March 2099, 06:00');
  const schedule = page.locator('[data-action="schedule"]');
  expect(await schedule.textContent()).toContain('24 March 2099');
  await page.getByLabel('Publication time').fill('');
  expect(await schedule.textContent()).toBe('Schedule');
  const answer = async () => (await page.request.get(`${url}/articles/later`)).status();
  expect(await answer()).toBe(404);
  site.time.now = Date.parse('2099-03-24T06:00:00+02:00');
  expect(await answer()).toBe(200);
  expect(pageErrors).toEqual([]);
});

test('an article can be withdrawn with a reason, and reinstated', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles`);
  await page.getByRole('link', { name: 'A page on paper' }).click();
  await page.getByRole('link', { name: 'Withdraw…' }).click();
  await page.getByRole('button', { name: 'Withdraw' }).click();
  expect(await page.locator('.problem').textContent()).toBe('Enter a reason. Readers will see it.');
  await page.getByLabel('Reason').fill('It was wrong.');
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await page.waitForURL(/done=withdrawal/);
  expect((await page.request.get(`${url}/articles/a-page-on-paper`)).status()).toBe(410);
  await page.getByRole('button', { name: 'Reinstate' }).click();
  await page.waitForURL(/done=reinstatement/);
  expect((await page.request.get(`${url}/articles/a-page-on-paper`)).status()).toBe(200);
  expect(pageErrors).toEqual([]);
});

test('two editors of an article see each other; separate changes are merged, and overlapping ones are a conflict', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const [ada, ben] = [await openSignedIn('Ada Example'), await openSignedIn('Ben Example')];
  await ada.goto(`${url}/admin/articles`);
  await ada.getByRole('link', { name: 'A page on paper' }).click();
  const address = ada.url();
  const body = 'One sentence here.\n\nAnother there.\n\nA last.';
  await ada.getByLabel('Body', { exact: true }).fill(body);
  await ada.getByRole('button', { name: 'Update' }).click();
  await ada.waitForURL(/done=update/);

  await Promise.all([ada.goto(address), ben.goto(address)]);
  await waitForPresence(ada, 'Ben Example has this article open too');
  await waitForPresence(ben, 'Ada Example has this article open too');
  await ada.getByLabel('Body', { exact: true }).fill(body.replace('One', 'Ada’s one'));
  await ada.getByRole('button', { name: 'Save without publishing' }).click();
  await ada.waitForURL(/done=draft/);
  await waitForPresence(ben, 'Ada Example saved this article');
  await ben.getByLabel('Body', { exact: true }).fill(body.replace('last', 'final'));
  await ben.getByRole('button', { name: 'Save without publishing' }).click();
  await ben.waitForURL(/joined=/);
  expect(await ben.locator('.differences ins').first().textContent()).toContain('Ada’s');
  expect(await ben.getByLabel('Body', { exact: true }).inputValue()).toBe('Ada’s one sentence here.\n\nAnother there.\n\nA final.');

  await Promise.all([ada.goto(address), ben.goto(address)]);
  await ada.getByLabel('Title').fill('Ada’s title');
  await ben.getByLabel('Title').fill('Ben’s title');
  await ada.getByRole('button', { name: 'Save without publishing' }).click();
  await ada.waitForURL(/done=draft/);
  await ben.getByRole('button', { name: 'Update' }).click();
  expect(await ben.locator('.version-text').allTextContents()).toEqual(['Ben’s title', 'Ada’s title']);
  await ben.getByLabel('Ada Example’s version').check();
  await ben.getByRole('button', { name: 'Merge and review' }).click();
  await ben.waitForURL(/revision=/);
  expect(await ben.getByLabel('Title').inputValue()).toBe('Ada’s title');
  await ben.getByRole('button', { name: 'Update' }).click();
  await ben.waitForURL(/done=update/);
  await ben.goto(`${url}/articles/a-page-on-paper`);
  expect(await ben.locator('h1').textContent()).toBe('Ada’s title');
  expect(pageErrors).toEqual([]);
});

test('typed text is autosaved, unsaved changes are offered when the form is opened again, and Ctrl+S saves', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await page.getByLabel('Title').pressSequentially('A new one');
  await waitForSaveState(page, /saved on the server/, 5000);
  const address = page.url();
  expect(address).toMatch(/\/admin\/articles\/\d+$/);
  await page.keyboard.press('Control+s');
  await page.waitForURL(/done=draft/);
  await page.getByLabel('Body', { exact: true }).fill('Not saved');
  await waitForSaveState(page, /saved on the server/, 5000);
  await page.goto(`${url}/admin/articles`);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await page.goto(address);
  expect(await page.locator('.differences').textContent()).toContain('Not saved');
  await page.getByRole('link', { name: 'Continue with these changes' }).click();
  expect(await page.getByLabel('Body', { exact: true }).inputValue()).toBe('Not saved');
  await page.goto(address);
  await page.getByRole('button', { name: 'Discard these changes' }).click();
  await page.waitForURL(/done=discard/);
  expect(await page.getByText('You have unsaved changes').count()).toBe(0);
  expect(pageErrors).toEqual([]);
});

test('nothing is lost if the session expires while somebody types', async () => {
  const { site, url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await page.getByLabel('Title').fill('Before');
  await waitForSaveState(page, /saved on the server/);
  site.time.now += 9 * 24 * 3_600_000;
  await page.getByLabel('Title').fill('After');
  expect(await waitForSaveState(page, /signed out/)).toContain('saved on the server');
  await page.getByRole('button', { name: 'Save draft' }).click();
  expect(await page.locator('main').textContent()).toContain('Your text is saved');
  await page.getByLabel('Password').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/admin\/articles\/\d+\?done=sign-in$/);
  expect(await page.getByLabel('Title').inputValue()).toBe('After');
  expect(pageErrors).toEqual([]);
});

test('the toolbar and its shortcuts write Markdown', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  const text = page.getByLabel('Body', { exact: true });
  const write = async (act: () => Promise<void>) => {
    await text.fill('words');
    await text.selectText();
    await act();
    return text.inputValue();
  };
  const button = (name: string) => async () => page.locator('markdown-toolbar').getByText(name, { exact: true }).click();
  expect(await write(button('Bold'))).toBe('**words**');
  expect(await write(button('Heading'))).toBe('## words');
  expect(await write(button('Quote'))).toContain('> words');
  expect(await write(button('List'))).toContain('- words');
  expect(await write(button('Link'))).toBe('[words](url)');
  expect(await write(() => page.keyboard.press('Control+b'))).toBe('**words**');
  expect(await write(() => page.keyboard.press('Control+k'))).toBe('[words](url)');
  expect(await write(() => page.keyboard.press('Control+Shift+Digit8'))).toBe('- words');
  await page.keyboard.press('Control+z');
  expect(await text.inputValue()).toBe('words');

  // A heading applies to the whole line, wherever the cursor is.
  await text.fill('First line\nsecond line\nthird');
  await text.evaluate((area) => (area as HTMLTextAreaElement).setSelectionRange(18, 18));
  await button('Heading')();
  expect(await text.inputValue()).toBe('First line\n## second line\nthird');
  await page.keyboard.press('Control+z');
  expect(await text.inputValue()).toBe('First line\nsecond line\nthird');
  // On a keyboard without Latin letters, the physical key counts.
  expect(await write(() => text.evaluate((area) => void area.dispatchEvent(new KeyboardEvent('keydown', { key: 'и', code: 'KeyB', ctrlKey: true, bubbles: true, cancelable: true }))))).toBe('**words**');
  expect(await page.getByRole('toolbar').getByRole('button').allTextContents()).toEqual(['Bold', 'Italic', 'Link', 'Heading', 'Quote', 'List', 'Numbered list']);
  expect(pageErrors).toEqual([]);
});

test('the preview pane shows the reader’s page and follows what is typed', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await page.getByLabel('Title').fill('One *title*');
  await page.getByRole('button', { name: 'Show preview' }).click();
  const shown = page.frameLocator('.preview-pane iframe:last-child').locator('h1');
  await shown.getByText('One title').waitFor();
  await page.getByLabel('Title').fill('Another title');
  await shown.getByText('Another title').waitFor();
  await page.getByRole('button', { name: 'Hide preview' }).click();
  expect(await page.locator('.preview-pane').isVisible()).toBe(false);
  expect(pageErrors).toEqual([]);
});

test('while typing, the form shows the length of the text', async () => {
  const { url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await page.getByLabel('Title').fill('x'.repeat(299));
  expect(await page.locator('#field_title_count').textContent()).toBe('Characters: 299 of 300');
  await page.getByLabel('Title').fill('x'.repeat(305));
  expect(await page.locator('#field_title_count').textContent()).toBe('Characters: 305 of 300 (5 too many)');
});

test('Ctrl+S leaves the cursor, the selection and the scroll position where they were', async () => {
  const { url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  await page.getByLabel('Title').fill('A long text');
  const body = page.getByLabel('Body', { exact: true });
  await body.fill(Array.from({ length: 120 }, (_, n) => `Line ${n}`).join('\n\n'));
  await body.evaluate((area) => (area as HTMLTextAreaElement).setSelectionRange(400, 410, 'backward'));
  await page.evaluate(() => scrollTo(0, 900));
  const topOf = () => body.evaluate((area) => Math.round(area.getBoundingClientRect().top));
  const top = await topOf();
  await page.keyboard.press('Control+s');
  await page.waitForURL(/done=draft/);
  await page.waitForFunction(() => document.activeElement?.id === 'field_body');
  const place = await body.evaluate((area) => {
    const { selectionStart, selectionEnd, selectionDirection } = area as HTMLTextAreaElement;
    return { selectionStart, selectionEnd, selectionDirection };
  });
  expect(place).toEqual({ selectionStart: 400, selectionEnd: 410, selectionDirection: 'backward' });
  expect(await topOf()).toBe(top);
});

test('no shortcut acts while an input method composes a character', async () => {
  const { url, openSignedIn } = await openNewsroom(browser);
  const page = await openSignedIn('Ada Example');
  await page.goto(`${url}/admin/articles/new`);
  const body = page.getByLabel('Body', { exact: true });
  await body.fill('かな');
  await body.evaluate((area) => {
    (area as HTMLTextAreaElement).setSelectionRange(0, 2);
    for (const [key, code] of [['i', 'KeyI'], ['k', 'KeyK'], ['b', 'KeyB'], ['s', 'KeyS']]) {
      for (const composing of [{ isComposing: true }, { keyCode: 229 }]) area.dispatchEvent(new KeyboardEvent('keydown', { key, code, ctrlKey: true, bubbles: true, cancelable: true, ...composing } as KeyboardEventInit));
    }
  });
  expect(await body.inputValue()).toBe('かな');
  expect(new URL(page.url()).pathname).toBe('/admin/articles/new');
  await body.press('Control+i');
  expect(await body.inputValue()).toBe('_かな_');
});

test('publishing lists what is missing; the editor goes to the field, comes back, and publishes anyway, with and without JavaScript', async () => {
  const { url, openSignedIn, pageErrors } = await openNewsroom(browser);
  for (const javaScriptEnabled of [true, false]) {
    const page = await openSignedIn('Ada Example', 'editor', { javaScriptEnabled });
    await page.goto(`${url}/admin/articles/new`);
    await page.getByLabel('Title').fill('Bare');
    await page.getByLabel('Body', { exact: true }).fill('See [this](/articles/gone).');
    await page.getByLabel('Theme', { exact: true }).selectOption('World');
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByRole('link', { name: 'Body: The link to /articles/gone' }).waitFor();
    await page.getByRole('link', { name: /^Standfirst/ }).click();
    expect(await page.getByLabel('Standfirst').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByLabel('Standfirst').fill('A standfirst');
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByRole('link', { name: 'Back to the text' }).click();
    expect(await page.getByLabel('Standfirst').inputValue()).toBe('A standfirst');
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByRole('button', { name: 'Publish anyway' }).click();
    await page.waitForURL(/done=publication/);
    expect(await page.getByText('You have unsaved changes').count()).toBe(0);
  }
  expect(pageErrors).toEqual([]);
});
