import { expect, test } from 'vitest';
import { withdrawArticle } from '../../src/storage/articles/article-states.ts';
import { makeEditor, signIn } from '../support/admin.ts';
import { change } from '../support/article-form.ts';
import { correct } from '../support/corrections.ts';
import { storePicture } from '../support/pictures.ts';
import { seedArticle } from '../support/seed.ts';
import { putInStoryline, relate } from '../support/storylines.ts';
import { addArticle, now, sampleSite } from '../support/test-site.ts';
import { axeFaults } from './axe.ts';
import { inEachLook, sharedBrowser, openReader } from './browser.ts';

const browser = await sharedBrowser();

test('axe reports no violations on any kind of page, and targets are at least 24 px in size, except links within a sentence', { timeout: 180_000 }, async () => {
  const site = await sampleSite();
  const withdrawn = await addArticle(site, { title: 'Gone' });
  await withdrawArticle(site.context.db, withdrawn.id, 'Wrong.', now);
  const odd = await addArticle(site, { title: 'خبر', language: 'ar', authors: ['Ada Example', 'Ben Example'], updatedAt: now, body: '# A\n\n### B\n\n> q\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n\n![p](/icons/icon.svg "C")\n\n`c` [l](https://other.example/) n[^1]\n\n```\nx\n```\n\n[^1]: Note' });
  const picture = await storePicture(site, { width: 640, height: 400, caption: 'A *caption*', credit: 'Ada Example' });
  const pictured = await addArticle(site, { title: 'Pictured', theme: 'Pictures', picture, body: `![](picture:${picture}) ![](picture:${picture})\n\nText`, publishedAt: now });
  const story: { id: number; slug: string }[] = [];
  for (let n = 1; n <= 12; n += 1) story.push(await addArticle(site, { title: `Part ${n}`, publishedAt: now - (20 - n) * 400_000 }));
  await putInStoryline(site, 90, story, 'A storyline');
  for (const article of story.slice(-1)) await relate(site, article, [odd, pictured]);
  for (const text of ['One, not two.', 'x'.repeat(100)]) await correct(site, odd, text);
  await change(await signIn(site, (await makeEditor(site, { role: 'editor' })).email), pictured.id, 'publication', { title: 'خبر' });
  const { page, url } = await openReader(browser, site);
  const paths = ['/corrections', `/articles/${pictured.slug}/history`, '/', `/articles/${story.at(-1)?.slug}`, '/storylines/90', seedArticle.path, `/articles/${odd.slug}`, `/articles/${pictured.slug}`, '/themes/pictures', `/articles/${withdrawn.slug}`, '/articles/search-in-any-script', '/themes/world', '/authors/broadsheet-desk', '/archive', '/archive/2025', '/search', '/search?q=sudan', '/search?q=zzz', '/about', '/nothing', '/articles/%E0%A4%A'];
  const found: string[] = [];
  for (const [number, path] of paths.entries()) {
    await page.goto(url + path);
    await inEachLook(page, number, async (look) => {
      found.push(...(await axeFaults(page, `${path}, ${look}`)));
    });
  }
  expect(found).toEqual([]);
});
