import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inTransaction } from '../../../../src/storage/database/database.ts';
import { openSqlite } from '../../../../src/storage/database/sqlite.ts';
import { loadSettings, saveSettings } from '../../../../src/storage/site/settings.ts';
import { killAfterTest, projectFolder, rows } from '../../../support/program.ts';
import { emptySite, now, temporaryFolder } from '../../../support/test-site.ts';

test('a transaction that throws is rolled back', async () => {
  const { context: { db } } = await emptySite();
  const failing = inTransaction(db, async (transaction) => {
    await transaction.insertInto('setting').values({ name: 'name', value: '"Half"' }).execute();
    throw new Error('in between');
  });
  await expect(failing).rejects.toThrow('in between');
  expect((await loadSettings(db)).name).toBe('Broadsheet');
});

test('transactions of one process run one after the other', async () => {
  const { context: { db } } = await emptySite();
  await Promise.all(
    Array.from({ length: 10 }, () =>
      inTransaction(db, async (transaction) => {
        const { length } = await transaction.selectFrom('change').select('id').execute();
        await new Promise((resolve) => setImmediate(resolve));
        await transaction.insertInto('change').values({ id: length + 1, at: now, touched: '[]' }).execute();
      }),
    ),
  );
  expect(await db.reader.selectFrom('change').select('id').execute()).toHaveLength(10);
});

test('a write that begins with a read waits for another process’s write and sees its result; reads do not wait', async () => {
  const { context: { db }, folder } = await emptySite();
  await saveSettings(db, { name: 'Before' }, now);
  await holdWriteLock(folder, `update setting set value = '"Theirs"' where name = 'name'`, 400);

  const begun = performance.now();
  expect((await loadSettings(db)).name).toBe('Before');
  expect(performance.now() - begun).toBeLessThan(200);
  const read = await inTransaction(db, async (transaction) => {
    const { value } = await transaction.selectFrom('setting').select('value').where('name', '=', 'name').executeTakeFirstOrThrow();
    await transaction.updateTable('setting').set({ value: '"Ours"' }).where('name', '=', 'name').execute();
    return value;
  });
  expect(read).toBe('"Theirs"');
  expect((await loadSettings(db)).name).toBe('Ours');
});

test('the reader’s handle is read-only', async () => {
  const { context: { db } } = await emptySite();
  await expect(db.reader.insertInto('setting').values({ name: 'name', value: '"No"' }).execute()).rejects.toThrow('attempt to write a readonly database');
});

test('opening a file waits until another process has created it', async () => {
  const folder = await temporaryFolder();
  await holdWriteLock(folder, 'create table theirs (id)', 400);
  await openSqlite(path.join(folder, 'broadsheet.db')).close();
  expect([rows(folder, 'pragma journal_mode'), rows(folder, 'select name from sqlite_master')]).toEqual([[{ journal_mode: 'wal' }], [{ name: 'theirs' }]]);
});

/** Starts a write in another process, which commits after `ms`. Resolves once that process holds the lock. */
async function holdWriteLock(folder: string, write: string, ms: number): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', `
    import SqliteFile from 'better-sqlite3';
    const db = new SqliteFile(${JSON.stringify(path.join(folder, 'broadsheet.db'))});
    db.exec('begin immediate');
    db.exec(${JSON.stringify(write)});
    process.stdout.write('held');
    setTimeout(() => db.exec('commit'), ${ms});
  `], { cwd: projectFolder });
  killAfterTest(child);
  await once(child.stdout, 'data');
}
