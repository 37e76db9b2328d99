import { expect, test } from 'vitest';
import { packTerms, relevanceWeighting, sign } from '../../../src/content/related/signature.ts';
import { findSimilar, rankByRelevance } from '../../../src/content/related/similar.ts';
import { sketchLength } from '../../../src/content/related/sketch.ts';
import { maxArticles, SignatureWindow, type SignedArticle } from '../../../src/content/related/window.ts';
import { seeded } from '../../support/random.ts';

const counts = { articles: 100_000, countOf: () => 100 };

function article(id: number, terms: number[], publishedAt = id * 1000): SignedArticle {
  return { id, publishedAt, signature: sign(packTerms(new Map(terms.map((term) => [term, 1]))), counts), sketch: new Uint8Array(), storylineId: null, isKeptAlone: false };
}

test('articles are found by their terms and by their time, in whatever order they were added', () => {
  const window = new SignatureWindow();
  for (const added of [article(3, [1, 2, 3]), article(1, [1, 9]), article(2, [7, 8]), article(4, [2, 3, 4])]) window.add(added);
  expect(window.slotsBetween(1000, 3000).map((slot) => window.idAt(slot))).toEqual([1, 2, 3]);
  const query = article(5, [1, 2, 3]);
  expect(rankByRelevance(window, query, findSimilar(window, query)).map(({ id }) => id)).toEqual([3, 4, 1]);
  expect(window.find(4)).toEqual(article(4, [2, 3, 4]));
});

test('a removed article is not found, and a replaced one by its new terms only', () => {
  const window = new SignatureWindow();
  for (const added of [article(1, [1, 2]), article(2, [1, 3]), article(3, [1, 4])]) window.add(added);
  window.remove(2);
  window.add(article(3, [5]));
  const found = (terms: number[]) => findSimilar(window, article(9, terms)).map(({ id }) => id).toSorted();
  expect([found([1]), found([5]), found([3])]).toEqual([[1], [3], []]);
  window.add(article(4, [1, 3]));
  expect(found([1])).toEqual([1, 4]);
});

test('newer articles win between equals', () => {
  const window = new SignatureWindow();
  for (const id of [1, 3, 2]) window.add(article(id, [1, 2]));
  const query = article(9, [1, 2]);
  expect(rankByRelevance(window, query, findSimilar(window, query)).map(({ id }) => id)).toEqual([3, 2, 1]);
});

test('a full window forgets the oldest quarter of its articles', () => {
  const window = new SignatureWindow();
  for (let id = 1; id <= maxArticles + 10; id += 1) window.add(article(id, [id % 5000, 5000 + (id % 7)]));
  expect([window.size, window.has(maxArticles / 4), window.has(maxArticles / 4 + 1), window.forgottenUntil]).toEqual([(maxArticles * 3) / 4 + 10, false, true, (maxArticles / 4) * 1000]);
  const query = article(0, [1, 5001]);
  expect(findSimilar(window, query).every(({ id }) => window.has(id))).toBe(true);
});

test('articles stay as they were when others make room for new ones', () => {
  const random = seeded(3);
  const window = new SignatureWindow(64);
  const articles = new Map<number, SignedArticle>();
  for (let id = 1; id <= 500; id += 1) {
    const sketch = new Uint8Array(sketchLength).fill(1 + (id % 255));
    const added = { ...article(id, [id, id + 1, 5000], random.below(100_000)), sketch, storylineId: random.chance(0.5) ? id : null, isKeptAlone: random.chance(0.1) };
    articles.set(id, added);
    window.add(added);
    if (random.chance(0.1)) window.remove(1 + random.below(id));
  }
  const slots = window.slotsBetween(0, 100_000);
  expect(slots.length).toBeGreaterThan(40);
  for (const slot of slots) {
    const id = window.idAt(slot);
    expect(window.find(id)).toEqual(articles.get(id));
    expect(findSimilar(window, article(999, [id, id + 1]))).toContainEqual(expect.objectContaining({ id }));
    const [cosine] = window.similarities([{ signature: window.signatureAt(slot), factor: 1 }], [slot], relevanceWeighting);
    expect(cosine).toBeCloseTo(1);
  }
});

test('random changes give the same cosines as a fresh window', () => {
  const random = seeded(5);
  const window = new SignatureWindow();
  const articles = new Map<number, SignedArticle>();
  for (let step = 0; step < 3000; step += 1) {
    const id = 1 + random.below(300);
    const added = article(id, Array.from({ length: 1 + random.below(30) }, () => random.below(400)), random.below(1000));
    if (random.chance(0.7)) articles.set(id, added);
    else articles.delete(id);
    if (articles.has(id)) window.add(added);
    else window.remove(id);
  }
  const fresh = new SignatureWindow();
  for (const added of articles.values()) fresh.add(added);
  const query = [{ signature: article(999, Array.from({ length: 30 }, (_, term) => term * 10)).signature, factor: 1 }];
  const cosines = (tested: SignatureWindow) => {
    const slots = tested.slotsBetween(0, 1000);
    return new Map(tested.similarities(query, slots, relevanceWeighting).map((cosine, index) => [tested.idAt(slots[index] ?? 0), cosine]));
  };
  expect(cosines(window)).toEqual(cosines(fresh));
});
