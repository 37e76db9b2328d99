import { rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import request from 'supertest';
import { expect, onTestFinished, test } from 'vitest';
import { loadSettings, saveSettings } from '../../../../src/storage/site/settings.ts';
import { emptySite, now, openSite, temporaryFolder } from '../../../support/test-site.ts';

test('the write connection waits for the disk, enforces foreign keys and checkpoints at the chosen size', async () => {
  const { context: { db } } = await emptySite();
  const pragma = async (name: string) => Object.values((await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db.writer)).rows[0] ?? {})[0];
  // 2 is FULL. In WAL mode, commits at NORMAL don't wait for the disk.
  expect([await pragma('journal_mode'), await pragma('synchronous'), await pragma('foreign_keys'), await pragma('wal_autocheckpoint')]).toEqual(['wal', 2, 1, 16000]);
});

const remove = (file: string) => rm(file);
const replace = async (file: string) => {
  await writeFile(`${file}.new`, 'another file');
  await rename(`${file}.new`, file);
};

test.each([
  ['the database is deleted', 'broadsheet.db', remove],
  ['the database is replaced', 'broadsheet.db', replace],
  ['the database is cut short', 'broadsheet.db', async (file: string) => truncate(file, (await stat(file)).size - 4096)],
  ['the database is emptied', 'broadsheet.db', (file: string) => truncate(file)],
  ['the write-ahead log is deleted', 'broadsheet.db-wal', remove],
  ['the write-ahead log is replaced', 'broadsheet.db-wal', replace],
  ['the shared memory is deleted', 'broadsheet.db-shm', remove],
])('once %s, writes are refused, /health gives the reason, and reads still work', async (_, name, spoil) => {
  // The content of a new database is still in its write-ahead log.
  const { context, app, folder } = await openSite(await temporaryFolder());
  onTestFinished(() => context.close());
  const { db } = context;
  await saveSettings(db, { name: 'Before' }, now);
  await spoil(path.join(folder, name));
  await expect(saveSettings(db, { name: 'After' }, now)).rejects.toThrow(/while it was open/);
  const health = await request(app).get('/health');
  expect([health.status, health.body]).toEqual([503, { process: 'ok', database: 'unavailable', reason: 'The database file was removed, replaced or truncated while the site was running' }]);
  expect((await loadSettings(db)).name).toBe('Before');
});

test('a transaction during which the file is deleted is not acknowledged', async () => {
  const { context: { db }, folder } = await emptySite();
  const write = db.writer.transaction().execute(async (transaction) => {
    await transaction.insertInto('setting').values({ name: 'name', value: '"Lost"' }).execute();
    await rm(path.join(folder, 'broadsheet.db'));
  });
  await expect(write).rejects.toThrow(/while it was open/);
});

test('a file that is moved back accepts writes again', async () => {
  const folder = path.join(await temporaryFolder(), 'data');
  const { context, app } = await openSite(folder);
  onTestFinished(() => context.close());
  const { db } = context;
  await rename(folder, `${folder}-moved`);
  await expect(saveSettings(db, { name: 'No' }, now)).rejects.toThrow(/while it was open/);
  await rename(`${folder}-moved`, folder);
  expect((await request(app).get('/health')).status).toBe(200);
  await saveSettings(db, { name: 'Yes' }, now);
  expect((await loadSettings(db)).name).toBe('Yes');
});

test('once a request finds the database damaged, /health answers 503 until the site restarts', async () => {
  const { context: { db }, app, folder } = await emptySite();
  await saveSettings(db, { name: 'Whole' }, now);
  await sql.raw('pragma wal_checkpoint(truncate)').execute(db.writer);
  const size = 4096;
  const { rows } = await sql.raw<{ rootpage: number }>("select rootpage from sqlite_master where name = 'static_page'").execute(db.writer);
  const file = path.join(folder, 'broadsheet.db');
  await writeFile(file, Buffer.alloc(size, 0xff), { flag: 'r+' });
  expect(rows).toHaveLength(1);
  await request(app).get('/about');
  const health = await request(app).get('/health');
  expect([health.status, health.body.reason]).toEqual([503, 'The database is damaged']);
});
