import request from 'supertest';
import { expect, test } from 'vitest';
import type { PictureDetails } from '../../../src/content/pictures/picture.ts';
import { changePicture, deletePicture } from '../../../src/storage/pictures/save-picture.ts';
import { saveStaticPage } from '../../../src/storage/pages/edit-static-pages.ts';
import { makeEditor } from '../../support/admin.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

const details: PictureDetails = { alt: 'Old alt', isDecoration: false, caption: 'Old caption', credit: 'Old credit', focus: { x: 50, y: 50 } };

/** The paths whose page in the cache was replaced by `act`. */
async function replacedBy(site: TestSite, paths: string[], act: () => Promise<unknown>): Promise<string[]> {
  const load = async (path: string) => (await request(site.app).get(path)).text;
  for (const path of paths) await load(path);
  await act();
  const replaced: string[] = [];
  for (const path of paths) {
    const { misses } = site.context.pages.counts;
    await load(path);
    if (site.context.pages.counts.misses > misses) replaced.push(path);
  }
  return replaced;
}

async function siteWithPicture() {
  const site = await emptySite();
  const id = await storePicture(site, details);
  const lead = await addArticle(site, { title: 'Harbour', picture: id, authors: ['Ada'], topics: ['Coast'] });
  const body = await addArticle(site, { theme: 'Sport', title: 'Inside', body: `![](picture:${id})`, publishedAt: now - 7_200_000 });
  const other = await addArticle(site, { theme: 'Sport', title: 'Other', publishedAt: now - 7_200_000 });
  await saveStaticPage(site.context.db, { path: 'about', title: 'About', body: `![](picture:${id})`, bodyHtml: `<figure><img src="picture:${id}" alt=""></figure>`, markupVersion: 1 }, now);
  const showing = ['/', `/articles/${lead.slug}`, `/articles/${body.slug}`, '/about', '/themes/world', '/authors/ada', '/topics/coast', '/archive/2025/03/23', '/search?q=harbour'];
  const others = [`/articles/${other.slug}`, '/archive', '/themes', '/themes/sport', '/search', '/search?q=other'];
  return { site, id, showing, others };
}

test('a change of a picture replaces exactly the pages that show it', async () => {
  const { site, id, showing, others } = await siteWithPicture();
  const editor = await makeEditor(site, { role: 'editor' });
  const changes: Partial<PictureDetails>[] = [{ alt: 'New alt' }, { caption: 'New caption' }, { credit: 'New credit' }, { focus: { x: 0, y: 0 } }];
  let current = details;
  for (const [version, change] of changes.entries()) {
    current = { ...current, ...change };
    expect(await replacedBy(site, [...showing, ...others], () => changePicture(site.context.db, id, version + 1, current, editor.id, now)), JSON.stringify(change)).toEqual(showing);
  }
  const pages = new Map<string, string>();
  for (const path of showing) pages.set(path, (await request(site.app).get(path)).text);
  const saying = (words: string) => showing.filter((path) => pages.get(path)?.includes(words));
  expect(saying('New alt')).toEqual(showing.slice(0, 4));
  expect(saying('New caption')).toEqual(showing.slice(1, 4));
  expect(saying('New credit')).toEqual(showing.slice(1, 4));
  expect([saying('Old alt'), saying('Old caption'), saying('Old credit')]).toEqual([[], [], []]);
});

test('a page that names a picture which does not exist changes if the picture is deleted after all', async () => {
  const site = await emptySite();
  const id = await storePicture(site, details);
  await saveStaticPage(site.context.db, { path: 'about', title: 'About', body: '', bodyHtml: `<figure><img src="picture:${id}" alt="Harbour"></figure>`, markupVersion: 1 }, now);
  expect(await replacedBy(site, ['/about'], () => deletePicture(site.context.db, id, null, now))).toEqual(['/about']);
  expect((await request(site.app).get('/about')).text).toContain('<p>Harbour</p>');
});

test('a page with very many pictures changes with any of them', async () => {
  const site = await emptySite();
  const id = await storePicture(site, details);
  const { slug } = await addArticle(site, { body: Array.from({ length: 200 }, (_, index) => `![](picture:${id + index})`).join('\n\n') });
  const editor = await makeEditor(site, { role: 'editor' });
  expect(await replacedBy(site, [`/articles/${slug}`], () => changePicture(site.context.db, id, 1, { ...details, alt: 'New alt' }, editor.id, now))).toEqual([`/articles/${slug}`]);
  expect((await request(site.app).get(`/articles/${slug}`)).text).toContain('New alt');
});
