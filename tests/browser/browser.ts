import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import { shortOrLong, isLong } from '../support/long.ts';
import { listen, type TestSite } from '../support/test-site.ts';

const allLooks: [colorScheme: 'light' | 'dark', width: number][] = [['light', 390], ['dark', 1440], ['dark', 390], ['light', 1440]];

/** The colour schemes and widths, in CSS pixels, in which every kind of page is checked. */
export const looks = shortOrLong(allLooks.slice(0, 2), allLooks);

/** Whether to check page number `page` in a look. In the short form, each page is checked in only one look. */
export function shouldCheck(page: number, look: (typeof looks)[number]): boolean {
  return isLong || page % looks.length === looks.indexOf(look);
}

/** Starts the browser. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: inject('browserPath'), args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
}

/** A page in its own browser context on a served site. `pageErrors` has console errors, warnings and exceptions. */
export interface Reader {
  page: Page;
  url: string;
  pageErrors: string[];
  requests: string[];
}

/** Serves the site and opens a page. Both are closed after the test. */
export async function openReader(browser: Browser, site: TestSite, options: BrowserContextOptions = {}): Promise<Reader> {
  const { server, url } = await listen(site.app);
  const context: BrowserContext = await browser.newContext({ timezoneId: 'Europe/Bucharest', locale: 'en-GB', ...options });
  onTestFinished(async () => {
    await context.close();
    server.closeAllConnections();
    server.close();
  });
  const page = await context.newPage();
  const pageErrors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) pageErrors.push(message.text());
  });
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
  return { page, url, pageErrors, requests };
}
