import { expect, test } from 'vitest';
import { chooseHeadlines, newestFirst, type Headline } from '../../../src/content/related/headlines.ts';
import { withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import type { Cursor } from '../../../src/storage/articles/lists.ts';
import { countEarlier, listEarlierOfTheme, listFrontPage, listHeadlines, listNewestOfTheme, listThemeByStoryline, maxEarlier } from '../../../src/storage/storylines/newest.ts';
import { seeded } from '../../support/random.ts';
import { putInStoryline } from '../../support/storylines.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

const minute = 60_000;

async function addAll(site: TestSite, times: number[], theme = 'World'): Promise<{ id: number }[]> {
  const added: { id: number }[] = [];
  for (const publishedAt of times) added.push(await addArticle(site, { theme, publishedAt }));
  return added;
}

function ids(articles: { id: number }[]): number[] {
  return articles.map(({ id }) => id);
}

test('an article is the newest of its storyline until a scheduled one is published, which needs no write', async () => {
  const site = await emptySite();
  const { db } = site.context;
  await putInStoryline(site, 1, await addAll(site, [now - 3 * minute, now - minute, now + minute, now + 2 * minute]));
  await addAll(site, [now - 2 * minute]);
  const newest = async (time: number) => ids((await listNewestOfTheme(db, 1, { now: time, limit: 9 })).articles);
  const earlier = async (time: number) => ids((await listEarlierOfTheme(db, 1, { now: time, limit: 9 })).articles);
  expect([await newest(now), await earlier(now)]).toEqual([[2, 5], [1]]);
  expect([await newest(now + minute), await earlier(now + minute)]).toEqual([[3, 5], [2, 1]]);
  expect([await newest(now + 2 * minute), await earlier(now + 2 * minute)]).toEqual([[4, 5], [3, 2, 1]]);
  await withdrawArticle(db, 2, '', now);
  expect([await newest(now), await earlier(now)]).toEqual([[5, 1], []]);
});

test('the pages of a theme have each article once, the newest of each storyline before all others, each page in order of time', async () => {
  const site = await emptySite();
  const random = seeded(7);
  const all = await addAll(site, Array.from({ length: 60 }, () => now - random.below(20) * 1000));
  for (const storyline of [1, 2, 3, 4, 5]) await putInStoryline(site, storyline, all.slice(storyline * 9, storyline * 9 + 9));
  const expected = ids((await listNewestOfTheme(site.context.db, 1, { now, limit: 99 })).articles);
  expect(expected).toHaveLength(20);
  for (const limit of [1, 4, 7, 10, 20, 59, 60]) {
    const pages: number[][] = [];
    let before: Cursor | undefined;
    do {
      const { articles, next } = await listThemeByStoryline(site.context.db, 1, { now, limit, before });
      expect(articles).toEqual(articles.toSorted(newestFirst));
      pages.push(ids(articles));
      before = next;
    } while (before);
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    expect(pages.flat().toSorted((a, b) => a - b)).toEqual(ids(all));
    const pagesOfNewest = new Set(pages.slice(0, Math.ceil(expected.length / limit)).flat());
    expect(expected.every((id) => pagesOfNewest.has(id))).toBe(true);
  }
});

test('whichever article a page leaves out, the headlines give the list that all articles of the theme would give', async () => {
  const site = await emptySite();
  const random = seeded(11);
  const length = 4;
  const all = await addAll(site, Array.from({ length: 30 }, () => now - random.below(40) * 1000 + 5000));
  for (const counts of [[2], [5, 9], [3, 3, 3, 3, 3], [1, 1, 1]]) {
    await putInStoryline(site, 100, all);
    for (const [index, count] of counts.entries()) await putInStoryline(site, index + 1, Array.from({ length: count }, () => random.pick(all)));
    const rows = await site.context.db.reader.selectFrom('storyline_article').select(['article_id as id', 'public_at', 'storyline_id as storylineId']).where('public_at', '<=', now).execute();
    const published: Headline[] = rows.map(({ public_at: publishedAt, ...row }) => ({ ...row, publishedAt: publishedAt ?? 0 })).toSorted(newestFirst);
    const headlines = await listHeadlines(site.context.db, 1, now, length);
    for (const { id: own } of published) {
      const others = (articles: Headline[]) => ids(chooseHeadlines(articles.filter(({ id }) => id !== own), length));
      expect(others(headlines)).toEqual(others(published));
    }
  }
});

test('the front page has a storyline once, even if it has articles on several themes', async () => {
  const site = await emptySite();
  const world = await addAll(site, [now - minute, now - 4 * minute]);
  const sport = await addAll(site, [now - 2 * minute, now - 3 * minute], 'Sport');
  await putInStoryline(site, 1, [...world, ...sport.slice(0, 1)]);
  expect(ids(await listFrontPage(site.context.db, now, 2))).toEqual([1, 4]);
  expect(ids(await listFrontPage(site.context.db, now, 3))).toEqual([1, 3, 4]);
  expect(ids(await listFrontPage(site.context.db, now, 9))).toEqual([1, 3, 4, 2]);
});

test('older articles of a storyline are counted on all themes, up to a limit, and not if they are not published', async () => {
  const site = await emptySite();
  const { db } = site.context;
  const all = [...(await addAll(site, [now, now - minute])), ...(await addAll(site, [now - minute, now - 2 * minute], 'Sport'))];
  const { id: withdrawn } = await addArticle(site, { publishedAt: now - 9 * minute });
  await putInStoryline(site, 1, [...all, { id: withdrawn }]);
  await withdrawArticle(db, withdrawn, '', now);
  const storylineId = 1;
  expect(await countEarlier(db, [...all, { id: withdrawn }].map(({ id }) => ({ id, storylineId })))).toEqual(new Map([[1, 3], [2, 1], [3, 2]]));
  const alone = await addArticle(site);
  expect(await countEarlier(db, [{ id: alone.id, storylineId: null }])).toEqual(new Map());

  const many = await addAll(site, Array.from({ length: maxEarlier + 3 }, (_, index) => now - index * 1000));
  await putInStoryline(site, 2, many);
  const [newest] = many;
  expect([...(await countEarlier(db, [{ id: newest?.id ?? 0, storylineId: 2 }])).values()]).toEqual([maxEarlier]);
});
