import request from 'supertest';
import { expect, test } from 'vitest';
import { element, elements, inner, text, within } from '../../support/html.ts';
import { seedArticle } from '../../support/seed.ts';
import { putInStoryline } from '../../support/storylines.ts';
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

test('on the front page, no storyline has a second article while another storyline of the theme has none', async () => {
  const site = await emptySite();
  const minute = 60_000;
  const fire: { id: number }[] = [];
  for (let n = 1; n <= 12; n += 1) fire.push(await addArticle(site, { title: `Fire ${n}`, theme: n === 2 ? 'Sport' : 'World', publishedAt: now - (12 - n) * minute }));
  await putInStoryline(site, 1, fire);
  for (let n = 1; n <= 10; n += 1) await addArticle(site, { title: `Other ${n}`, publishedAt: now - (100 + n) * minute });
  const main = element((await request(site.app).get('/')).text, 'main');
  const titles = (className: string) => elements(inner(main), 'section', { class: className }).map((section) => within(section, 'a').map(text).filter((title) => /\d/.test(title)));
  expect(titles('latest')).toEqual([['Other 1', 'Other 2', 'Other 3', 'Other 4', 'Other 5', 'Other 6']]);
  expect(titles('block')).toEqual([['Other 7', 'Fire 11', 'Other 8', 'Other 9', 'Other 10'], ['Fire 2', '+1 earlier']]);
  expect(text(element(inner(main), 'h2', { class: 'lead-title' }))).toBe('Fire 12');
});
