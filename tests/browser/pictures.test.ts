import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { saveStaticPage } from '../../src/storage/pages/edit-static-pages.ts';
import { storePicture } from '../support/pictures.ts';
import { addArticle, emptySite, now, type TestSite } from '../support/test-site.ts';
import { sharedBrowser, openReader } from './browser.ts';

const browser = await sharedBrowser();

interface Pictures {
  paths: string[];
  article: string;
}

/** A site that shows pictures of several shapes in all places. They are narrow, because making renditions takes time. */
async function siteWithPictures(): Promise<TestSite & Pictures> {
  const site = await emptySite({ SITE_URL: 'http://127.0.0.1' });
  const [wide, portrait, panorama, small] = [await storePicture(site, { width: 640, height: 427, caption: 'A caption', credit: 'Ada Example' }), await storePicture(site, { width: 480, height: 720 }), await storePicture(site, { width: 640, height: 213 }), await storePicture(site, { width: 200, height: 133 })];
  const paragraph = 'The ferries stopped as the storm closed in on the islands. '.repeat(8);
  const body = `${paragraph}\n\n![](picture:${wide})\n\n${paragraph}\n\n![](picture:${portrait})\n\n![](picture:${portrait}) ![](picture:${wide})\n\n${paragraph}\n\n![](picture:${small})\n\n${paragraph}`;
  const { slug: article } = await addArticle(site, { title: 'Wide', picture: wide, body, standfirst: paragraph.slice(0, 100), publishedAt: now });
  const { slug: portraitArticle } = await addArticle(site, { title: 'Portrait', picture: portrait });
  for (const theme of ['Sport', 'Culture', 'Science']) for (let count = 0; count < 3; count += 1) await addArticle(site, { theme, title: `${theme} ${count}`, picture: count === 2 ? panorama : wide, publishedAt: now - 3_600_000 * (2 + count) });
  await saveStaticPage(site.context.db, { path: 'about', title: 'About', body: '', bodyHtml: `<figure><img src="picture:${wide}" alt=""></figure>`, markupVersion: 1 }, now);
  return { ...site, paths: ['/', `/articles/${article}`, `/articles/${portraitArticle}`, '/themes/sport', '/about'], article: `/articles/${article}` };
}

interface Measured {
  sizes: number;
  drawn: number;
  name: string;
}

/** For each picture the width in CSS pixels that its `sizes` promise, and the width at which it is drawn, with the hidden parts of cropped pictures. */
async function measurePictures(page: Page): Promise<Measured[]> {
  return page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode()));
    return [...document.images].map((image) => {
      const { width, height } = image.getBoundingClientRect();
      const ratio = Number(image.getAttribute('width')) / Number(image.getAttribute('height'));
      // A rendition of 640w that really is 640 pixels wide has the width that `sizes` promise as its natural width.
      return { sizes: image.naturalWidth, drawn: getComputedStyle(image).objectFit === 'cover' ? Math.max(width, height * ratio) : width, name: `${image.closest('[class]')?.className ?? ''} ${image.sizes}` };
    });
  });
}

test('the sizes of pictures match the layout within 10 % at every breakpoint', { timeout: 180_000 }, async () => {
  const site = await siteWithPictures();
  for (const width of [320, 390, 768, 1024, 1440, 2000]) {
    const { page, url } = await openReader(browser, site, { viewport: { width, height: 1200 } });
    for (const path of site.paths) {
      await page.goto(url + path);
      const measured = await measurePictures(page);
      expect(measured.length, path).toBeGreaterThan(0);
      expect(measured.filter(({ sizes, drawn }) => Math.abs(sizes - drawn) > 0.1 * drawn).map((picture) => ({ path, width, ...picture }))).toEqual([]);
    }
    await page.context().close();
  }
});

test('the lead picture is as wide as the text on wide screens and edge to edge on phones', async () => {
  const site = await siteWithPictures();
  const box = async (page: Page, selector: string) => page.locator(selector).first().evaluate((element) => {
    const { x, width, height } = element.getBoundingClientRect();
    return { x, width, height };
  });
  const wide = await openReader(browser, site, { viewport: { width: 1440, height: 900 } });
  await wide.page.goto(wide.url + site.article);
  const [lead, text] = [await box(wide.page, '.lead-picture img'), await box(wide.page, '.body')];
  expect([lead.x, lead.width]).toEqual([text.x, text.width]);
  await wide.page.goto(wide.url);
  expect((await box(wide.page, '.front-lead-picture img')).height).toBeLessThanOrEqual(540);

  const phone = await openReader(browser, site, { viewport: { width: 390, height: 844 } });
  for (const [path, selector] of [[site.article, '.lead-picture img'], ['/', '.front-lead-picture img']] as const) {
    await phone.page.goto(phone.url + path);
    expect(await box(phone.page, selector)).toEqual({ x: 0, width: 390, height: expect.closeTo(260, 0) });
  }
});

