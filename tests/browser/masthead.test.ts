import { expect, test } from 'vitest';
import { saveSettings } from '../../src/storage/site/settings.ts';
import { seedArticle } from '../support/seed.ts';
import { sampleSite } from '../support/test-site.ts';
import { openReader, sharedBrowser } from './browser.ts';

const browser = await sharedBrowser();

test('a page opens at its top, and on phones the navigation shows its current theme', async () => {
  const site = await sampleSite();
  for (const width of [320, 768, 1440]) {
    const { page, url } = await openReader(browser, site, { viewport: { width, height: 600 } });
    for (const path of ['/', '/themes/software', seedArticle.path]) {
      await page.goto(url + path);
      expect(await page.evaluate(() => [scrollX, scrollY]), `${path}, ${width} px wide`).toEqual([0, 0]);
    }
    await page.goto(`${url}/themes/software`);
    const current = await page.locator('.themes [aria-current]').boundingBox();
    expect((current?.x ?? -1) >= 0 && (current?.x ?? 0) + (current?.width ?? 0) <= width, `${width} px wide`).toBe(true);
  }
});

test.each(['The Greater Bucharest and Ilfov County Evening Chronicle and Weekly Advertiser', 'Donaudampfschifffahrtsgesellschaftskapitänsnachrichtenblattundwochenendanzeiger'])('the long name %s is smaller than a headline, and covers nothing', async (name) => {
  const site = await sampleSite();
  await saveSettings(site.context.db, { name }, site.time.now);
  for (const width of [320, 390, 768, 1024, 1440, 2000]) {
    const { page, url } = await openReader(browser, site, { viewport: { width, height: 900 } });
    await page.goto(url);
    const fontSize = (selector: string) => page.locator(selector).first().evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(await fontSize('.masthead-name'), `${width} px wide`).toBeLessThan(await fontSize('main h2'));
    const boxes = await page.locator('.masthead-name a, .masthead-date, .masthead-search, .masthead-search-link a').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().toJSON() as DOMRect).filter((box) => box.width > 0));
    const overlaps = boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom));
    expect([overlaps, boxes.every((box) => box.left >= 0 && box.right <= width)], `${width} px wide`).toEqual([[], true]);
  }
});
