import { expect, test } from 'vitest';
import { listNavigationThemes } from '../../../src/storage/themes/edited-themes.ts';
import { findNavigation } from '../../../src/storage/themes/navigation.ts';
import { chosenOrder, placeTheme, type ThemePlace } from '../../../src/storage/themes/place-theme.ts';
import { makeEditor } from '../../support/admin.ts';
import { seeded } from '../../support/random.ts';
import { lastTags } from '../../support/storylines.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

const minute = 60_000;

/** Themes named A, B, C …, the first with the latest article. Their ids count from 1. */
async function siteWith(count: number): Promise<{ site: TestSite; place: (name: string, to: ThemePlace) => Promise<string>; navigation: () => Promise<string>; editorId: number }> {
  const site = await emptySite();
  const { id: editorId } = await makeEditor(site, { role: 'editor' });
  for (let n = 0; n < count; n += 1) await addArticle(site, { theme: String.fromCharCode(65 + n), publishedAt: now - n * minute });
  const { db } = site.context;
  return {
    site,
    editorId,
    place: async (name, to) => placeTheme(db, { id: name.charCodeAt(0) - 64, place: to, order: chosenOrder(await listNavigationThemes(db.reader, site.time.now)) }, editorId, site.time.now),
    navigation: async () => (await findNavigation(db.reader, site.time.now)).themes.map(({ name }) => name).join(''),
  };
}

test('a theme that is moved up stands behind the themes before it, which keep their places from then on', async () => {
  const { site, place, navigation } = await siteWith(4);
  expect(await place('D', 2)).toBe('done');
  expect(await navigation()).toBe('ADBC');
  expect((await listNavigationThemes(site.context.db.reader, now)).map(({ name, isPlaced }) => `${name}${isPlaced ? '!' : ''}`)).toEqual(['A!', 'D!', 'B', 'C']);
  expect(await lastTags(site)).toEqual(['themes']);
});

test('a theme is moved down, loses its chosen place, and is hidden', async () => {
  const { site, place, navigation } = await siteWith(4);
  for (const [name, to, expected] of [['A', 3, 'BCAD'], ['C', 1, 'CBAD'], ['B', 'automatic', 'CABD'], ['C', 'hidden', 'ABD'], ['C', 'automatic', 'ABCD'], ['A', 99, 'BCDA']] as const) {
    expect(await place(name, to)).toBe('done');
    expect(await navigation(), `${name} ${to}`).toBe(expected);
  }
  expect(await stored(site, 'select detail from audit_log order by id desc limit 1')).toEqual([{ detail: '4 A' }]);
});

test('the navigation has nine themes: those with chosen places, then those with the most recent articles', async () => {
  const { site, place, navigation } = await siteWith(12);
  await place('L', 1);
  expect(await navigation()).toBe('LABCDEFGH');
  await addArticle(site, { theme: 'K', publishedAt: now });
  expect(await navigation()).toBe('LABCDEFGK');
  await place('A', 'hidden');
  expect(await navigation()).toBe('LBCDEFGHK');
});

test('a theme whose place is chosen appears there once its first article is published', async () => {
  const { site, place, navigation } = await siteWith(3);
  await addArticle(site, { theme: 'D', publishedAt: now + minute });
  await place('D', 1);
  expect([await navigation(), (await findNavigation(site.context.db.reader, now)).changesAt]).toEqual(['ABC', now + minute]);
  site.time.now += minute;
  expect(await navigation()).toBe('DABC');
});

test('an order that somebody else has changed is left alone, and sending the same move again changes nothing', async () => {
  const { site, place, editorId } = await siteWith(3);
  const { db } = site.context;
  const order = chosenOrder(await listNavigationThemes(db.reader, now));
  await place('B', 1);
  expect(await placeTheme(db, { id: 3, place: 1, order }, editorId, now)).toBe('conflict');
  expect(await placeTheme(db, { id: 2, place: 1, order }, editorId, now)).toBe('done');
  expect(await placeTheme(db, { id: 9, place: 1, order }, editorId, now)).toBe('gone');
});

test('without a write, the navigation changes exactly at the time that it gives', async () => {
  const random = seeded(18);
  const { site, place, navigation } = await siteWith(11);
  const { reader } = site.context.db;
  const state = async () => `${await navigation()} ${(await findNavigation(reader, site.time.now)).hasMore}`;
  let changes = 0;
  for (let step = 0; step < 30; step += 1) {
    await place(String.fromCharCode(65 + random.below(11)), random.pick([1, 4, 9, 12, 'automatic', 'hidden', 'hidden'] as const));
    await addArticle(site, { theme: String.fromCharCode(65 + random.below(20)), publishedAt: site.time.now + (1 + random.below(5)) * minute });
    const { changesAt = Infinity } = await findNavigation(reader, site.time.now);
    const before = await state();
    site.time.now = Math.min(changesAt - 1, site.time.now + 9 * minute);
    expect(await state(), `step ${step}`).toBe(before);
    if (changesAt > site.time.now + 1) continue;
    site.time.now = changesAt;
    expect(await state(), `step ${step}`).not.toBe(before);
    changes += 1;
  }
  expect(changes).toBeGreaterThan(5);
});
