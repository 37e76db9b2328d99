import { expect, test } from 'vitest';
import { storePicture } from '../support/pictures.ts';
import { seedArticle } from '../support/seed.ts';
import { addArticle, emptySite, now, sampleSite } from '../support/test-site.ts';
import { sharedBrowser, openReader } from './browser.ts';

const browser = await sharedBrowser();

const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('“More on theme” is next to the text on a wide screen and below it on a phone', async () => {
  const site = await sampleSite({ SITE_URL: 'http://127.0.0.1' });
  for (const [options, isBeside] of [[wide, true], [phone, false]] as const) {
    const { page, url } = await openReader(browser, site, options);
    await page.goto(url + seedArticle.path);
    const article = await page.locator('article').boundingBox();
    const aside = await page.locator('aside').boundingBox();
    expect(article && aside && aside.y < article.y + article.height && aside.x >= article.x + article.width).toBe(isBeside);
  }
});

test('lines have 60 to 75 characters on a wide screen, and the text is at least 17 px on a phone', async () => {
  const site = await sampleSite();
  const onWide = await openReader(browser, site, wide);
  await onWide.page.goto(onWide.url + seedArticle.path);
  const characters = await onWide.page.locator('.body p').first().evaluate((paragraph) => {
    const range = document.createRange();
    const node = paragraph.firstChild as Text;
    const lines: number[] = [];
    let top = -1;
    for (let at = 0; at < node.length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const { y } = range.getBoundingClientRect();
      if (y > top + 5) {
        lines.push(0);
        top = y;
      }
      lines[lines.length - 1] = (lines.at(-1) ?? 0) + 1;
    }
    const full = lines.slice(0, -1);
    return full.reduce((sum, line) => sum + line, 0) / full.length;
  });
  expect(characters).toBeGreaterThanOrEqual(58);
  expect(characters).toBeLessThanOrEqual(76);
  const onPhone = await openReader(browser, site, phone);
  await onPhone.page.goto(onPhone.url + seedArticle.path);
  expect(await onPhone.page.locator('.body p').first().evaluate((paragraph) => Number.parseFloat(getComputedStyle(paragraph).fontSize))).toBeGreaterThanOrEqual(17);
});

test('the page makes three requests, none to another site, logs no errors, and stores no cookies or other data', async () => {
  const { page, url, pageErrors, requests } = await openReader(browser, await sampleSite(), wide);
  await page.goto(url + seedArticle.path, { waitUntil: 'networkidle' });
  expect(requests.filter((request) => !request.includes('/icons/'))).toHaveLength(3);
  expect(requests.filter((request) => !request.startsWith(url))).toEqual([]);
  expect(pageErrors).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});

test('the page and the search work without JavaScript', async () => {
  const { page, url } = await openReader(browser, await sampleSite(), { ...wide, javaScriptEnabled: false });
  await page.goto(url + seedArticle.path);
  expect(await page.locator('h1').textContent()).toBe(seedArticle.title);
  expect(await page.locator('aside li').count()).toBe(20);
  expect(await page.locator('article time').first().textContent()).toBe('Sunday, 23 March 2025, 17:55 EET');
  await page.locator('.masthead-search input').fill('sudan');
  await page.locator('.masthead-search input').press('Enter');
  expect(await page.locator('.search-count').textContent()).toContain('articles found');
});

