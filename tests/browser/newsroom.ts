import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished, vi } from 'vitest';
import type { Role } from '../../src/content/accounts/permissions.ts';
import { makeEditor, password } from '../support/admin.ts';
import { addressOf, sampleSite, type TestSite } from '../support/test-site.ts';

/** A served site, and browsers of people who use it. */
export interface Newsroom {
  site: TestSite;
  url: string;
  /** Console errors, warnings, exceptions and requests to other sites. */
  pageErrors: string[];
  /** Opens a blank page in a new browser context. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** Adds an editor, and opens a blank page in a new browser context in which they are signed in. */
  openSignedIn(name: string, role?: Role, options?: BrowserContextOptions): Promise<Page>;
}

/** Serves a site with the sample articles. Everything is closed after the test. */
export async function openNewsroom(browser: Browser, environment: Record<string, string> = {}): Promise<Newsroom> {
  const site = await sampleSite(environment);
  const url = addressOf(site);
  const pageErrors: string[] = [];
  const open = async (options: BrowserContextOptions = {}) => openPage(browser, url, pageErrors, options);
  return {
    site,
    url,
    pageErrors,
    open,
    async openSignedIn(name, role = 'editor', options = {}) {
      const { email } = await makeEditor(site, { role, name });
      const page = await open(options);
      await addSession(page, url, email);
      return page;
    },
  };
}

/** Signs in with a request and gives the cookies to the page, because loading the sign-in page takes longer than many tests. */
async function addSession(page: Page, url: string, email: string): Promise<void> {
  const headers = { 'Sec-Fetch-Site': 'same-origin', 'User-Agent': await page.evaluate(() => navigator.userAgent) };
  const response = await fetch(`${url}/admin/sign-in`, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ email, password }) });
  const cookies = response.headers.getSetCookie().map((header) => {
    const [, name = '', value = '', sameSite] = /^([^=]+)=([^;]*);.*SameSite=(Lax|Strict)/.exec(header) ?? [];
    return { name, value, sameSite: sameSite === 'Strict' ? ('Strict' as const) : ('Lax' as const), httpOnly: header.includes('HttpOnly'), secure: header.includes('Secure'), domain: new URL(url).hostname, path: '/' };
  });
  await page.context().addCookies(cookies);
}

/** Opens a page in a new browser context. Its errors are added to `pageErrors`, except responses that tests provoke. */
export async function openPage(browser: Browser, url: string, pageErrors: string[], options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'Europe/Bucharest', locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(15_000);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !/status of (?:401|409|422)|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/.test(message.text())) pageErrors.push(message.text());
  });
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) pageErrors.push(`request to ${request.url()}`);
  });
  return page;
}

export async function signInAs(page: Page, url: string, email: string): Promise<void> {
  await page.goto(`${url}/admin/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/admin$/);
}

/** Waits until the save state matches `text`, and returns it. */
export async function waitForSaveState(page: Page, text: RegExp, timeout = 15_000): Promise<string> {
  const state = page.locator('[data-save-state]').filter({ hasText: text });
  await state.waitFor({ timeout });
  return (await state.textContent()) ?? '';
}

/** Waits until the presence note contains `text`. The page only requests the note when it becomes visible. */
export async function waitForPresence(page: Page, text: string): Promise<void> {
  const others = page.locator('[data-others]').filter({ hasText: text });
  await vi.waitFor(async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await others.waitFor({ timeout: 500 });
  }, { timeout: 30_000 });
}

/** The titles of all texts that reached the server, in order of arrival. */
export async function receivedTitles({ context }: TestSite): Promise<string[]> {
  const rows = await context.db.reader.selectFrom('revision').select('form').orderBy('id').execute();
  return rows.map(({ form }) => (JSON.parse(form) as { title: string }).title);
}

export const titleField = (page: Page) => page.getByLabel('Title');
export const clickButton = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
export const countLocalStorageKeys = (page: Page) => page.evaluate(() => Object.keys(localStorage).length);

export const waitForNetworkIdle = (page: Page) => page.waitForLoadState('networkidle');

/** Saves a new article and opens it. Returns its address without `?done=…`, so that tests can wait for a later save. */
export async function saveArticle(page: Page, url: string, text = 'Saved'): Promise<string> {
  await page.goto(`${url}/admin/articles/new`);
  await titleField(page).fill(text);
  await clickButton(page, 'Save draft');
  await page.waitForURL(/done=draft/);
  const address = page.url().replace(/\?.*/, '');
  await page.goto(address);
  return address;
}
