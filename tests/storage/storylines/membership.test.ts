import { expect, test } from 'vitest';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { moveMemberships, updateMembership, type Membership } from '../../../src/storage/storylines/membership.ts';
import { seeded } from '../../support/random.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

async function move({ context: { db } }: TestSite, id: number, change: Partial<Membership>): Promise<void> {
  await inTransaction(db, (transaction) => updateMembership(transaction, id, change));
}

async function supersededTimes({ context: { db } }: TestSite): Promise<Record<number, number | null>> {
  const rows = await db.reader.selectFrom('storyline_article').select(['article_id', 'superseded_at']).orderBy('article_id').execute();
  return Object.fromEntries(rows.map((row) => [row.article_id, row.superseded_at]));
}

async function newStoryline({ context: { db } }: TestSite, id: number): Promise<void> {
  await inTransaction(db, (transaction) => transaction.insertInto('storyline').values({ id, name: '', joined_into: null }).execute());
}

test('each article of a storyline is superseded by the next one of the same theme', async () => {
  const site = await emptySite();
  await newStoryline(site, 1);
  for (const [theme, publishedAt] of [['World', 3000], ['World', 1000], ['Sport', 2000], ['World', 2000]] as const) await addArticle(site, { theme, publishedAt });
  for (const id of [1, 2, 3, 4]) await move(site, id, { storylineId: 1 });
  expect(await supersededTimes(site)).toEqual({ 1: null, 2: 2000, 3: null, 4: 3000 });
  await move(site, 4, { storylineId: null });
  expect(await supersededTimes(site)).toEqual({ 1: null, 2: 3000, 3: null, 4: null });
});

test('after many random moves, each article’s successor is the one that its place in the storyline gives', async () => {
  const site = await emptySite();
  const random = seeded(16);
  for (const id of [1, 2]) await newStoryline(site, id);
  for (let n = 0; n < 8; n += 1) await addArticle(site, { theme: random.pick(['World', 'Sport']), publishedAt: now - random.below(4) * 1000 });
  for (let step = 0; step < 60; step += 1) {
    await move(site, 1 + random.below(8), { storylineId: random.pick([null, 1, 2]), themeId: random.pick([1, 2]), publicAt: random.pick([null, now, now - 1000, now - 2000]) });
    const rows = await site.context.db.reader.selectFrom('storyline_article').selectAll().execute();
    for (const row of rows) {
      const later = rows.filter((other) => row.storyline_id !== null && row.public_at !== null && other.public_at !== null && other.storyline_id === row.storyline_id && other.theme_id === row.theme_id && (other.public_at > row.public_at || (other.public_at === row.public_at && other.article_id > row.article_id)));
      expect(row.superseded_at).toBe(later.length === 0 ? null : Math.min(...later.map((other) => other.public_at ?? 0)));
    }
  }
});

test('moving many articles at once gives each the same successor as moving them one by one', async () => {
  const [atOnce, oneByOne] = [await emptySite(), await emptySite()];
  const random = seeded(17);
  for (const site of [atOnce, oneByOne]) for (const id of [1, 2]) await newStoryline(site, id);
  for (let n = 1; n <= 24; n += 1) {
    const article = { theme: random.pick(['World', 'Sport']), publishedAt: random.pick([null, now, now + 60_000, now - 1000 * random.below(5)]) };
    const storylineId = random.pick([1, 1, 2, null]);
    for (const site of [atOnce, oneByOne]) {
      await addArticle(site, article);
      await move(site, n, { storylineId });
    }
  }
  const members = async (storylineId: number) => (await oneByOne.context.db.reader.selectFrom('storyline_article').select('article_id').where('storyline_id', '=', storylineId).execute()).map((row) => row.article_id);
  const some = (await members(1)).filter(() => random.chance(0.5));
  for (const articleIds of [some, undefined]) {
    await inTransaction(atOnce.context.db, (transaction) => moveMemberships(transaction, { from: 1, to: 2, ...(articleIds && { articleIds }) }));
    for (const id of articleIds ?? (await members(1))) await move(oneByOne, id, { storylineId: 2, isChosen: true });
    const rows = async ({ context: { db } }: TestSite) => db.reader.selectFrom('storyline_article').selectAll().orderBy('article_id').execute();
    expect(await rows(atOnce)).toEqual(await rows(oneByOne));
  }
  expect([some.length > 2, await members(1)]).toEqual([true, []]);
});
