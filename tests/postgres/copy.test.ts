import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import SqliteFile from 'better-sqlite3';
import { Client } from 'pg';
import request from 'supertest';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadSample } from '../../src/cli/sample.ts';
import { copiedTables, copyDatabase } from '../../src/storage/database/copy-database.ts';
import type { Database } from '../../src/storage/database/database.ts';
import { migrate } from '../../src/storage/database/migrate.ts';
import { openPostgres } from '../../src/storage/database/postgres.ts';
import { openSqlite } from '../../src/storage/database/sqlite.ts';
import { countAttempt } from '../../src/storage/newsroom/sign-in-failures.ts';
import { shortOrLong } from '../support/long.ts';
import { emptyDatabase, startPostgres } from '../support/postgres.ts';
import { databaseBytes, prepare, projectFolder, rows, run, runInOwnProcess, start } from '../support/program.ts';
import { insertPictures } from '../support/stored-pictures.ts';
import { openSite, temporaryFolder } from '../support/test-site.ts';

/** Creates a site in a file, with an editor and a renamed theme, and an empty PostgreSQL database. */
async function siteAndDatabase() {
  const folder = await temporaryFolder();
  site ??= makeSite(folder);
  await writeFile(path.join(folder, 'broadsheet.db'), await site);
  return { folder, place: { file: `sqlite:${path.join(folder, 'broadsheet.db')}`, server: await emptyDatabase() } };
}

let site: Promise<Buffer> | undefined;

async function makeSite(folder: string): Promise<Buffer> {
  const { context } = await openSite(folder, { DATABASE_URL: '' });
  await loadSample(context);
  await context.close();
  await prepare(folder, ['editor', 'add', 'ana@news.example', '--name', 'Ana', '--role', 'editor']);
  const [{ name } = { name: '' }] = rows(folder, 'select name from theme order by id') as { name: string }[];
  await prepare(folder, ['rename', 'theme', name, 'Renamed']);
  addPictures(folder);
  addCorrection(folder);
  return databaseBytes(folder);
}

/** An article uses the first picture. */
function addPictures(folder: string): void {
  insertPictures(folder, [{ id: 3, size: 1, renditions: [2] }, { id: 4, size: 3_000_000 }, { id: 5, size: 200_000 }]);
  const db = new SqliteFile(path.join(folder, 'broadsheet.db'));
  db.exec("insert into picture_use values (3, 'article', 1), (4, 'settings', 0); insert into lead_picture values (1, 3, 'Here', ''); insert into author_profile values (1, 3, 'Writes.', 'https://ada.example/', '', '', '')");
  db.close();
}

function addCorrection(folder: string): void {
  const db = new SqliteFile(path.join(folder, 'broadsheet.db'));
  db.exec("insert into correction (id, uid, article_id, at, editor_id, text) values (1, 'a', 1, 1, 1, 'Two, not three.')");
  db.close();
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

const contentOf = (folder: string) => copiedTables.map(({ name, key }) => [name, rows(folder, `select * from "${name}" order by ${key.join(', ')}`)]);

test('a site copied to PostgreSQL and back keeps all its data and pictures, but no renditions, and searches work', { timeout: 120_000 }, async () => {
  const { folder, place } = await siteAndDatabase();
  expect(await run(folder, ['copy', '--from', place.file, '--to', place.server])).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+ rows copied and verified\n$/), stderr: expect.stringMatching(/^(?:\d+ % copied\n)*$/) });

  const search = '/search?q=the';
  const there = await openSite(folder, { DATABASE_URL: place.server });
  const { text: found } = await request(there.app).get(search).expect(200);
  await prepare(folder, ['settings', 'set', 'tagline', 'Moved'], { environment: { DATABASE_URL: place.server } });
  await prepare(folder, ['editor', 'add', 'bob@news.example', '--name', 'Bob', '--role', 'editor'], { environment: { DATABASE_URL: place.server } });
  await prepare(folder, ['settings', 'set', 'tagline', ''], { environment: { DATABASE_URL: place.server } });
  await there.context.close();

  const back = await temporaryFolder();
  await prepare(folder, ['copy', '--from', place.server, '--to', `sqlite:${path.join(back, 'broadsheet.db')}`]);
  const [before, after] = [new Map(contentOf(folder) as [string, unknown[]][]), new Map(contentOf(back) as [string, unknown[]][])];
  for (const table of ['static_page', 'theme', 'topic', 'topic_word', 'author', 'author_word', 'author_profile', 'article', 'article_author', 'article_topic', 'old_slug', 'old_name', 'revision', 'search_word', 'picture', 'picture_master', 'picture_use']) expect(after.get(table), table).toEqual(before.get(table));
  expect(after.get('article')?.length).toBeGreaterThan(10);
  expect(after.get('author_profile')).toHaveLength(1);
  expect(after.get('editor')).toHaveLength(2);
  expect(after.get('picture_master')).toHaveLength(3);
  expect([rows(folder, 'select * from rendition').length, rows(back, 'select * from rendition')]).toEqual([1, []]);
  const here = await openSite(back, { DATABASE_URL: '' });
  onTestFinished(() => here.context.close());
  const hits = (html: string) => [...html.matchAll(/href="(\/articles\/[^"]+)"/g)].map(([, href]) => href);
  expect(hits((await request(here.app).get(search).expect(200)).text)).toEqual(hits(found));
  expect(hits(found).length).toBeGreaterThan(3);
});

