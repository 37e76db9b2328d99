import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withdrawArticle } from '../../src/storage/articles/article-states.ts';
import { storePicture } from '../support/pictures.ts';
import { seedArticle } from '../support/seed.ts';
import { putInStoryline, relate } from '../support/storylines.ts';
import { addArticle, now, sampleSite } from '../support/test-site.ts';
import { shouldCheck, launchBrowser, looks, openReader } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

for (const look of looks) {
  const [colorScheme, width] = look;
  test(`axe reports no violations on any kind of page, ${colorScheme}, ${width} px wide`, async () => {
    const site = await sampleSite();
    const withdrawn = await addArticle(site, { title: 'Gone' });
    await withdrawArticle(site.context.db, withdrawn.id, 'Wrong.', now);
    const odd = await addArticle(site, { title: 'خبر', language: 'ar', authors: ['Ada Example', 'Ben Example'], updatedAt: now, body: '# A\n\n### B\n\n> q\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n\n![p](/icons/icon.svg "C")\n\n`c` [l](https://other.example/) n[^1]\n\n```\nx\n```\n\n[^1]: Note' });
    const picture = await storePicture(site, { width: 640, height: 400, caption: 'A *caption*', credit: 'Ada Example' });
    const pictured = await addArticle(site, { title: 'Pictured', theme: 'Pictures', picture, body: `![](picture:${picture}) ![](picture:${picture})\n\nText`, publishedAt: now });
    const story: { id: number; slug: string }[] = [];
    for (let n = 1; n <= 12; n += 1) story.push(await addArticle(site, { title: `Part ${n}`, publishedAt: now - (20 - n) * 400_000 }));
    await putInStoryline(site, 1, story, 'A storyline');
    for (const article of story.slice(-1)) await relate(site, article, [odd, pictured]);
    const { page, url } = await openReader(browser, site, { colorScheme, viewport: { width, height: 900 } });
    const paths = ['/', `/articles/${story.at(-1)?.slug}`, '/storylines/1', seedArticle.path, `/articles/${odd.slug}`, `/articles/${pictured.slug}`, '/themes/pictures', `/articles/${withdrawn.slug}`, '/articles/search-in-any-script', '/themes/world', '/authors/broadsheet-desk', '/archive', '/archive/2025', '/search', '/search?q=sudan', '/search?q=zzz', '/about', '/nothing', '/articles/%E0%A4%A'];
    for (const path of paths.filter((_path, index) => shouldCheck(index, look))) {
      await page.goto(url + path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)).toEqual([]);
    }
  });
}

test('targets are at least 24 px in size, except links within a sentence', async () => {
  const { page, url } = await openReader(browser, await sampleSite(), { viewport: { width: 390, height: 844 } });
  for (const path of ['/', seedArticle.path, '/themes/craft', '/search?q=sudan', '/archive']) {
    await page.goto(url + path);
    const { violations } = await new AxeBuilder({ page }).withRules(['target-size']).analyze();
    expect(violations.flatMap(({ nodes }) => nodes.map((node) => `${path} ${node.html}`))).toEqual([]);
  }
});
