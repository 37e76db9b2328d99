import request from 'supertest';
import { expect, test } from 'vitest';
import { withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { joinStorylines, putInStoryline, relate } from '../../support/storylines.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

const hour = 3_600_000;
const day = 24 * hour;

interface Added {
  id: number;
  slug: string;
}

/** Articles titled “A 1”, “A 2” and so on, oldest first, an hour apart. The last one is published at `last`. */
async function addStory(site: TestSite, id: number, name: string, count: number, last: number, theme = 'World'): Promise<Added[]> {
  const added: Added[] = [];
  for (let n = 1; n <= count; n += 1) added.push(await addArticle(site, { title: `${name} ${n}`, theme, publishedAt: last - (count - n) * hour }));
  await putInStoryline(site, id, added);
  return added;
}

async function read(site: TestSite, { slug }: { slug: string }): Promise<string> {
  return (await request(site.app).get(`/articles/${slug}`)).text;
}

function sidebar(html: string): string[] {
  return within(element(html, 'aside'), 'li').map((item) => within(item, 'a').map(text).join(' '));
}

function story(html: string): string[] {
  return elements(html, 'section', { class: 'story-so-far' }).flatMap((section) => within(section, 'li').map((item) => (item.attribs['aria-current'] ? '> ' : '') + text(within(item, 'p')[0] ?? item)));
}

function related(html: string): string[] {
  return elements(html, 'section', { class: 'related' }).flatMap((section) => within(section, 'li').map((item) => within(item, 'p').map(text).join(' | ')));
}

test('in a theme with many articles of many storylines, “More on theme” has 20 storylines, each with its newest article and the number of earlier ones', async () => {
  const site = await emptySite();
  for (let n = 1; n <= 24; n += 1) await addStory(site, n, `Story ${n}, part`, 4, now - n * 60_000);
  const alone = await addArticle(site, { title: 'Alone', publishedAt: now - 30 * day });
  expect(sidebar(await read(site, alone))).toEqual(Array.from({ length: 20 }, (_, index) => `Story ${index + 1}, part 4 +3 earlier`));
});

test('on the page of the newest article of a storyline, the one before it represents the storyline', async () => {
  const site = await emptySite();
  const [, second, third] = await addStory(site, 1, 'Fire', 3, now - hour);
  await addStory(site, 2, 'Vote', 1, now - 2 * day);
  for (let n = 1; n <= 30; n += 1) await addArticle(site, { title: `Other ${n}`, publishedAt: now - n * day });
  const headlines = async (article: Added | undefined) => sidebar(await read(site, article ?? { slug: '' }));
  expect((await headlines(third)).slice(0, 2)).toEqual(['Fire 2 +1 earlier', 'Other 1']);
  expect((await headlines(second)).slice(0, 2)).toEqual(['Fire 3 +2 earlier', 'Other 1']);
  expect(await headlines(third)).toContain('Vote 1');
});

test('if a theme has fewer than 20 storylines, their further articles fill the list, and the oldest of them says how many are missing', async () => {
  const site = await emptySite();
  await addStory(site, 1, 'Fire', 30, now - hour);
  await addStory(site, 2, 'Vote', 2, now - 90 * hour);
  const alone = await addArticle(site, { title: 'Alone', publishedAt: now - 80 * hour });
  const titles = sidebar(await read(site, alone));
  expect(titles).toHaveLength(20);
  expect(titles.slice(0, 2)).toEqual(['Fire 30', 'Fire 29']);
  expect(titles.slice(-2)).toEqual(['Fire 12 +11 earlier', 'Vote 2 +1 earlier']);
});

test('more than 99 earlier articles are not counted', async () => {
  const site = await emptySite();
  await addStory(site, 1, 'Fire', 102, now - hour);
  for (let n = 1; n <= 20; n += 1) await addArticle(site, { publishedAt: now - 2 * hour });
  const alone = await addArticle(site, { publishedAt: now - 9 * day });
  const [first] = within(element(await read(site, alone), 'aside'), 'li');
  const [, link] = first ? within(first, 'a') : [];
  expect([link && text(link), link?.attribs['href'], link?.attribs['aria-label']]).toEqual(['99+ earlier', '/storylines/1', '99+ earlier: Fire 102']);
});

test('“The story so far” lists the storyline, oldest first, with the article’s own place, and appears with the second article', async () => {
  const site = await emptySite();
  const [first, second] = await addStory(site, 1, 'Fire', 3, now + hour);
  const page = async () => story(await read(site, second ?? { slug: '' }));
  expect(await page()).toEqual(['Fire 1', '> Fire 2']);
  site.time.now += hour;
  expect(await page()).toEqual(['Fire 1', '> Fire 2', 'Fire 3']);
  await withdrawArticle(site.context.db, first?.id ?? 0, '', site.time.now);
  expect(await page()).toEqual(['> Fire 2', 'Fire 3']);
  expect(story(await read(site, await addArticle(site)))).toEqual([]);
});

test('“The story so far” has at most ten articles, up to the article’s own if possible, and a link to all', async () => {
  const site = await emptySite();
  const articles = await addStory(site, 1, 'Fire', 13, now - hour);
  const page = async (number: number) => read(site, articles[number - 1] ?? { slug: '' });
  const numbers = (from: number, own: number) => Array.from({ length: 10 }, (_, index) => `${from + index === own ? '> ' : ''}Fire ${from + index}`);
  expect(story(await page(1))).toEqual(numbers(1, 1));
  expect(story(await page(10))).toEqual(numbers(1, 10));
  expect(story(await page(11))).toEqual(numbers(2, 11));
  expect(story(await page(13))).toEqual(numbers(4, 13));
  const [link] = within(element(await page(13), 'section', { class: 'story-so-far' }), 'a').slice(-1);
  expect([link && text(link), link?.attribs['href']]).toEqual(['All 13 articles', '/storylines/1']);
});

test('“Related” has at most five published articles in their order, none of the own storyline and none from the sidebar', async () => {
  const site = await emptySite();
  const [own, sibling] = await addStory(site, 1, 'Fire', 2, now - hour);
  const beside = await addArticle(site, { title: 'In the sidebar' });
  const others: Added[] = [];
  for (let n = 1; n <= 7; n += 1) others.push(await addArticle(site, { title: `Other *${n}*`, theme: 'Sport', publishedAt: now - n * 200 * day }));
  const draft = await addArticle(site, { publishedAt: null });
  const scheduled = await addArticle(site, { title: 'Scheduled', theme: 'Sport', publishedAt: now + hour });
  if (!own || !sibling) throw new Error('no story');
  await relate(site, own, [sibling, beside, own, draft, scheduled, { id: 9999 }, ...others]);
  const page = async () => related(await read(site, own));
  expect(await page()).toEqual(['Other 1 | Sport | 4 September 2024', 'Other 2 | Sport | 17 February 2024 | 1 year earlier', 'Other 3 | Sport | 1 August 2023 | 1 year earlier', 'Other 4 | Sport | 13 January 2023 | 2 years earlier', 'Other 5 | Sport | 27 June 2022 | 2 years earlier']);
  await withdrawArticle(site.context.db, others[0]?.id ?? 0, '', now);
  expect((await page()).map((item) => item.split(' | ')[0])).toEqual(['Other 2', 'Other 3', 'Other 4', 'Other 5', 'Other 6']);
  site.time.now += hour;
  expect((await page()).map((item) => item.split(' | ')[0])).toEqual(['Scheduled', 'Other 2', 'Other 3', 'Other 4', 'Other 5']);
  await putInStoryline(site, 1, others.slice(2, 3));
  expect(await page()).not.toContain(expect.stringContaining('Other 3'));
});

test('an article without related ones has no empty list, and the page of an old article says how much newer others are', async () => {
  const site = await emptySite();
  const old = await addArticle(site, { publishedAt: now - 900 * day });
  expect(related(await read(site, old))).toEqual([]);
  await relate(site, old, [await addArticle(site, { title: 'New', theme: 'Sport' })]);
  expect(related(await read(site, old))).toEqual(['New | Sport | 23 March 2025 | 2 years later']);
});

test('pages change at once when articles move between storylines', async () => {
  const site = await emptySite();
  const one = await addStory(site, 1, 'Fire', 2, now - hour);
  const two = await addStory(site, 2, 'Blaze', 2, now - 10 * hour);
  const [, last] = one;
  const [first] = two;
  expect(story(await read(site, first ?? { slug: '' }))).toEqual(['> Blaze 1', 'Blaze 2']);
  await joinStorylines(site, 2, 1);
  expect(story(await read(site, first ?? { slug: '' }))).toEqual(['> Blaze 1', 'Blaze 2', 'Fire 1', 'Fire 2']);
  expect(story(await read(site, last ?? { slug: '' }))).toEqual(['Blaze 1', 'Blaze 2', 'Fire 1', '> Fire 2']);
});
