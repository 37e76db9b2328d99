import { XMLParser, XMLValidator } from 'fast-xml-parser';
import request from 'supertest';
import { expect, test } from 'vitest';
import { withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import { listPicturesOf } from '../../../src/storage/feeds/sitemaps.ts';
import { findPicture } from '../../../src/storage/pictures/pictures.ts';
import { setPictureUses } from '../../../src/storage/pictures/picture-uses.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

const paths = ['/sitemaps/2025-03.xml', '/news-sitemap.xml'];

/** The images of each page in a sitemap, by the page's slug. */
async function imagesIn({ app }: Pick<TestSite, 'app'>, path: string): Promise<Record<string, string[]>> {
  const { text } = await request(app).get(path);
  expect(XMLValidator.validate(text)).toBe(true);
  const { urlset } = new XMLParser({ ignoreAttributes: false, isArray: (name) => ['url', 'image:image'].includes(name) }).parse(text);
  expect(urlset['@_xmlns:image']).toBe('http://www.google.com/schemas/sitemap-image/1.1');
  return Object.fromEntries(urlset.url.map((url: { 'loc': string; 'image:image'?: { 'image:loc': string }[] }) => [url.loc.split('/').at(-1), (url['image:image'] ?? []).map((image) => image['image:loc'])]));
}

async function addressOf({ context }: TestSite, id: number, file: string): Promise<string> {
  const picture = await findPicture(context.db.reader, id);
  return `https://news.example/pictures/${id}-${picture?.hash.slice(0, 12)}/${file}`;
}

test('sitemaps list the lead picture and the pictures of the body, each once', async () => {
  const site = await emptySite();
  const [lead, inBody] = [await storePicture(site), await storePicture(site, { width: 900, height: 600 })];
  await addArticle(site, { slug: 'both', picture: lead, body: `![](picture:${inBody})\n\n![](picture:${lead}) and ![](picture:${inBody})` });
  await addArticle(site, { slug: 'body', body: `![](picture:${inBody})` });
  await addArticle(site, { slug: 'none', body: '`picture:1` ![](/pictures/a.png)' });
  const [leadUrl, bodyUrl] = [await addressOf(site, lead, '1280.jpg'), await addressOf(site, inBody, '640.jpg')];
  for (const path of paths) expect(await imagesIn(site, path), path).toEqual({ both: [leadUrl, bodyUrl], body: [bodyUrl], none: [] });
});

test('a transparent or small picture is listed in the format and width that it has', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, { width: 200, height: 100, isTransparent: true });
  await addArticle(site, { slug: 'small', picture });
  for (const path of paths) expect(await imagesIn(site, path), path).toEqual({ small: [await addressOf(site, picture, '200.png')] });
});

test('pictures of drafts, of scheduled and withdrawn articles, and of texts that are not published yet are in no sitemap', async () => {
  const site = await emptySite();
  const [shown, secret] = [await storePicture(site), await storePicture(site)];
  const { id, slug } = await addArticle(site, { picture: shown });
  await addArticle(site, { picture: secret, publishedAt: null });
  await addArticle(site, { picture: secret, publishedAt: now + 60_000 });
  await withdrawArticle(site.context.db, (await addArticle(site, { picture: secret })).id, '', now);
  // As an unpublished revision does.
  await site.context.db.writer.transaction().execute(async (transaction) => setPictureUses(transaction, 'article', id, [shown, secret]));
  for (const path of paths) expect(await imagesIn(site, path), path).toEqual({ [slug]: [await addressOf(site, shown, '1280.jpg')] });
});

test('a cached sitemap gets the pictures of a new article', async () => {
  const site = await emptySite();
  const [first, second] = [await storePicture(site), await storePicture(site)];
  await addArticle(site, { slug: 'first', picture: first });
  for (const path of paths) expect(Object.keys(await imagesIn(site, path))).toEqual(['first']);
  await addArticle(site, { slug: 'second', picture: second });
  for (const path of paths) expect((await imagesIn(site, path))['second'], path).toEqual([await addressOf(site, second, '1280.jpg')]);
});

test('pictures are found for more articles than one query reads', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, { width: 100, height: 100 });
  const articles = [];
  for (let count = 0; count < 205; count += 1) articles.push(await addArticle(site, { picture }));
  const found = await listPicturesOf(site.context.db, articles);
  expect([...found.keys()].toSorted((a, b) => a - b)).toEqual(articles.map(({ id }) => id));
  expect([...found.values()].every(([only, ...others]) => only?.id === picture && others.length === 0)).toBe(true);
});
