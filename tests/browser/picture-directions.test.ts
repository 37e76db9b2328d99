import { expect, test } from 'vitest';
import { changeSetting } from '../../src/cli/settings.ts';
import { storePicture } from '../support/pictures.ts';
import { addArticle, emptySite } from '../support/test-site.ts';
import { sharedBrowser, openReader } from './browser.ts';

const browser = await sharedBrowser();

test('on a page from right to left, dates and pictures of articles in English stand in the same columns as those in Arabic', async () => {
  const site = await emptySite({ SITE_URL: 'http://127.0.0.1' });
  await changeSetting(site.context, 'language', 'ar');
  for (const language of ['en', 'ar', 'en', 'ar']) await addArticle(site, { title: language === 'en' ? 'The harbour at dusk' : 'المرفأ عند الغروب', standfirst: 'Ships', language, picture: await storePicture(site, { width: 640, height: 427 }) });
  for (const width of [390, 768, 1440]) {
    const { page, url } = await openReader(browser, site, { viewport: { width, height: 900 } });
    for (const path of ['/themes/world', '/search?q=ships']) {
      await page.goto(url + path);
      const lefts = async (selector: string) => page.locator(selector).evaluateAll((elements) => [...new Set(elements.map((element) => Math.round(element.getBoundingClientRect().left)))]);
      expect(await page.locator('.row-picture').count(), path).toBe(4);
      expect((await lefts('.row-picture')).length, `${path} ${width}`).toBe(1);
      const clicked = await page.locator('.teaser').evaluateAll((rows) => rows.map((row) => {
        const { left, top, width: w, height: h } = row.querySelector('.row-picture')?.getBoundingClientRect() ?? new DOMRect();
        row.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { top: scrolled } = row.querySelector('.row-picture')?.getBoundingClientRect() ?? { top };
        return document.elementFromPoint(left + w / 2, scrolled + h / 2)?.tagName;
      }));
      expect(clicked).toEqual(Array(4).fill('A'));
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/rtl-${path.split(/[/?]/)[1]}-${width}.png` });
    }
    if (process.env['SHOTS']) {
      await page.goto(url);
      await page.screenshot({ path: `${process.env['SHOTS']}/rtl-front-${width}.png` });
    }
    await page.context().close();
  }
});

test('a lead picture that is extremely tall is cropped, even if it is narrow', async () => {
  const site = await emptySite({ SITE_URL: 'http://127.0.0.1' });
  const { slug } = await addArticle(site, { picture: await storePicture(site, { width: 2, height: 2560 }) });
  const { page, url } = await openReader(browser, site);
  await page.goto(`${url}/articles/${slug}`);
  expect((await page.locator('.lead-picture img').boundingBox())?.height).toBeLessThan(10);
});
