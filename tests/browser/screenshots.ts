import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { createApp } from '../../src/app.ts';
import { loadSample } from '../../src/cli/sample.ts';
import { readConfig } from '../../src/config.ts';
import { createContext } from '../../src/context.ts';
import { ensureFirstLink } from '../../src/storage/newsroom/set-up-links.ts';
import { admin } from '../../src/urls.ts';
import { seedArticle } from '../support/seed.ts';
import { unpackBrowser } from './unpack-browser.ts';

// `npm run screenshots` makes the README's pictures: a new site with the sample, an hour after its newest article.
const folder = path.resolve(import.meta.dirname, '../../.github');
const evening = Date.parse('2025-03-23T18:55:14+02:00');

const dataDir = await mkdtemp(path.join(tmpdir(), 'broadsheet-screenshots-'));
const unpacked = await unpackBrowser();
const context = await createContext(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' }), { clock: () => evening });
const server = createServer(createApp(context));
const browser = await chromium.launch({ executablePath: unpacked.path, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
try {
  await loadSample(context);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  const url = `http://127.0.0.1:${address.port}`;
  const page = await browser.newPage({ viewport: { width: 1280, height: 960 }, timezoneId: 'Europe/Bucharest', locale: 'en-GB', colorScheme: 'light' });
  await mkdir(folder, { recursive: true });

  await save(page, `${url}/`, 'front-page');
  await save(page, url + seedArticle.path, 'article');
  await createAccount(page, url + admin.setUp((await ensureFirstLink(context.db)) ?? ''));
  await page.goto(url + admin.articles);
  await page.getByRole('link', { name: seedArticle.title }).first().click();
  await page.waitForLoadState('networkidle');
  await save(page, page.url(), 'editor');
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await context.close();
  await unpacked.remove();
  await rm(dataDir, { recursive: true, force: true });
}

async function save(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

async function createAccount(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const fields = { name: 'Ada Example', email: 'ada@news.example', password: 'a password for one picture' };
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  await page.locator('main button').click();
  await page.waitForURL(/\/admin$/);
}
