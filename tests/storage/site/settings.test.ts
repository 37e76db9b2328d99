import { expect, test } from 'vitest';
import { loadSettings, saveSettings } from '../../../src/storage/site/settings.ts';
import { emptySite, now } from '../../support/test-site.ts';

test('a setting that is not stored has its default value', async () => {
  const { context: { db } } = await emptySite();
  expect(await loadSettings(db)).toEqual({ name: 'Broadsheet', tagline: '', description: '', language: 'en-GB', zone: 'UTC', copyright: '', followUs: [], smartTypography: false });
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
