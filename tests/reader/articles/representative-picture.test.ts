import request from 'supertest';
import { expect, test, vi } from 'vitest';
import { changeSetting } from '../../../src/cli/settings.ts';
import { withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import { findPicture } from '../../../src/storage/pictures/pictures.ts';
import { changePicture } from '../../../src/storage/pictures/save-picture.ts';
import { saveStaticPage } from '../../../src/storage/pages/edit-static-pages.ts';
import { makeEditor } from '../../support/admin.ts';
import { element, elements, inner } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

// Captions are inline Markdown.
const texts = { alt: 'Two "boats" & a <buoy>', caption: 'The *harbour* & its "boats", [more](/about)', credit: 'Ada & Co </script><x>' };

async function read({ app }: Pick<TestSite, 'app'>, path: string) {
  const { text: html } = await request(app).get(path);
  const openGraph = elements(html, 'meta').filter(({ attribs }) => attribs['property']?.startsWith('og:image')).map(({ attribs }) => [attribs['property'], attribs['content']]);
  const scripts = elements(html, 'script', { type: 'application/ld+json' });
  const [item] = scripts[0] ? JSON.parse(inner(scripts[0]))['@graph'] : [];
  return { openGraph, card: element(html, 'meta', { name: 'twitter:card' }).attribs['content'], image: item?.image };
}

async function folderOf({ context }: TestSite, id: number): Promise<string> {
  const picture = await findPicture(context.db.reader, id);
  return `https://news.example/pictures/${id}-${picture?.hash.slice(0, 12)}`;
}

const icon = 'https://news.example/icons/icon-512.png';
const withIcon = { openGraph: [['og:image', icon]], card: 'summary' };

test('an article’s link preview is its lead picture, cropped around the focal point', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, { ...texts, focus: { x: 20, y: 70 } });
  const { slug } = await addArticle(site, { picture });
  const { openGraph, card } = await read(site, `/articles/${slug}`);
  expect(openGraph).toEqual([
    ['og:image', `${await folderOf(site, picture)}/share-20-70.jpg`],
    ['og:image:type', 'image/jpeg'],
    ['og:image:width', '1200'],
    ['og:image:height', '630'],
    ['og:image:alt', texts.alt],
  ]);
  expect(card).toBe('summary_large_image');
});

test('the structured data has the lead picture in three ratios, with plain texts that can’t end the script', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, texts);
  const { slug } = await addArticle(site, { picture });
  const folder = await folderOf(site, picture);
  const images = (name: string, width: number, height: number) => ({ '@type': 'ImageObject', 'url': `${folder}/${name}`, 'contentUrl': `${folder}/${name}`, 'encodingFormat': 'image/jpeg', width, height, 'caption': 'The harbour & its "boats", more', 'creditText': texts.credit });
  // The master is 1067 pixels high.
  expect((await read(site, `/articles/${slug}`)).image).toEqual([images('square-50-50.jpg', 1067, 1067), images('standard-50-50.jpg', 1200, 900), images('wide-50-50.jpg', 1200, 675)]);
});

test('an article’s own alternative text and caption replace the picture’s in its metadata', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, texts);
  const { slug } = await addArticle(site, { picture, pictureAlt: 'زورقان', pictureCaption: 'المرفأ «القديم»', language: 'ar' });
  const { openGraph, image } = await read(site, `/articles/${slug}`);
  expect(openGraph).toContainEqual(['og:image:alt', 'زورقان']);
  expect(image[0]).toMatchObject({ caption: 'المرفأ «القديم»', creditText: texts.credit });
});

test('without a caption the structured data has the alternative text; a decoration has neither', async () => {
  const site = await emptySite();
  const described = await addArticle(site, { picture: await storePicture(site) });
  const decoration = await addArticle(site, { picture: await storePicture(site, { alt: '', isDecoration: true }) });
  const [image] = (await read(site, `/articles/${described.slug}`)).image;
  expect(image.caption).toBe('A valley at dusk');
  expect(image).not.toHaveProperty('creditText');
  const { openGraph, image: [bare] } = await read(site, `/articles/${decoration.slug}`);
  expect(bare).not.toHaveProperty('caption');
  expect(openGraph.map(([property]) => property)).toEqual(['og:image', 'og:image:type', 'og:image:width', 'og:image:height']);
});

test('crops are never larger than the master', async () => {
  const site = await emptySite();
  const tall = await addArticle(site, { picture: await storePicture(site, { width: 400, height: 900 }) });
  const sizes = ({ openGraph }: Awaited<ReturnType<typeof read>>) => openGraph.filter(([property]) => /width|height/.test(property ?? '')).map(([, content]) => content);
  const ofTall = await read(site, `/articles/${tall.slug}`);
  expect([sizes(ofTall), ofTall.card]).toEqual([['400', '210'], 'summary_large_image']);
  expect(ofTall.image.map(({ width, height }: Record<string, number>) => [width, height])).toEqual([[400, 400], [400, 300], [400, 225]]);
});

