import path from 'node:path';
import SqliteFile from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { saveSettings } from '../../../../src/storage/site/settings.ts';
import { emptySite, now } from '../../../support/test-site.ts';

test('a backup is a snapshot of its start, and does not restart when another process writes', async () => {
  const { context: { db }, folder } = await emptySite();
  await saveSettings(db, { description: 'x'.repeat(8_000_000) }, now);
  const other = new SqliteFile(path.join(folder, 'broadsheet.db'));
  onTestFinished(() => {
    other.close();
  });
  const write = other.prepare("insert or replace into setting values ('tagline', '\"Later\"')");
  const shares: number[] = [];
  await db.backup(path.join(folder, 'copy.db'), (share) => {
    shares.push(share);
    if (shares.length < 5) write.run();
  });
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  const copy = new SqliteFile(path.join(folder, 'copy.db'), { readonly: true });
  expect(copy.prepare('select name from setting').pluck().all()).toEqual(['description']);
  copy.close();
});
