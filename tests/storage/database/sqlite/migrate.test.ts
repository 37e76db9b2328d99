import { readdir } from 'node:fs/promises';
import path from 'node:path';
import SqliteFile from 'better-sqlite3';
import { Migrator, type Migration } from 'kysely/migration';
import { expect, onTestFinished, test } from 'vitest';
import { decodeTerms } from '../../../../src/content/related/signature.ts';
import type { Database } from '../../../../src/storage/database/database.ts';
import { migrate, NewerDatabaseError } from '../../../../src/storage/database/migrate.ts';
import * as first from '../../../../src/storage/database/migrations/0001-articles.ts';
import { openSqlite } from '../../../../src/storage/database/sqlite.ts';
import { listCounts } from '../../../../src/storage/related/term-counts.ts';
import { documentFrequencies } from '../../../support/matching.ts';
import { databaseBytes, prepare, rows, runInOwnProcess } from '../../../support/program.ts';
import { temporaryFolder } from '../../../support/test-site.ts';

test('a new file gets the whole schema, and a second migration changes nothing', async () => {
  const { folder, db } = await newDatabase();
  await migrate(db);
  const schema = rows(folder, 'select sql from sqlite_master');
  const applied = rows(folder, 'select name, timestamp from kysely_migration');
  await migrate(db);
  expect(rows(folder, 'select sql from sqlite_master')).toEqual(schema);
  expect(rows(folder, 'select name, timestamp from kysely_migration')).toEqual(applied);
  expect(rows(folder, 'pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
});

const migrationsFolder = path.resolve(import.meta.dirname, '../../../../src/storage/database/migrations');

/** Runs the migrations with a lower number. */
async function migrateBefore({ writer }: Database, number: string): Promise<void> {
  const names = (await readdir(migrationsFolder)).filter((name) => /^\d{4}-.*\.ts$/.test(name) && name < number).map((name) => name.slice(0, -'.ts'.length));
  const earlier = Object.fromEntries(await Promise.all(names.map(async (name): Promise<[string, Migration]> => [name, await import(`${migrationsFolder}/${name}.ts`)])));
  expect((await new Migrator({ db: writer, provider: { getMigrations: async () => earlier } }).migrateToLatest()).error).toBeUndefined();
}

test('the oldest schema is migrated with its data', async () => {
  const { folder, db } = await newDatabase();
  const oldest = new Migrator({ db: db.writer, provider: { getMigrations: async () => ({ '0001-articles': first }) } });
  expect((await oldest.migrateToLatest()).error).toBeUndefined();
  const file = new SqliteFile(path.join(folder, 'broadsheet.db'));
  file.exec(`
    insert into theme (id, slug, name, name_key) values (1, 'world', 'World', 'world');
    insert into article (id, uid, slug, title, standfirst, summary, body, body_html, body_text, word_count, markup_version, theme_id, language, published_at, changed_at)
      values (1, 'a', 'river', 'River', '', '', '', '', '', 0, 2, 1, 'en', 1000, 1000);
    insert into static_page (id, path, title, body, body_html, markup_version, changed_at) values (4, 'about', 'About', 'We', '<p>We</p>', 2, 1000);
  `);
  file.close();

  await migrate(db);
  expect(rows(folder, 'select slug, public_at from article')).toEqual([{ slug: 'river', public_at: 1000 }]);
  expect(rows(folder, 'select count(*) as entries from search')).toEqual([{ entries: 0 }]);
  expect(rows(folder, 'select storyline_id, theme_id, public_at, superseded_at from storyline_article')).toEqual([{ storyline_id: null, theme_id: 1, public_at: 1000, superseded_at: null }]);
  expect(rows(folder, 'select static_page.id, position, at, editor_id, page_revision.body from static_page join page_revision on page_id = static_page.id')).toEqual([{ id: 4, position: 4, at: 1000, editor_id: null, body: 'We' }]);
  expect(rows(folder, 'select article_id, public_at, is_counted from unmatched')).toEqual([{ article_id: 1, public_at: 1000, is_counted: 0 }]);
});

test('of the revisions that an older program stored, those that readers have seen or will see become public', async () => {
  const { folder, db } = await newDatabase();
  await migrateBefore(db, '0017');
  const file = new SqliteFile(path.join(folder, 'broadsheet.db'));
  const article = file.prepare("insert into article (id, uid, title, standfirst, summary, body, body_html, body_text, word_count, markup_version, language, changed_at, first_published_at, public_revision_id) values (?, ?, '', '', '', '', '', '', 0, 2, 'en', 0, ?, ?)");
  const revision = file.prepare("insert into revision (id, article_id, at, kind, form) values (?, ?, ?, ?, '{}')");
  const add = (id: number, firstPublishedAt: number | null, publicRevision: number | null, kinds: string[]) => {
    article.run(id, String(id), firstPublishedAt, publicRevision);
    for (const [index, kind] of kinds.entries()) revision.run(10 * id + index, id, 100 + index, kind);
  };
  add(1, 103, 16, ['autosave', 'draft', 'submission', 'publication', 'restoration', 'minor update', 'update', 'conflict']);
  add(2, 50, 22, ['import', 'joined', 'update']);
  add(3, 102, 32, ['import', 'draft', 'publication']);
  add(4, 500, 42, ['schedule', 'draft', 'schedule']);
  add(5, 101, 53, ['schedule', 'schedule', 'autosave', 'update']);
  add(6, 102, 62, ['schedule', 'draft', 'publication']);
  add(7, null, null, ['schedule', 'draft']);
  file.close();

  await migrate(db);
  const publicAt = [[13, 103], [15, 105], [16, 106], [20, 100], [22, 102], [32, 102], [42, 500], [51, 101], [53, 103], [62, 102]];
  expect(rows(folder, 'select id, public_at from revision where public_at is not null order by id')).toEqual(publicAt.map(([id, public_at]) => ({ id, public_at })));
});

test('an upgrade finds the published articles with a picture that has no alternative text', async () => {
  const { folder, db } = await newDatabase();
  await migrateBefore(db, '0023');
  const file = new SqliteFile(path.join(folder, 'broadsheet.db'));
  file.exec("insert into theme (id, slug, name, name_key) values (1, 'world', 'World', 'world')");
  const addPicture = file.prepare("insert into picture (id, hash, width, height, size, is_transparent, colour, file_name, alt, is_decoration, caption, credit, focus_x, focus_y, search_text, created_at) values (?, ?, 1, 1, 1, 0, '', '', ?, ?, '', '', 50, 50, '', 0)");
  for (const [id, alt, isDecoration] of [[1, '', 0], [2, 'A ship', 0], [3, '', 1]]) addPicture.run(id, String(id), alt, isDecoration);
  const addArticle = file.prepare("insert into article (id, uid, slug, title, standfirst, summary, body, body_html, body_text, word_count, markup_version, theme_id, language, published_at, changed_at, edited_at) values (?, ?, ?, '', '', '', '', ?, '', 0, 2, 1, 'en', ?, 1000, 1000)");
  const bodies = ['<img src="picture:1" alt="">', '<img src="picture:1" alt="A harbour"><img src="picture:2" alt=""><img src="picture:3" alt="">', '', ''];
  for (const [index, body] of bodies.entries()) {
    addArticle.run(index + 1, String(index), String(index), body, index === 3 ? null : 1000);
    for (const picture of [1, 2, 3]) file.prepare("insert into picture_use values (?, 'article', ?)").run(picture, index + 1);
  }
  for (const article of [3, 4]) file.prepare("insert into lead_picture values (?, 1, '', '')").run(article);
  file.close();
  await migrate(db);
  expect(rows(folder, 'select id from article where is_undescribed = 1 order by id')).toEqual([{ id: 1 }, { id: 3 }]);
});

test('after an upgrade, names are sorted without regard to accents, and no theme gets the id of a merged one', async () => {
  const { folder, db } = await newDatabase();
  await migrateBefore(db, '0025');
  const file = new SqliteFile(path.join(folder, 'broadsheet.db'));
  for (const table of ['theme', 'topic', 'author']) file.exec(`insert into ${table} (id, slug, name, name_key) values (1, 'oxford', 'Oxford', 'oxford'), (2, 'weisse', 'Weiße', 'weisse'), (3, 'obrien', 'Ø’Brien', 'øbrien'), (4, 'obrien-2', 'Ø"Brien', 'øbrien 4'), (5, 'weiss', 'Weiß', 'weiss')`);
  file.exec('insert into merged_theme values (7, 1)');
  file.close();
  await migrate(db);
  for (const table of ['theme', 'topic', 'author']) expect(rows(folder, `select name, sort_key from ${table} order by sort_key`)).toEqual([['Ø’Brien', 'obrien øbrien'], ['Ø"Brien', 'obrien4 øbrien 4'], ['Oxford', 'oxford oxford'], ['Weiß', 'weiss weiss'], ['Weiße', 'weisse weisse']].map(([name, sort_key]) => ({ name, sort_key })));
  expect(rows(folder, 'select kind, id from retired_id')).toEqual([{ kind: 'theme', id: 7 }]);
});

test('after an upgrade, the signatures have the same terms and the counts are the same, in less room', async () => {
  const { folder, db } = await newDatabase();
  await migrateBefore(db, '0026');
  const file = new SqliteFile(path.join(folder, 'broadsheet.db'));
  const article = file.prepare("insert into article (id, uid, title, standfirst, summary, body, body_html, body_text, word_count, markup_version, language, changed_at) values (?, ?, '', '', '', '', '', '', 0, 2, 'en', 0)");
  const entries = [(900_000 << 12) | (4 << 7) | 33, (5 << 12) | (31 << 7) | 1, (5000 << 12) | (9 << 7) | 127];
  for (let id = 1; id <= 600; id += 1) {
    article.run(id, String(id));
    file.prepare('insert into signature (article_id, related, terms, sketch) values (?, ?, ?, ?)').run(id, Buffer.from('rel'), Buffer.from(Uint32Array.from(entries).buffer), Buffer.from('sk'));
  }
  file.exec('insert into term_count values (-2, 2), (-1, 600), (0, 7), (5, 600), (255, 1), (256, 300), (257, 0), (1048575, 20000)');
  file.close();
  await migrate(db);
  const signatures = await db.reader.selectFrom('signature').selectAll().execute();
  expect(signatures).toHaveLength(600);
  for (const { terms, sketch, related } of signatures) {
    // Without the seven bits for rarity, in ascending order.
    expect(Array.from(decodeTerms(terms))).toEqual([(5 << 12) | (31 << 7), (5000 << 12) | (9 << 7), ((900_000 << 12) | (4 << 7)) >>> 0]);
    expect([String(sketch), String(related)]).toEqual(['sk', 'rel']);
  }
  expect(documentFrequencies(await listCounts(db.reader, undefined, 10))).toEqual([[0, 7], [5, 600], [255, 1], [256, 300], [1_048_575, 20_000]]);
  expect(rows(folder, 'select * from signature_state')).toEqual([{ id: 1, version: 2, articles: 600 }]);
});

test('a database of a newer program is refused and stays unchanged', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings']);
  const file = new SqliteFile(path.join(folder, 'broadsheet.db'));
  file.exec("insert into kysely_migration values ('9999-things-to-come', '2030-01-01T00:00:00Z')");
  file.close();
  const before = await databaseBytes(folder);

  const db = openSqlite(path.join(folder, 'broadsheet.db'));
  await expect(migrate(db)).rejects.toThrow(new NewerDatabaseError('it has migration 9999-things-to-come, which this program does not know'));
  await db.close();
  expect((await databaseBytes(folder)).equals(before)).toBe(true);
});

test('processes that open a new database at the same time all find the whole schema', async () => {
  const folder = await temporaryFolder();
  const ends = await Promise.all(Array.from({ length: 4 }, () => runInOwnProcess(folder, ['settings'])));
  expect(ends.map(({ code, stderr }) => [code, stderr])).toEqual(Array.from({ length: 4 }, () => [0, '']));
  expect(rows(folder, 'select name from kysely_migration order by name')).toEqual(['0001-articles', '0002-search', '0003-editors', '0004-revisions', '0005-renames', '0006-purges', '0007-search-merges', '0008-copies', '0009-rendered-previews', '0010-secrets', '0011-theme-times', '0012-names', '0013-purged-version', '0014-windows', '0015-pictures', '0016-storylines', '0017-corrections', '0018-themes', '0019-authors', '0020-pages', '0022-second-factor', '0023-notes', '0024-presence-of-windows', '0025-kept-names', '0026-compact-terms'].map((name) => ({ name })));
});

async function newDatabase() {
  const folder = await temporaryFolder();
  const db = openSqlite(path.join(folder, 'broadsheet.db'));
  onTestFinished(() => db.close());
  return { folder, db };
}
