import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { inject, onTestFinished, vi } from 'vitest';
import { isLong } from '../support/long.ts';
import { addressOf, type TestSite } from '../support/test-site.ts';
import { unpackBrowser } from './unpack-browser.ts';

const looks: [colorScheme: 'light' | 'dark', width: number][] = [['light', 390], ['dark', 1440], ['dark', 390], ['light', 1440]];

/**
 * Shows a page in several colour schemes and widths, in CSS pixels, one after the other. In the short form, page number `number` is
 * shown in only one of them.
 */
export async function inEachLook(page: Page, number: number, check: (look: string) => Promise<void>): Promise<void> {
  for (const [index, [colorScheme, width]] of looks.entries()) {
    if (!isLong && index !== number % looks.length) continue;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await check(`${colorScheme}, ${width} px wide`);
  }
}

let started: Promise<Browser> | undefined;

/** The browser of this process, for all of its test files, because starting one takes longer than most tests. It ends with the process. */
export function sharedBrowser(): Promise<Browser> {
  started ??= unpackedPath().then((executablePath) => chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] }));
  return started;
}

/** One process unpacks the browser for all. */
async function unpackedPath(): Promise<string> {
  const folder = inject('browserFolder');
  const result = path.join(folder, 'path');
  const isFirst = await mkdir(path.join(folder, 'lock')).then(() => true, () => false);
  if (isFirst) await writeFile(`${result}.new`, (await unpackBrowser(folder)).path);
  if (isFirst) await rename(`${result}.new`, result);
  return vi.waitFor(() => readFile(result, 'utf8'), { timeout: 60_000 });
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
  const url = addressOf(site);
  const context: BrowserContext = await browser.newContext({ timezoneId: 'Europe/Bucharest', locale: 'en-GB', ...options });
  onTestFinished(async () => {
    await context.close();
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
