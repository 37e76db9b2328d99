import path from 'node:path';
import { PassThrough } from 'node:stream';
import SqliteFile from 'better-sqlite3';
import { expect, test } from 'vitest';
import { confirm } from '../../src/cli/confirm.ts';
import { prepare, rows, run } from '../support/program.ts';
import { insertPictures } from '../support/stored-pictures.ts';
import { temporaryFolder } from '../support/test-site.ts';

/** Picture 1 is used by an article, and picture 4 was uploaded a moment ago. */
async function folderWithPictures(): Promise<string> {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings']);
  insertPictures(folder, [{ id: 1, size: 2_000_000, renditions: [300_000, 400] }, { id: 2, size: 1_000, alt: '', renditions: [50] }, { id: 3, size: 1_234_000, fileName: '' }, { id: 4, size: 10, createdAt: Date.now() }]);
  const db = new SqliteFile(path.join(folder, 'broadsheet.db'));
  db.exec("insert into picture_use values (1, 'article', 9)");
  db.close();
  return folder;
}

test('pictures prints how many pictures there are and how large, how many are unused, and how many have no description', async () => {
  expect(await run(await folderWithPictures(), ['pictures'])).toEqual({
    code: 0,
    stdout: '4 pictures, 3.2 MB\n3 renditions, 300.5 kB\n3 unused pictures, 1.2 MB\n1 picture without a description\n',
    stderr: '',
  });
});

test('without a terminal, unused pictures are listed, but only --yes removes them', async () => {
  const folder = await folderWithPictures();
  const list = 'picture:2  2.jpg  1 kB  uploaded on 1970-01-01\npicture:3  (no file name)  1.2 MB  uploaded on 1970-01-01\n';
  expect(await run(folder, ['pictures', '--remove-unused'])).toEqual({ code: 1, stdout: list, stderr: 'Nothing was removed. Run this command in a terminal, where it asks first, or add --yes.\n' });
  expect(rows(folder, 'select id from picture')).toHaveLength(4);

  expect(await run(folder, ['pictures', '--remove-unused', '--yes'])).toEqual({ code: 0, stdout: `${list}2 pictures removed, 1.2 MB\n`, stderr: '' });
  for (const [table, column] of [['picture', 'id'], ['picture_master', 'picture_id']]) expect(rows(folder, `select ${column} as id from ${table} order by 1`)).toEqual([{ id: 1 }, { id: 4 }]);
  expect(rows(folder, 'select distinct picture_id from rendition')).toEqual([{ picture_id: 1 }]);
  expect(rows(folder, "select picture_id from audit_log where action = 'picture-deletion'")).toEqual([{ picture_id: 2 }, { picture_id: 3 }]);
  expect((await run(folder, ['pictures', '--remove-unused'])).stdout).toBe('There are no unused pictures that were uploaded more than a day ago.\n');
});

test('only “y” and “yes” confirm a question; the end of the input does not', async () => {
  const answers: [answer: string, isConfirmed: boolean][] = [['y\n', true], ['YES\n', true], ['n\n', false], ['\n', false], ['yesterday\n', false], ['', false]];
  for (const [answer, isConfirmed] of answers) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const confirmed = confirm('Remove these 2 pictures?', input, output);
    input.end(answer);
    expect([answer, await confirmed]).toEqual([answer, isConfirmed]);
    expect(String(output.read())).toBe('Remove these 2 pictures? [y/N] ');
  }
});

test('options that exclude each other print the usage', async () => {
  const folder = await temporaryFolder();
  for (const args of [['--remove-unused', '--remake'], ['--yes'], ['--remake', '--yes']]) expect(await run(folder, ['pictures', ...args])).toEqual({ code: 1, stdout: '', stderr: 'Usage: npx broadsheet pictures [--remove-unused [--yes] | --remake]\n' });
});
