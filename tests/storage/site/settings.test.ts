import { expect, test } from 'vitest';
import { changeSettings, loadSettings, saveSettings } from '../../../src/storage/site/settings.ts';
import { deletePicture } from '../../../src/storage/pictures/save-picture.ts';
import { storePicture } from '../../support/pictures.ts';
import { emptySite, now, stored } from '../../support/test-site.ts';

test('a setting that is not stored has its default value', async () => {
  const { context: { db } } = await emptySite();
  expect(await loadSettings(db)).toEqual({ name: 'Broadsheet', tagline: '', description: '', language: 'en-GB', zone: 'UTC', copyright: '', followUs: [], sharePicture: '', smartTypography: false, publicHistory: true, secondFactorRequired: false });
});

test('saving settings changes only the given settings, and writes to the change feed', async () => {
  const { context: { db } } = await emptySite();
  await saveSettings(db, { name: 'One', tagline: 'News' }, now);
  await saveSettings(db, { name: 'Two', smartTypography: true }, now + 1);
  expect(await loadSettings(db)).toMatchObject({ name: 'Two', tagline: 'News', smartTypography: true, zone: 'UTC' });
  expect(await db.reader.selectFrom('change').select(['at', 'touched']).execute()).toEqual([{ at: now, touched: '["settings"]' }, { at: now + 1, touched: '["settings"]' }]);
});

test('saving no settings writes nothing to the change feed', async () => {
  const { context: { db } } = await emptySite();
  await saveSettings(db, {}, now);
  expect(await db.reader.selectFrom('change').select('id').execute()).toEqual([]);
});

test('the share picture counts as used until another one is chosen, so it can’t be deleted', async () => {
  const site = await emptySite();
  const { db } = site.context;
  const [first, second] = [await storePicture(site), await storePicture(site)];
  await saveSettings(db, { sharePicture: String(first) }, now);
  await saveSettings(db, { name: 'Two' }, now);
  expect(await stored(site, 'select picture_id, kind, place_id from picture_use')).toEqual([{ picture_id: first, kind: 'settings', place_id: 0 }]);
  expect(await deletePicture(db, first, null, now)).toBe(false);
  await saveSettings(db, { sharePicture: String(second) }, now);
  expect(await deletePicture(db, first, null, now)).toBe(true);
  await saveSettings(db, { sharePicture: '' }, now);
  expect(await stored(site, 'select picture_id from picture_use')).toEqual([]);
});

test('only what an administrator has changed is saved; a setting that somebody else has changed in the meantime is a conflict', async () => {
  const { context: { db } } = await emptySite();
  const seen = await loadSettings(db);
  expect(await changeSettings(db, { values: { ...seen, name: 'One' }, seen }, null, now)).toBe('saved');
  expect(await changeSettings(db, { values: { ...seen, tagline: 'News' }, seen }, null, now)).toBe('saved');
  expect(await changeSettings(db, { values: { ...seen, tagline: 'Other', zone: 'Europe/Bucharest' }, seen }, null, now)).toEqual({ conflicts: ['tagline'] });
  expect(await changeSettings(db, { values: { ...seen, tagline: 'News' }, seen }, null, now)).toBe('saved');
  expect(await loadSettings(db)).toEqual({ ...seen, name: 'One', tagline: 'News' });
  expect(await db.reader.selectFrom('audit_log').select(['action', 'editor_id', 'detail']).execute()).toEqual([{ action: 'settings', editor_id: null, detail: 'name ["Broadsheet","One"]' }, { action: 'settings', editor_id: null, detail: 'tagline ["","News"]' }]);
});
