import request from 'supertest';
import { expect, test } from 'vitest';
import { element, elements, text, within } from '../../support/html.ts';
import { seedArticle } from '../../support/seed.ts';
import { addArticle, emptySite, now, sampleSite } from '../../support/test-site.ts';

test('the front page has a lead article, the latest articles and a block per theme, and no article twice', async () => {
  const { app } = await sampleSite();
  const { text: html } = await request(app).get('/');

  expect(text(element(html, 'h1'))).toBe('Broadsheet');
  expect(text(element(html, 'h2', { class: 'lead-title' }))).toBe(seedArticle.title);
  expect(text(element(html, 'p', { class: 'masthead-date' }))).toBe('Sunday, 23 March 2025');
  expect(within(element(html, 'section', { class: 'latest' }), 'li')).toHaveLength(6);
  expect(elements(html, 'section', { class: 'block' }).map((block) => text(within(block, 'h2')[0] ?? block))).toEqual(['World', 'Craft', 'Software']);
  const hrefs = elements(html, 'a').map((a) => a.attribs['href'] ?? '').filter((href) => href.startsWith('/articles/'));
  expect(hrefs.length).toBeGreaterThan(15);
  expect(new Set(hrefs).size).toBe(hrefs.length);
});

test('a new site without articles says so', async () => {
  const { app } = await emptySite();
  const { status, text: html } = await request(app).get('/');
  expect(status).toBe(200);
  expect(html).toContain('Nothing has been published yet');
});

test('a theme appears in the navigation with its first published article', async () => {
  const site = await emptySite();
  await addArticle(site, { theme: 'World' });
  await addArticle(site, { theme: 'Plans', publishedAt: now + 60_000 });
  const themes = async () => within(element((await request(site.app).get('/')).text, 'nav', { class: 'themes' }), 'a').map(text);
  expect(await themes()).toEqual(['World', 'All themes']);
  site.time.now += 60_000;
  expect(await themes()).toEqual(['World', 'Plans', 'All themes']);
});
