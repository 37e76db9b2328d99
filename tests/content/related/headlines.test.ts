import { expect, test } from 'vitest';
import { chooseForBlock, chooseHeadlines, oldestOfStorylines, storyUpTo, type Headline } from '../../../src/content/related/headlines.ts';

/** Articles of storylines, newest first. Storyline 0 stands for an article alone in its own. */
function articles(...storylines: number[]): Headline[] {
  return storylines.map((storyline, index) => ({ id: index + 1, publishedAt: 1000 - index, storylineId: storyline || null }));
}

function ids(headlines: Headline[]): number[] {
  return headlines.map(({ id }) => id);
}

test('a list has the newest article of each storyline, as many storylines as it has room for', () => {
  expect(ids(chooseHeadlines(articles(7, 7, 7, 8, 0, 7, 0, 8, 9), 4))).toEqual([1, 4, 5, 7]);
});

test('if there are too few storylines, their newest further articles fill the list, in order of time', () => {
  expect(ids(chooseHeadlines(articles(7, 7, 8, 7, 0, 8), 5))).toEqual([1, 2, 3, 4, 5]);
  expect(ids(chooseHeadlines(articles(7, 7, 7, 8), 3))).toEqual([1, 2, 4]);
  expect(ids(chooseHeadlines(articles(7, 8), 3))).toEqual([1, 2]);
});

test('500 articles of 60 storylines give 20 storylines', () => {
  const many = articles(...Array.from({ length: 500 }, (_, index) => 1 + Math.floor(index / 100) * 12 + (index % 12)));
  const chosen = chooseHeadlines(many, 20);
  expect(chosen).toHaveLength(20);
  expect(new Set(chosen.map(({ storylineId }) => storylineId)).size).toBe(20);
  expect(ids(chosen)).toEqual(ids(chosen).toSorted((a, b) => a - b));
});

test('a block chooses storylines that are not on the page, then others, never an article twice, and begins with a new storyline', () => {
  const theme = articles(7, 8, 7, 9, 0, 8);
  const onPage = new Map([[1, theme[0]], [99, { id: 99, publishedAt: 2000, storylineId: 8 }]].map(([id, headline]) => [id as number, headline as Headline]));
  expect(ids(chooseForBlock(theme, onPage, 2))).toEqual([4, 5]);
  expect(ids(chooseForBlock(theme, onPage, 4))).toEqual([4, 2, 3, 5]);
  expect(ids(chooseForBlock(theme, onPage, 9))).toEqual([4, 2, 3, 5, 6]);
});

test('only the oldest headline of a storyline in a list speaks for the articles that are missing', () => {
  expect(ids([...oldestOfStorylines(articles(7, 0, 7, 8, 8, 0))]).toSorted()).toEqual([3, 5]);
});

test('a page lists the articles up to its own, or the first ones of the storyline', () => {
  const story = [1, 2, 3, 4, 5, 6].map((id) => ({ id }));
  const window = (id: number) => storyUpTo(story, id, 4).map((article) => article.id);
  expect([1, 2, 4, 5, 6].map(window)).toEqual([[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4], [2, 3, 4, 5], [3, 4, 5, 6]]);
  expect(storyUpTo(story.slice(0, 2), 2, 4)).toHaveLength(2);
});