test('a reader in another time zone sees local times, without layout shifts', async () => {
  const site = await sampleSite();
  for (const options of [wide, phone]) {
    const { page, url } = await openReader(browser, site, { ...options, timezoneId: 'Asia/Kolkata' });
    await page.addInitScript(() => {
      Object.assign(globalThis, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) Object.assign(globalThis, { shift: (globalThis as unknown as { shift: number }).shift + (entry as unknown as { value: number }).value });
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(url + seedArticle.path, { waitUntil: 'networkidle' });
    expect(await page.locator('article time').first().textContent()).toMatch(/^Sunday,? 23 March 2025, 21:25 (?:IST|GMT\+5:30)$/);
    expect(await page.locator('aside time').first().textContent()).toBe('23 March, 17:50');
    expect(await page.locator('aside time').first().getAttribute('title')).toMatch(/^Sunday,? 23 March 2025, 17:50 /);
    expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBe(0);
  }
});

test('a reader in the site’s time zone sees the times as served', async () => {
  const { page, url } = await openReader(browser, await sampleSite(), { timezoneId: 'Europe/Athens' });
  await page.goto(url + seedArticle.path, { waitUntil: 'networkidle' });
  expect(await page.locator('article time').first().textContent()).toBe('Sunday, 23 March 2025, 17:55 EET');
});

test('clicking the link to the article copies its address and says so', async () => {
  const site = await sampleSite();
  const { page, url } = await openReader(browser, site, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(url + seedArticle.path);
  await page.getByRole('link', { name: 'Link to this article' }).click();
  await page.getByText('Link copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`https://news.example${seedArticle.path}`);
});

test('the first Tab stop skips to the text, and every Tab stop is visible and has a focus ring', async () => {
  const { page, url } = await openReader(browser, await sampleSite(), wide);
  await page.goto(url + seedArticle.path);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to main content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);

  await page.goto(url + seedArticle.path);
  const stops = await page.locator('a[href], button, input').filter({ visible: true }).count();
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      return { name: element.outerHTML.slice(0, 80), isMarked: outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2, isVisible: width > 0 && height > 0 };
    });
    expect(focused).toEqual({ name: focused.name, isMarked: true, isVisible: true });
  }
});

test('no page scrolls sideways at 320 px or at 200 % zoom', async () => {
  const site = await sampleSite();
  const wideTable = `| ${'column | '.repeat(12)}\n| ${'- | '.repeat(12)}\n| ${'content | '.repeat(12)}\n\n\`\`\`\n${'code '.repeat(60)}\n\`\`\`\n\n${'long'.repeat(60)}`;
  const { slug } = await addArticle(site, { title: `Donaudampfschifffahrtsgesellschaftskapitänsmütze ${'x'.repeat(60)}`, body: wideTable, authors: ['A'.repeat(80)] });
  const picture = await storePicture(site, { width: 640, height: 400, caption: 'long'.repeat(60), credit: 'name'.repeat(40) });
  const pictured = await addArticle(site, { picture, body: `![](picture:${picture}) ![](picture:${picture})\n\nLine ![](picture:${picture})`, publishedAt: now });
  for (const viewport of [{ width: 320, height: 600 }, { width: 720, height: 450 }]) {
    const { page, url } = await openReader(browser, site, { viewport });
    for (const path of ['/', seedArticle.path, `/articles/${slug}`, `/articles/${pictured.slug}`, '/themes/world', '/search?q=sudan', '/archive/2025', '/about', '/nothing']) {
      await page.goto(url + path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${path} at ${viewport.width}`).toBe(0);
    }
  }
});

test('right-to-left articles are aligned to the right on a left-to-right site', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { title: 'السلام عليكم', language: 'ar', body: 'نص المقال', authors: ['Ada Example'] });
  const { page, url } = await openReader(browser, site, wide);
  await page.goto(`${url}/articles/${slug}`);
  expect(await page.locator('h1').evaluate((h1) => getComputedStyle(h1).direction)).toBe('rtl');
  const right = async (selector: string) => page.locator(selector).first().evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return Math.round(range.getBoundingClientRect().right);
  });
  expect(await right('.body p')).toBe(await right('h1'));
  expect(await right('.byline-authors')).toBe(await right('h1'));
});

test('printing shows the article with its address, without navigation and sidebar', async () => {
  const { page, url } = await openReader(browser, await sampleSite(), wide);
  await page.goto(url + seedArticle.path);
  await page.emulateMedia({ media: 'print' });
  for (const selector of ['h1', '.standfirst', '.byline-date', '.body', '.print-address', '.copyright']) expect(await page.locator(selector).isVisible(), selector).toBe(true);
  for (const selector of ['.themes', 'aside', '.masthead-search', '.share', '.follow', '.site-pages', '.skip-link']) expect(await page.locator(selector).isVisible(), selector).toBe(false);
  expect(await page.locator('.print-address').textContent()).toBe(`https://news.example${seedArticle.path}`);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(255, 255, 255)');
  expect(await page.locator('.site-footer').evaluate((footer) => getComputedStyle(footer).display)).toBe('block');
  await page.goto(`${url}/search?q=sudan`);
  expect(await page.locator('.search-form').isVisible()).toBe(false);
});
