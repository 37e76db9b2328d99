import { mkdir, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { shortOrLong } from '../support/long.ts';
import { prepare, rows, run, runInOwnProcess, startServer } from '../support/program.ts';
import { emptySite, temporaryFolder } from '../support/test-site.ts';

const signIn = async (url: string) => (await fetch(`${url}/admin/sign-in`, { method: 'POST', body: new URLSearchParams({ email: 'nobody@news.example', password: 'wrong password' }), headers: { origin: url } })).status;

test('a database that is deleted while the site runs is saved once, and the next start names the copy', async () => {
  const folder = await temporaryFolder();
  const server = await startServer(folder, ['--empty']);
  await prepare(folder, ['settings', 'set', 'name', 'Precious']);
  for (const name of await readdir(folder)) await rm(path.join(folder, name));
  expect([await signIn(server.url), await signIn(server.url)]).toEqual([503, 503]);
  const { code, stderr } = await server.stop();
  expect(code).toBe(0);
  expect(stderr.match(/was removed, replaced or truncated/g)).toHaveLength(1);
  expect(stderr).toContain('the database file is gone, so the open database was saved to another file');

  const [rescued = '', ...others] = await readdir(folder);
  expect([rescued, others]).toEqual([expect.stringMatching(/^broadsheet-rescued-.*\.db$/), []]);
  const start = await run(folder, ['settings', 'get', 'name']);
  expect([start.code, start.stderr]).toEqual([1, expect.stringContaining(`rename ${rescued} to broadsheet.db`)]);
  const backup = await run(folder, ['backup', path.join(folder, 'copy.db')]);
  expect([backup.code, backup.stderr]).toEqual([1, start.stderr]);
  await rename(path.join(folder, rescued), path.join(folder, 'broadsheet.db'));
  expect((await run(folder, ['settings', 'get', 'name'])).stdout).toBe('Precious\n');
});

test('the site refuses to start while a rescued copy has newer writes than the database', async () => {
  const folder = await temporaryFolder();
  const server = await startServer(folder, ['--empty']);
  await prepare(folder, ['backup', path.join(folder, 'older.db')]);
  await prepare(folder, ['settings', 'set', 'name', 'Precious']);
  await rename(path.join(folder, 'older.db'), path.join(folder, 'broadsheet.db'));
  expect(await signIn(server.url)).toBe(503);
  await server.stop();
  for (const suffix of ['-wal', '-shm']) await rm(path.join(folder, `broadsheet.db${suffix}`), { force: true });

  const rescued = (await readdir(folder)).find((name) => name.startsWith('broadsheet-rescued-')) ?? '';
  const { code, stderr } = await run(folder, ['settings', 'get', 'name']);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`rename ${rescued} to broadsheet.db`)]);
  await rename(path.join(folder, rescued), path.join(folder, 'broadsheet.db'));
  for (const suffix of ['-wal', '-shm']) await rm(path.join(folder, `broadsheet.db${suffix}`), { force: true });
  expect((await run(folder, ['settings', 'get', 'name'])).stdout).toBe('Precious\n');
});

test('a deleted database is noticed within seconds even if nobody writes', { timeout: 30_000 }, async () => {
  const { folder } = await emptySite();
  await rm(path.join(folder, 'broadsheet.db'));
  await vi.waitFor(async () => expect((await readdir(folder)).filter((name) => /^broadsheet-rescued-.*\.db$/.test(name))).toHaveLength(1), { timeout: 15_000 });
});

test('a deletion not noticed before the shutdown is noticed then, and the database is saved', async () => {
  const { folder, context } = await emptySite();
  await rm(path.join(folder, 'broadsheet.db'));
  await context.close();
  expect((await readdir(folder)).filter((name) => name.startsWith('broadsheet-rescued-'))).toHaveLength(1);
});

test.each<[what: string, spoil: (file: string) => Promise<unknown>, message: RegExp]>([
  ['an empty file', (file) => writeFile(file, ''), /is empty, so its content is lost\. Restore a backup there/],
  ['a write-ahead log without its database', (file) => writeFile(`${file}-wal`, 'x'), /is missing, but its write-ahead log \S+-wal exists/],
  ['a file of something else', (file) => writeFile(file, 'not a database '.repeat(1000)), /can't be opened \(file is not a database\)\. Restore a backup there/],
  ['a folder', (file) => mkdir(file), /can't be opened/],
])('%s in the place of the database is an error at the start, and stays unchanged', async (_, spoil, message) => {
  const folder = await temporaryFolder();
  await spoil(path.join(folder, 'broadsheet.db'));
  const before = await readdir(folder);
  const { code, stderr } = await run(folder, ['serve']);
  expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(await readdir(folder)).toEqual(before);
});

test('a truncated database is an error at the start', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings', 'set', 'name', 'Cut']);
  await truncate(path.join(folder, 'broadsheet.db'), 8192);
  const { code, stderr } = await run(folder, ['settings']);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/malformed\)\. Restore a backup there/)]);
});

test('processes that start at once in a new folder don’t mistake each other’s new file for an empty one', async () => {
  const folder = await temporaryFolder();
  const ends = await Promise.all(Array.from({ length: shortOrLong(2, 4) }, () => runInOwnProcess(folder, ['settings'])));
  expect(ends.map(({ code, stderr }) => [code, stderr])).toEqual(ends.map(() => [0, '']));
  expect(rows(folder, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
});
