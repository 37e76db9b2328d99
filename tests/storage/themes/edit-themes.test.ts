import request from 'supertest';
import { expect, test } from 'vitest';
import type { ThemeDetails } from '../../../src/content/named/theme-form.ts';
import { mergeNamed } from '../../../src/storage/named/merge.ts';
import { deletePicture } from '../../../src/storage/pictures/save-picture.ts';
import { addTheme, deleteTheme, saveTheme } from '../../../src/storage/themes/edit-themes.ts';
import { findEditedTheme, listThemesByName } from '../../../src/storage/themes/edited-themes.ts';
import { makeEditor } from '../../support/admin.ts';
import { storePicture } from '../../support/pictures.ts';
import { lastTags } from '../../support/storylines.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

async function newsroom() {
  const site = await emptySite();
  const { id: editorId } = await makeEditor(site, { role: 'editor' });
  return { site, db: site.context.db, editorId };
}

async function save({ context: { db } }: TestSite, editorId: number, id: number, change: Partial<ThemeDetails>) {
  const before = await findEditedTheme(db.reader, id, now);
  if (!before) throw new Error(`There is no theme ${id}`);
  return saveTheme(db, { id, seen: before, details: { ...before, ...change }, language: 'en' }, editorId, now);
}

test('a theme is renamed, described and gets a picture, and each change touches the pages that show it', async () => {
  const { site, db, editorId } = await newsroom();
  await addArticle(site, { theme: 'World' });
  const picture = await storePicture(site, { width: 640, height: 400, alt: 'A globe' });
  expect(await save(site, editorId, 1, { description: 'News from abroad.', pictureId: picture })).toBe('saved');
  expect(await lastTags(site)).toEqual(['theme:1']);
  expect(await save(site, editorId, 1, { name: 'Abroad' })).toBe('saved');
  expect(await lastTags(site)).toEqual(['theme:1', 'themes']);
  expect(await findEditedTheme(db.reader, 1, now)).toMatchObject({ name: 'Abroad', slug: 'abroad', description: 'News from abroad.', pictureId: picture, articles: 1 });
  expect((await request(site.app).get('/themes/world')).headers).toMatchObject({ location: '/themes/abroad' });
  expect(await deletePicture(db, picture, editorId, now)).toBe(false);
  await save(site, editorId, 1, { pictureId: null });
  expect(await deletePicture(db, picture, editorId, now)).toBe(true);
});

test('a name in use, a missing picture and one without a description are refused', async () => {
  const { site, db, editorId } = await newsroom();
  for (const theme of ['World', 'Sport']) await addArticle(site, { theme });
  const bare = await storePicture(site, { width: 30, height: 20, alt: '' });
  const before = await stored(site, 'select name, picture_id from theme order by id');
  expect(await save(site, editorId, 1, { name: 'SPORT' })).toEqual({ takenBy: { id: 2, slug: 'sport', name: 'Sport', isFormer: false } });
  expect(await save(site, editorId, 1, { pictureId: 99 })).toBe('no picture');
  expect(await save(site, editorId, 1, { pictureId: bare })).toBe('undescribed picture');
  expect(await saveTheme(db, { id: 1, seen: { name: 'World', description: 'Old', pictureId: null }, details: { name: 'World', description: 'New', pictureId: null }, language: 'en' }, editorId, now)).toMatchObject({ conflicts: ['description'] });
  expect(await stored(site, 'select name, picture_id from theme order by id')).toEqual(before);
});

test('no theme can get the former name of another one, which texts may still use', async () => {
  const { site, db, editorId } = await newsroom();
  await addArticle(site, { theme: 'World' });
  await save(site, editorId, 1, { name: 'Abroad' });
  await addArticle(site, { theme: 'Sport' });
  const abroad = { id: 1, slug: 'abroad', name: 'Abroad', isFormer: true };
  expect(await addTheme(db, { name: 'world', language: 'en' }, editorId, now)).toEqual({ takenBy: abroad });
  expect(await save(site, editorId, 2, { name: 'World' })).toEqual({ takenBy: abroad });
  expect(await save(site, editorId, 1, { name: 'World' })).toBe('saved');
  expect(await save(site, editorId, 1, { name: 'Abroad' })).toBe('saved');
  await addArticle(site, { theme: 'World' });
  expect(await stored(site, 'select theme_id from article order by id')).toEqual([{ theme_id: 1 }, { theme_id: 2 }, { theme_id: 1 }]);
  expect((await request(site.app).get('/themes/world')).headers).toMatchObject({ location: '/themes/abroad' });
});

test('only a theme that has no articles, and into which no other was merged, can be deleted', async () => {
  const { site, db, editorId } = await newsroom();
  await addArticle(site, { theme: 'World', publishedAt: null });
  for (const name of ['Empty', 'Merged', 'Kept']) await addTheme(db, { name, language: 'en' }, editorId, now);
  await mergeNamed(db, 'theme', { from: 3, into: 4 }, editorId, now);
  expect([await deleteTheme(db, 1, editorId, now), await deleteTheme(db, 2, editorId, now), await deleteTheme(db, 2, editorId, now), await deleteTheme(db, 4, editorId, now)]).toEqual(['used', 'deleted', 'gone', 'used']);
  expect(await stored(site, 'select name from theme order by id')).toEqual([{ name: 'World' }, { name: 'Kept' }]);
});

test('a theme keeps its description and picture when another one is merged into it, and gets what it lacks', async () => {
  const { site, db, editorId } = await newsroom();
  for (const theme of ['World', 'Sport', 'Football']) await addArticle(site, { theme });
  const [first, second] = [await storePicture(site, { width: 640, height: 400, alt: 'One' }), await storePicture(site, { width: 640, height: 401, alt: 'Two' })];
  await save(site, editorId, 2, { description: 'Games', pictureId: first });
  await save(site, editorId, 3, { description: 'Goals', pictureId: second });
  for (const from of [2, 3]) await mergeNamed(db, 'theme', { from, into: 1 }, editorId, now);
  expect(await stored(site, 'select description, picture_id from theme')).toEqual([{ description: 'Games', picture_id: first }]);
  expect(await stored(site, "select picture_id, place_id from picture_use where kind = 'theme'")).toEqual([{ picture_id: first, place_id: 1 }]);
});

test('themes are found by any part of their names, and listed page by page', async () => {
  const { db, editorId } = await newsroom();
  for (const name of ['World News', 'Sport', 'Network', 'Arts & Books', 'Law']) await addTheme(db, { name, language: 'en' }, editorId, now);
  const list = async (q: string, after?: number) => {
    const { themes, next } = await listThemesByName(db, now, { q, except: [5], after, limit: 2 });
    return [...themes.map(({ name }) => name), next];
  };
  expect([await list('WO'), await list('d - new'), await list(''), await list('', 3), await list('zzz')]).toEqual([['Network', 'World News', undefined], ['World News', undefined], ['Arts & Books', 'Network', 3], ['Sport', 'World News', undefined], [undefined]]);
});