test('two pictures in a row have the same height and stand one below the other on phones', async () => {
  const site = await siteWithPictures();
  const boxes = async (width: number) => {
    const { page, url } = await openReader(browser, site, { viewport: { width, height: 900 } });
    await page.goto(url + site.article);
    return page.locator('.pictures img').evaluateAll((images) => images.map((image) => image.getBoundingClientRect()).map(({ y, height }) => ({ y: Math.round(y), height: Math.round(height) })));
  };
  const [left, right] = await boxes(1440);
  expect(left).toEqual(right);
  const [upper, lower] = await boxes(390);
  expect(lower?.y).toBeGreaterThanOrEqual((upper?.y ?? 0) + (upper?.height ?? 0));
});

test('pictures shift nothing while they load, break no security policy, and the preloaded one is the one that is shown', async () => {
  const site = await siteWithPictures();
  const { page, url, pageErrors, requests } = await openReader(browser, site, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3 });
  await page.addInitScript(() => {
    Object.assign(globalThis, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) Object.assign(globalThis, { shift: (globalThis as unknown as { shift: number }).shift + (entry as unknown as { value: number }).value });
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const path of site.paths) {
    requests.length = 0;
    await page.goto(url + path, { waitUntil: 'networkidle' });
    const addresses = requests.filter((request) => request.includes('/pictures/'));
    expect(new Set(addresses).size, path).toBe(addresses.length);
    expect(addresses.filter((address) => !address.endsWith('.avif')), path).toEqual([]);
    await measurePictures(page);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift), path).toBe(0);
  }
  expect(pageErrors).toEqual([]);
});

test('a phone with three pixels per CSS pixel gets the rendition of 640 pixels for a lead picture as wide as its screen', async () => {
  const site = await emptySite({ SITE_URL: 'http://127.0.0.1' });
  const { slug } = await addArticle(site, { picture: await storePicture(site, { width: 1280, height: 853 }) });
  const { page, url, requests } = await openReader(browser, site, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3 });
  await page.goto(`${url}/articles/${slug}`, { waitUntil: 'networkidle' });
  expect(requests.filter((request) => request.includes('/pictures/')).map((address) => address.slice(address.lastIndexOf('/')))).toEqual(['/640.avif']);
});

test('until a picture has loaded, its place shows its dominant colour', async () => {
  const site = await siteWithPictures();
  const { page, url } = await openReader(browser, site, { viewport: { width: 1440, height: 900 } });
  await page.route('**/pictures/**', () => {});
  await page.goto(url + site.article, { waitUntil: 'commit' });
  const place = page.locator('.lead-picture > svg');
  await place.waitFor();
  const [colour, image] = [await place.evaluate((svg) => ({ colour: getComputedStyle(svg).backgroundColor, box: svg.getBoundingClientRect().toJSON() })), await page.locator('.lead-picture img').evaluate((img) => img.getBoundingClientRect().toJSON())];
  expect(colour).toEqual({ colour: 'rgb(122, 111, 128)', box: image });
});

test('a click on a picture in a teaser opens the article, and the picture is no stop for the Tab key', async () => {
  const site = await siteWithPictures();
  for (const [width, path] of [[390, '/'], [1440, '/'], [390, '/themes/sport'], [1440, '/themes/sport']] as const) {
    const { page, url } = await openReader(browser, site, { viewport: { width, height: 900 } });
    await page.goto(url + path);
    const picture = page.locator('.front-lead-picture, .row-picture').first();
    const href = await page.locator('.lead-title a, .teaser-title a').first().getAttribute('href');
    const { x, y, width: wide, height } = (await picture.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const targets = await page.evaluate((points) => points.map(([left, top]) => document.elementFromPoint(left ?? 0, top ?? 0)?.closest('a')?.getAttribute('href')), [[x + 2, y + 2], [x + wide - 2, y + height - 2]]);
    expect(targets, `${path} at ${width}`).toEqual([href, href]);
    expect(await page.locator('.picture :is(a, [tabindex])').count()).toBe(0);
  }
});

test('a printed lead picture takes at most a third of a page, without the hairline of dark schemes', async () => {
  const site = await siteWithPictures();
  const { page, url } = await openReader(browser, site, { viewport: { width: 643, height: 971 }, colorScheme: 'dark' });
  await page.goto(url + site.article);
  await page.emulateMedia({ media: 'print' });
  const { height, outline } = await page.locator('.lead-picture img').evaluate((img) => ({ height: img.getBoundingClientRect().height, outline: getComputedStyle(img).outlineStyle }));
  expect(height).toBeLessThanOrEqual(971 / 3);
  expect(outline).toBe('none');
});