test('every table of a site is copied, except renditions', async () => {
  const { folder } = await siteAndDatabase();
  const tables = rows(folder, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%' and name not glob 'search_[dic]*' and name not in ('search', 'copy', 'rendition') order by name") as { name: string }[];
  expect(tables.map(({ name }) => name)).toEqual(copiedTables.map(({ name }) => name).toSorted());
});

test('a copy into a non-empty database is refused; a database with an unfinished copy can’t be used until the copy is repeated', { timeout: 120_000 }, async () => {
  const { folder, place } = await siteAndDatabase();
  const other = await temporaryFolder();
  const target = `sqlite:${path.join(other, 'broadsheet.db')}`;
  await prepare(other, ['settings', 'set', 'name', 'Another']);
  expect(await run(folder, ['copy', '--from', place.file, '--to', target])).toMatchObject({ code: 1, stderr: 'The --to database already contains a site. Nothing was changed. Use an empty database.\n' });
  expect(rows(other, 'select * from setting')).toEqual([{ name: 'name', value: '"Another"' }]);

  // The row that an interrupted copy leaves.
  const part = new SqliteFile(path.join(other, 'broadsheet.db'));
  part.exec('insert into copy values (1, 1)');
  part.close();
  expect((await run(other, ['settings'])).stderr).toBe('The database contains only part of a site, because a copy into it did not finish. Run the copy again.\n');
  await prepare(folder, ['copy', '--from', place.file, '--to', target]);
  expect(contentOf(other)).toEqual(contentOf(folder));
  expect((await run(other, ['settings', 'get', 'name'])).code).toBe(0);
});

test('a copy that was killed can be repeated and completes', { timeout: 120_000 }, async () => {
  const { folder, place } = await siteAndDatabase();
  const server = { environment: { DATABASE_URL: place.server } };
  for (let count = 0; count < shortOrLong(1, 2); count += 1) {
    const child = start(folder, ['copy', '--from', place.file, '--to', place.server]);
    const client = await connect(place.server);
    await vi.waitFor(async () => expect((await client.query('select from copy, theme limit 1')).rowCount).toBe(1), { timeout: 30_000, interval: 1 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await run(folder, ['settings'], server)).stderr).toBe('The database contains only part of a site, because a copy into it did not finish. Run the copy again.\n');
  }
  await prepare(folder, ['copy', '--from', place.file, '--to', place.server]);
  expect((await run(folder, ['settings', 'get', 'name'], server)).code).toBe(0);
});

test('writes to the source wait until it has been read, and earlier writes are copied', { timeout: 60_000 }, async () => {
  const { folder, place } = await siteAndDatabase();
  await prepare(folder, ['copy', '--from', place.file, '--to', place.server]);
  const options = { poolSize: 2, timeout: 10_000 };
  const [from, other, to] = [await openPostgres({ url: place.server, ...options }), await openPostgres({ url: place.server, ...options }), await openPostgres({ url: await emptyDatabase(), ...options })];
  onTestFinished(async () => {
    for (const db of [from, other, to]) await db.close();
  });
  await migrate(to);
  let writing: Promise<unknown> | undefined;
  const result = await copyDatabase(from, to, 1, () => {
    writing ??= countAttempt(other, { email: 'late@news.example', address: '::1' }, 1);
  });
  expect(result).toEqual({ rows: expect.any(Number) });
  await writing;
  const failures = async (db: Database) => (await db.reader.selectFrom('sign_in_failure').select('subject').execute()).length;
  expect([await failures(other), await failures(to)]).toEqual([3, 0]);
});

test('a picture that differs after the copy is found', async () => {
  const { folder } = await siteAndDatabase();
  const other = path.join(await temporaryFolder(), 'broadsheet.db');
  const [from, to] = [openSqlite(path.join(folder, 'broadsheet.db')), openSqlite(other)];
  onTestFinished(async () => {
    for (const db of [from, to]) await db.close();
  });
  await migrate(to);
  let isChanged = false;
  const changeLater = (share: number) => {
    if (isChanged || share <= 0.5) return;
    isChanged = true;
    const file = new SqliteFile(other);
    file.exec("update picture_master set data = x'00' where picture_id = 4");
    file.close();
  };
  expect(await copyDatabase(from, to, 1, changeLater)).toEqual({ refused: 'different', table: 'picture_master' });
});

test('of two copies into one database the later completes, and the other reports why it stopped', { timeout: 120_000 }, async () => {
  const { folder, place } = await siteAndDatabase();
  const args = ['copy', '--from', place.file, '--to', place.server];
  const both = await Promise.all([runInOwnProcess(folder, args), runInOwnProcess(folder, args)]);
  const winner = both.find(({ code }) => code === 0);
  const loser = both.find(({ code }) => code !== 0);
  expect(winner?.stdout).toMatch(/^\d+ rows copied and verified\n$/);
  // The second message appears if the other copy had already completed.
  expect(loser?.stderr).toMatch(/^(?:\d+ % copied\n)*(?:Another copy into the --to database was started, so this one stopped|The --to database already contains a site\. Nothing was changed\. Use an empty database)\.\n$/);
});

test('an empty database or one with an unfinished copy can’t be the source', async () => {
  const { folder, place } = await siteAndDatabase();
  const other = await temporaryFolder();
  const target = `sqlite:${path.join(other, 'broadsheet.db')}`;
  expect(await run(folder, ['copy', '--from', place.server, '--to', target])).toEqual({ code: 1, stdout: '', stderr: 'The --from database contains no site. Nothing was changed.\n' });
  const part = await emptyDatabase();
  await prepare(folder, ['copy', '--from', place.file, '--to', part]);
  await (await connect(part)).query('insert into copy values (1, 1)');
  expect(await run(folder, ['copy', '--from', part, '--to', target])).toEqual({ code: 1, stdout: '', stderr: 'The --from database contains only part of a site, because a copy into it did not finish. Run that copy again, or use another database.\n' });
});

test('a copy whose database goes away ends with a one-line message, and completes when repeated', { timeout: 120_000 }, async () => {
  const { folder, place } = await siteAndDatabase();
  const postgres = await startPostgres();
  const target = `${postgres.url}/postgres`;
  const copying = run(folder, ['copy', '--from', place.file, '--to', target]);
  const client = await connect(target);
  await vi.waitFor(async () => expect((await client.query('select from copy')).rowCount).toBe(1), { timeout: 30_000, interval: 1 });
  await postgres.stop('fast');
  expect(await copying).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^(?:\d+ % copied\n)*The copy failed \([^\n]+\)\. Fix the cause and run the copy again; it will start from the beginning\.\n$/) });
  await postgres.start();
  await prepare(folder, ['copy', '--from', place.file, '--to', target]);
});