test.each([[2560, 2], [2, 2560], [200, 150], [378, 900]])('a picture of %d × %d pixels is too small for previews: the share picture takes its place, and without one the icon', async (width, height) => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { picture: await storePicture(site, { width, height }) });
  expect(await read(site, `/articles/${slug}`)).toEqual({ ...withIcon, image: icon });
  const share = await storePicture(site);
  await changeSetting(site.context, 'sharePicture', String(share));
  const { openGraph, image } = await read(site, `/articles/${slug}`);
  const folder = await folderOf(site, share);
  expect([openGraph[0]?.[1], image[0].url]).toEqual([`${folder}/share-50-50.jpg`, `${folder}/square-50-50.jpg`]);
});

test('a transparent picture has JPEG crops', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { picture: await storePicture(site, { isTransparent: true, width: 700, height: 500 }) });
  const { openGraph, image } = await read(site, `/articles/${slug}`);
  expect(openGraph).toContainEqual(['og:image:type', 'image/jpeg']);
  expect(image.map(({ url, encodingFormat }: Record<string, string>) => [url?.split('.').at(-1), encodingFormat])).toEqual(Array.from({ length: 3 }, () => ['jpg', 'image/jpeg']));
});

test('without any picture all pages have the site’s icon, and no picture is queried', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { body: 'Text' });
  const queries = vi.spyOn(site.context.db.reader, 'selectFrom');
  expect(await read(site, `/articles/${slug}`)).toEqual({ ...withIcon, image: icon });
  for (const path of ['/', '/themes/world', '/archive', '/none']) expect(await read(site, path), path).toMatchObject(withIcon);
  const tables = queries.mock.calls.map(([table]): unknown => table);
  expect(tables).toContain('theme');
  expect(tables).not.toContain('picture');
});

test('the share picture represents every page that has no picture of its own', async () => {
  const site = await emptySite();
  const { context } = site;
  const [share, own] = [await storePicture(site, { alt: 'The newsroom', credit: 'Ada' }), await storePicture(site)];
  const [plain, illustrated] = [await addArticle(site), await addArticle(site, { picture: own })];
  await saveStaticPage(context.db, { path: 'about', title: 'About', body: '', bodyHtml: '', markupVersion: 1 }, now);
  await changeSetting(context, 'sharePicture', String(share));
  const folder = await folderOf(site, share);
  for (const path of ['/', '/themes/world', '/archive', '/search', '/about', '/none', `/articles/${plain.slug}`]) {
    const { openGraph, card } = await read(site, path);
    expect([openGraph[0], openGraph.at(-1), card], path).toEqual([['og:image', `${folder}/share-50-50.jpg`], ['og:image:alt', 'The newsroom'], 'summary_large_image']);
  }
  expect((await read(site, `/articles/${plain.slug}`)).image[2]).toMatchObject({ url: `${folder}/wide-50-50.jpg`, creditText: 'Ada' });
  expect((await read(site, `/articles/${illustrated.slug}`)).openGraph[0]).toEqual(['og:image', `${await folderOf(site, own)}/share-50-50.jpg`]);
  await changeSetting(context, 'sharePicture', '');
  expect(await read(site, '/')).toMatchObject(withIcon);
});

test('cached pages follow changes of the lead picture and of the share picture', async () => {
  const site = await emptySite();
  const { context } = site;
  const [share, own] = [await storePicture(site), await storePicture(site)];
  const [plain, illustrated] = [await addArticle(site), await addArticle(site, { picture: own })];
  await changeSetting(context, 'sharePicture', String(share));
  const paths = ['/', `/articles/${plain.slug}`, `/articles/${illustrated.slug}`];
  const previews = async () => Promise.all(paths.map(async (path) => (await read(site, path)).openGraph.map(([, content]) => content?.split('/').at(-1))));
  const before = ['share-50-50.jpg', 'jpeg', '1200', '630', 'A valley at dusk'];
  expect(await previews()).toEqual([before, before, before]);
  const details = { alt: 'A hill', isDecoration: false, caption: '', credit: '', focus: { x: 1, y: 99 } };
  const after = ['share-1-99.jpg', 'jpeg', '1200', '630', 'A hill'];
  const { id: editorId } = await makeEditor(site, { role: 'editor' });
  await changePicture(context.db, share, 1, details, editorId, now);
  expect(await previews()).toEqual([after, after, before]);
  await changePicture(context.db, own, 1, details, editorId, now);
  expect(await previews()).toEqual([after, after, after]);
});

test('the page of a withdrawn article shows its picture nowhere', async () => {
  const site = await emptySite();
  const { id, slug } = await addArticle(site, { picture: await storePicture(site) });
  await withdrawArticle(site.context.db, id, '', now);
  expect((await request(site.app).get(`/articles/${slug}`)).text).not.toContain('/pictures/');
});
