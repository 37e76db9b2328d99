import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import SqliteFile from 'better-sqlite3';
import { expect, test } from 'vitest';
import { killAfterTest, file, prepare, projectFolder, rows, run, startServer } from '../support/program.ts';
import { insertPictures } from '../support/stored-pictures.ts';
import { serveEmptySite, temporaryFolder } from '../support/test-site.ts';

test('a backup made while the site runs and another process keeps writing is complete', async () => {
  const { folder } = await serveEmptySite();
  await prepare(folder, ['import', await file(folder, 'many.ndjson', Array.from({ length: 100 }, (_, n) => JSON.stringify({ title: `Article ${n}`, body: `${n} words. `.repeat(500) })).join('\n'))]);
  const articles = rows(folder, 'select uid, body_html from article');
  const writer = spawn(process.execPath, ['--input-type=module', '--eval', `
    import SqliteFile from 'better-sqlite3';
    const db = new SqliteFile(${JSON.stringify(path.join(folder, 'broadsheet.db'))}, { timeout: 10_000 });
    const write = db.prepare("insert into change (at, touched) values (1, '[]')");
    setInterval(() => { write.run(); process.stdout.write('.'); }, 1);
  `], { cwd: projectFolder });
  killAfterTest(writer);
  await once(writer.stdout, 'data');

  const copy = path.join(await temporaryFolder(), 'copy');
  await mkdir(copy);
  const target = path.join(copy, 'broadsheet.db');
  const { code, stdout, stderr } = await run(folder, ['backup', target]);
  expect([code, stdout, stderr]).toEqual([0, `Backup written to ${target}\n`, '']);
  expect(await readdir(copy)).toEqual(['broadsheet.db']);
  expect(rows(copy, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(rows(copy, 'select uid, body_html from article')).toEqual(articles);
  expect((await run(copy, ['settings', 'get', 'name'])).code).toBe(0);
});

test('a backup includes what is only in the write-ahead log', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings']);
  const writer = new SqliteFile(path.join(folder, 'broadsheet.db'));
  writer.prepare("insert into setting values ('name', '\"In the log\"')").run();
  const copy = await temporaryFolder();
  await prepare(folder, ['backup', path.join(copy, 'broadsheet.db')]);
  writer.close();
  expect((await run(copy, ['settings', 'get', 'name'])).stdout).toBe('In the log\n');
});

test('a backup leaves out renditions if they are a large part of the database, and keeps the pictures', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings', 'set', 'name', 'Illustrated']);
  insertPictures(folder, [{ id: 1, size: 500_000, renditions: [300_000, 900_000] }, { id: 2, size: 100_000, renditions: [40_000] }]);
  const pictures = rows(folder, 'select * from picture_master');
  const copy = await temporaryFolder();
  const target = path.join(copy, 'broadsheet.db');
  await prepare(folder, ['backup', target]);
  expect(await readdir(copy)).toEqual(['broadsheet.db']);
  expect((await stat(target)).size).toBeLessThan((await stat(path.join(folder, 'broadsheet.db'))).size - 1_200_000);
  expect(rows(copy, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect([rows(copy, 'select * from picture_master'), rows(copy, 'select * from rendition')]).toEqual([pictures, []]);
  expect(rows(folder, 'select name from rendition')).toHaveLength(3);

  const restored = await startServer(copy);
  expect(await (await fetch(restored.url)).text()).toContain('Illustrated');
});

test('a backup with few renditions keeps them, because leaving them out would take longer', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings']);
  insertPictures(folder, [{ id: 1, size: 900_000, renditions: [100_000] }]);
  const copy = await temporaryFolder();
  await prepare(folder, ['backup', path.join(copy, 'broadsheet.db')]);
  expect(rows(copy, 'select * from rendition')).toEqual(rows(folder, 'select * from rendition'));
});

test('backup never overwrites an existing file', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings']);
  const target = await file(folder, 'copy.db', 'precious');
  expect(await run(folder, ['backup', target])).toEqual({ code: 1, stdout: '', stderr: `${target} already exists. Choose another file name, or delete this file first.\n` });
  expect(await readFile(target, 'utf8')).toBe('precious');
});

test('a backup that can’t be written fails with a one-line message', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings']);
  const { code, stdout, stderr } = await run(folder, ['backup', path.join(folder, 'none', 'copy.db')]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/copy\.db can't be written \(.+\)\. Choose a file .+\.\n$/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('backup without a site fails and creates nothing', async () => {
  const folder = await temporaryFolder();
  expect(await run(folder, ['backup', path.join(folder, 'copy.db')])).toEqual({ code: 1, stdout: '', stderr: `There is no site in DATA_DIR=${folder}. Set DATA_DIR to the folder of the site.\n` });
  expect(await readdir(folder)).toEqual([]);
});

test('backup takes exactly one file', async () => {
  const folder = await temporaryFolder();
  const ends = await Promise.all([[], ['one', 'two']].map((args) => run(folder, ['backup', ...args])));
  expect(ends).toEqual(Array.from({ length: 2 }, () => ({ code: 1, stdout: '', stderr: 'Usage: npx broadsheet backup FILE\n' })));
});
