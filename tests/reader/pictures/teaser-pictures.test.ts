import request from 'supertest';
import { expect, test } from 'vitest';
import { element, elements, within } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

/** The number of images in each element with a class. */
async function countImages(site: TestSite, path: string, name: string, className: string): Promise<number[]> {
  return elements((await request(site.app).get(path)).text, name, { class: className }).map((item) => within(item, 'img').length);
}

test('the front page shows the pictures of the lead and of the first article of each block', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, { alt: 'A harbour', focus: { x: 50, y: 0 } });
  for (let count = 0; count < 15; count += 1) await addArticle(site, { theme: 'World', picture, publishedAt: now - 1000 * (1 + count) });
  await addArticle(site, { theme: 'Sport', publishedAt: now - 60_000 });
  const { text: html, headers } = await request(site.app).get('/');

  const [lead] = within(element(html, 'article', { class: 'lead' }), 'img');
  expect(lead?.attribs).toMatchObject({ alt: 'A harbour', fetchpriority: 'high' });
  expect(headers['link']).toContain(`imagesizes="${lead?.attribs['sizes']}"`);
  expect(elements(html, 'article', { class: 'block-first' }).map((block) => within(block, 'img').map(({ attribs }) => attribs['loading']))).toEqual([['lazy'], []]);
  expect(elements(html, 'img')).toHaveLength(2);
  expect(elements(html, 'figcaption')).toEqual([]);
  // The pictures are no links of their own.
  expect(elements(html, 'a').filter((link) => within(link, 'img').length > 0)).toEqual([]);
  expect(element(html, 'div', { class: 'front-lead-picture' }).attribs['class']).toContain('crop-y-0');
});

test('the pictures of a list have no alternative text, because the title beside them says more, and rows without pictures stay as they are', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, { alt: 'A harbour', caption: 'Caption', credit: 'Ada' });
  await addArticle(site, { title: 'Harbour', picture, pictureAlt: 'Own', authors: ['Ada'], topics: ['Coast'] });
  await addArticle(site, { title: 'Harbour too', authors: ['Ada'], topics: ['Coast'] });
  for (const path of ['/themes/world', '/authors/ada', '/topics/coast', '/archive/2025/03/23', '/search?q=harbour']) {
    const { text: html } = await request(site.app).get(path);
    expect(elements(html, 'li', { class: 'teaser' }).map((row) => [row.attribs['class'], within(row, 'img').map(({ attribs }) => [attribs['alt'], attribs['loading'], attribs['srcset']?.split(', ').length])]), path).toEqual([['teaser', []], ['teaser with-picture', [['', 'lazy', 2]]]]);
    expect(elements(html, 'figcaption'), path).toEqual([]);
  }
});

test('pictures that would look blurred in a place are left out there', async () => {
  const site = await emptySite();
  await addArticle(site, { picture: await storePicture(site, { width: 400, height: 300 }) });
  expect(await countImages(site, '/', 'article', 'lead')).toEqual([0]);
  expect(await countImages(site, '/themes/world', 'li', 'teaser')).toEqual([1]);
});

test('“More on theme”, the latest articles and the page that is not found stay text', async () => {
  const site = await emptySite();
  const picture = await storePicture(site);
  for (let count = 0; count < 4; count += 1) await addArticle(site, { picture, title: `Title ${count}` });
  const { slug } = await addArticle(site, { title: 'Without' });
  expect(elements((await request(site.app).get(`/articles/${slug}`)).text, 'img')).toEqual([]);
  expect(await countImages(site, '/', 'section', 'latest')).toEqual([0]);
  expect(elements((await request(site.app).get('/nothing')).text, 'img')).toEqual([]);
});

test('a panorama is requested wider than the place in which it is cropped', async () => {
  const site = await emptySite();
  await addArticle(site, { picture: await storePicture(site, { width: 1800, height: 600 }) });
  const { text: html } = await request(site.app).get('/themes/world');
  expect(element(html, 'img').attribs['sizes']).toBe('(min-width: 48rem) 320px, 224px');
});

test('beside a lead picture the front page lists ten of the latest articles instead of six, and no article twice', async () => {
  const site = await emptySite();
  for (let count = 0; count < 14; count += 1) await addArticle(site, { title: `Story ${count}`, publishedAt: now - 60_000 * (count + 2) });
  const shown = async () => {
    const html = (await request(site.app).get('/')).text;
    const links = elements(html, 'a').map(({ attribs }) => attribs['href'] ?? '').filter((href) => href.startsWith('/articles/'));
    return { latest: within(element(html, 'section', { class: 'latest' }), 'li').length, articles: links.length, distinct: new Set(links).size };
  };
  expect(await shown()).toEqual({ latest: 6, articles: 12, distinct: 12 });
  await addArticle(site, { title: 'Lead', picture: await storePicture(site), publishedAt: now - 60_000 });
  expect(await shown()).toEqual({ latest: 10, articles: 15, distinct: 15 });
});
