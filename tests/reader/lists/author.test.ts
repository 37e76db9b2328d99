import request from 'supertest';
import { expect, test } from 'vitest';
import { findAuthor, saveAuthor } from '../../../src/storage/named/authors.ts';
import { element, elements, text } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

const links = { web: 'https://ada.example/', mastodon: 'https://social.example/@ada', bluesky: 'https://bsky.app/profile/ada.bsky.social', email: 'ada+?@news.example' };

async function describe({ context: { db } }: TestSite, details: object): Promise<void> {
  const before = await findAuthor(db.reader, 1);
  if (!before) throw new Error('There is no author 1');
  await saveAuthor(db, { id: 1, seen: { ...before }, details: { ...before, ...details }, language: 'en' }, null, now);
}

async function siteWithAuthor(articles = 1): Promise<TestSite> {
  const site = await emptySite();
  for (let count = 1; count <= articles; count += 1) await addArticle(site, { authors: ['Ada Byron'] });
  return site;
}

function structuredData(html: string): Record<string, unknown>[] {
  return JSON.parse(text(element(html, 'script', { type: 'application/ld+json' })))['@graph'];
}

test('an author’s page shows the portrait, the biography and the links', async () => {
  const site = await siteWithAuthor();
  const portrait = await storePicture(site, { width: 900, height: 600, alt: '' });
  await describe(site, { portraitId: portrait, biography: 'Writes about <machines>.', ...links });
  const { text: html } = await request(site.app).get('/authors/ada-byron');
  expect(text(element(html, 'p', { class: 'biography' }))).toBe('Writes about <machines>.');
  expect(elements(html, 'img').map(({ attribs }) => attribs['alt'])).toContain('Portrait of Ada Byron');
  const shown = elements(html, 'a', { rel: 'me' }).map((link) => [text(link), link.attribs['href']]);
  expect(shown).toEqual([['ada.example', links.web], ['@ada@social.example', links.mastodon], ['@ada.bsky.social', links.bluesky]]);
  expect(elements(html, 'a', { href: 'mailto:ada%2B%3F@news.example' }).map((link) => [text(link), link.attribs['rel']])).toEqual([[links.email, undefined]]);
  expect(elements(html, 'meta', { name: 'description' })[0]?.attribs['content']).toBe('Writes about <machines>.');
  expect(elements(html, 'meta', { property: 'og:image' })[0]?.attribs['content']).toContain(`/pictures/${portrait}-`);
});

test('search engines learn who the author is', async () => {
  const site = await siteWithAuthor();
  const { slug } = await addArticle(site, { authors: ['Ada Byron'] });
  const [plain] = structuredData((await request(site.app).get('/authors/ada-byron')).text);
  expect(plain).toMatchObject({ '@type': 'ProfilePage', mainEntity: { '@type': 'Person', name: 'Ada Byron', url: 'https://news.example/authors/ada-byron' } });
  await describe(site, { portraitId: await storePicture(site, { width: 900, height: 600 }), biography: 'Writes.', ...links });
  const [page] = structuredData((await request(site.app).get('/authors/ada-byron')).text);
  expect(page).toMatchObject({ mainEntity: { description: 'Writes.', image: { '@type': 'ImageObject', width: 600, height: 600 }, email: links.email, sameAs: [links.web, links.mastodon, links.bluesky] } });
  expect(structuredData((await request(site.app).get(`/articles/${slug}`)).text)[0]).toMatchObject({ author: [{ '@type': 'Person', name: 'Ada Byron', url: 'https://news.example/authors/ada-byron' }] });
});

test('the biography describes the author’s feeds, and the pages that continue the list have none', async () => {
  const site = await siteWithAuthor(25);
  await describe(site, { biography: 'Writes about machines.' });
  for (const feed of ['rss.xml', 'atom.xml', 'feed.json']) expect((await request(site.app).get(`/authors/ada-byron/${feed}`)).text).toContain('Writes about machines.');
  const first = (await request(site.app).get('/authors/ada-byron')).text;
  const second = (await request(site.app).get(elements(first, 'a', { rel: 'next' })[0]?.attribs['href'] ?? '')).text;
  expect([first.includes('Writes about machines.'), second.includes('Writes about machines.')]).toEqual([true, false]);
  expect(structuredData(second)[0]).toMatchObject({ '@type': 'CollectionPage' });
});