test.each([
  [[], /^Usage: npx broadsheet copy/],
  [['--from', 'sqlite:nowhere.db', '--to', 'postgres://h/d'], /^--from=sqlite:\S+nowhere\.db does not exist\./],
  [['--from', 'mysql://h:secret@h/d', '--to', 'postgres://h/d'], /^--from is not valid\. Expected sqlite:FILE or a PostgreSQL(?!.*secret)/],
  [['--from', 'sqlite:', '--to', 'postgres://h/d'], /^--from is not valid/],
  [['--from', 'postgres://h:se%cret@h/d', '--to', 'sqlite:x'], /^--from is not valid(?!.*cret)/],
  [['--from', 'postgres://h@127.0.0.1:1/d', '--to', 'sqlite:x'], /^The database of --from can't be used \(.*ECONNREFUSED.*\): start PostgreSQL, or check the host and the port\.$/],
  [['--from', `sqlite:${projectFolder}package.json`, '--to', 'sqlite:x'], /^\S+package\.json can't be opened \(file is not a database\)\. Restore a backup there, or use another --from\.$/],
  [['--form', 'sqlite:x'], /^Unknown option '--form'.*\. Run “npx broadsheet help” for usage\.$/],
])('an impossible copy gives a one-line message: %j', async (args, line) => {
  const { code, stderr } = await run(await temporaryFolder(), ['copy', ...args]);
  expect([code, stderr.trim()]).toEqual([1, expect.stringMatching(line)]);
});
