import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { isLong } from '../support/long.ts';
import { freePort } from '../support/ports.ts';
import { file, prepare, startServer, type RunningServer } from '../support/program.ts';
import { temporaryFolder } from '../support/test-site.ts';
import { sharedBrowser } from './browser.ts';
import { openPage, waitForSaveState } from './newsroom.ts';

const browser = await sharedBrowser();

/** Starts a server that can be killed and restarted on the same port, with an administrator signed in in a browser. */
async function openRealSite(): Promise<{ server: RunningServer; restart(): Promise<RunningServer>; page: Page; pageErrors: string[] }> {
  const folder = await temporaryFolder();
  const port = String(await freePort());
  // Loading the sample takes longer than starting the server.
  await prepare(folder, ['import', await file(folder, 'a.ndjson', JSON.stringify({ title: 'A page on paper', standfirst: 'On paper.', body: 'Text.', theme: 'Craft', publishedAt: '2025-03-23' }))]);
  const restart = () => startServer(folder, [], { PORT: port });
  const server = await restart();
  const pageErrors: string[] = [];
  const page = await openPage(browser, server.url, pageErrors);
  await page.goto(/http\S+\/admin\/set-up\/\w+/.exec(server.output())?.[0] ?? '');
  await page.getByLabel('Name').fill('Ada Example');
  await page.getByLabel('Email').fill('ada@news.example');
  await page.getByLabel('Password').fill('correct horse battery staple');
  await page.getByRole('main').getByRole('button').click();
  await page.waitForURL(/\/admin$/);
  return { server, restart, page, pageErrors };
}

const title = (page: Page) => page.getByLabel('Title');

/** Opens an article, with the scripts that keep its text once the server is gone. */
async function openArticle(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Articles', exact: true }).click();
  await page.getByRole('link', { name: 'A page on paper' }).click();
  await page.waitForURL(/\/admin\/articles\/\d+/, { waitUntil: 'load' });
}

test('if the server is killed while somebody types, the browser saves the text, says so, and sends it once the server is back', async () => {
  const { server, restart, page, pageErrors } = await openRealSite();
  await openArticle(page);
  await title(page).fill('Before');
  await waitForSaveState(page, /saved on the server/);
  await server.stop('SIGKILL');
  await title(page).fill('While it was away');
  expect(await waitForSaveState(page, /can’t be reached/)).toContain('saved in this browser');
  await restart();
  await waitForSaveState(page, /saved on the server/, 20_000);
  await page.reload();
  expect(await page.locator('.differences').textContent()).toContain('While it was away');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(pageErrors).toEqual([]);
});

// Only in the long form, because the test above takes the same way up to the restart.
test.runIf(isLong)('if the server is killed and the page closed, the form offers the unsaved changes when it is opened again', async () => {
  const { server, restart, page, pageErrors } = await openRealSite();
  await openArticle(page);
  const address = page.url();
  await server.stop('SIGKILL');
  await title(page).fill('While it was away');
  await waitForSaveState(page, /saved in this browser/);
  const context = page.context();
  await page.close();
  await restart();
  const again = await context.newPage();
  await again.goto(address);
  await again.locator('.differences').getByText('While it was away').waitFor();
  await again.getByRole('link', { name: 'Continue with these changes' }).click();
  expect(await title(again).inputValue()).toBe('While it was away');
  await again.getByRole('button', { name: 'Update' }).click();
  await again.waitForURL(/done=update/);
  await again.goto(address);
  expect(await again.getByText('You have unsaved changes').count()).toBe(0);
  expect(pageErrors).toEqual([]);
});

test('if the server is killed while a form is sent, the text is offered once the server is back', async () => {
  const { server, restart, page } = await openRealSite();
  await openArticle(page);
  const address = page.url();
  await server.stop('SIGKILL');
  await title(page).fill('Sent into the dark');
  await page.getByRole('button', { name: 'Update' }).click();
  await page.waitForURL(/chrome-error|publication/).catch(() => undefined);
  await restart();
  // The new page may be rendered before the text reaches the server, so it may have to be loaded again.
  await vi.waitFor(async () => {
    await page.goto(address);
    await page.locator('.differences').getByText('Sent into the dark').waitFor({ timeout: 5000 });
  }, { timeout: 30_000 });
});

test.runIf(isLong)('a new article that never reached the server is sent from the next page that is opened', async () => {
  const { server, restart, page, pageErrors } = await openRealSite();
  const articles = page.url();
  await page.getByRole('main').getByRole('link', { name: 'New article' }).click();
  await page.waitForURL(/\/admin\/articles\/new/, { waitUntil: 'load' });
  await server.stop('SIGKILL');
  await title(page).fill('Never arrived');
  await waitForSaveState(page, /saved in this browser/);
  const context = page.context();
  await page.close();
  await restart();
  const again = await context.newPage();
  await again.goto(articles);
  await again.getByText('did not reach the server').getByRole('link', { name: 'Open the article' }).click();
  expect(await title(again).inputValue()).toBe('Never arrived');
  expect(pageErrors).toEqual([]);
});
