import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { expect, onTestFinished, test } from 'vitest';
import { decodeTerms } from '../../src/content/related/signature.ts';
import { migrate } from '../../src/storage/database/migrate.ts';
import * as whole from '../../src/storage/database/migrations/postgres/0007-whole.ts';
import { openPostgres } from '../../src/storage/database/postgres.ts';
import { listCounts } from '../../src/storage/related/term-counts.ts';
import { documentFrequencies } from '../support/matching.ts';
import { emptyDatabase } from '../support/postgres.ts';

const folder = path.resolve(import.meta.dirname, '../../src/storage/database/migrations');

/** Opens a database that has the migrations with a lower number. */
async function databaseBefore(number: string) {
  const db = await openPostgres({ url: await emptyDatabase(), poolSize: 1, timeout: 10_000 });
  onTestFinished(() => db.close());
  const names = (await readdir(folder)).filter((name) => name >= '0008' && name < number && name.endsWith('.ts')).map((name) => path.basename(name, '.ts'));
  const shared = await Promise.all(names.map(async (name): Promise<[string, Migration]> => [name, await import(`${folder}/${name}.ts`)]));
  const earlier = { '0007-whole': whole, ...Object.fromEntries(shared) };
  expect((await new Migrator({ db: db.writer, provider: { getMigrations: async () => earlier } }).migrateToLatest()).error).toBeUndefined();
  return db;
}

test('after an upgrade, the signatures have the same terms and the counts are the same', async () => {
  const db = await databaseBefore('0026');
  const row = { uid: 'a', title: '', standfirst: '', summary: '', body: '', body_html: '', body_text: '', word_count: 0, markup_version: 2, language: 'en', changed_at: 0, edited_at: 0 };
  await db.writer.insertInto('article').values({ id: 1, ...row }).execute();
  const entries = Uint32Array.from([(900_000 << 12) | (4 << 7) | 33, (5 << 12) | (31 << 7) | 1]);
  await db.writer.insertInto('signature').values({ article_id: 1, terms: Buffer.from(entries.buffer), sketch: Buffer.from('sk'), related: Buffer.from('rel') }).execute();
  await sql`insert into term_count (term, articles) values (-2, 2), (-1, 600), (5, 300), (300, 1)`.execute(db.writer);
  await migrate(db);
  const [signature] = await db.reader.selectFrom('signature').selectAll().execute();
  expect(Array.from(decodeTerms(signature?.terms ?? new Uint8Array()))).toEqual([(5 << 12) | (31 << 7), ((900_000 << 12) | (4 << 7)) >>> 0]);
  expect([String(signature?.sketch), String(signature?.related)]).toEqual(['sk', 'rel']);
  expect(documentFrequencies(await listCounts(db.reader, undefined, 10))).toEqual([[5, 300], [300, 1]]);
  expect(await db.reader.selectFrom('signature_state').selectAll().execute()).toEqual([{ id: 1, version: 2, articles: 600 }]);
});

test('after an upgrade of a site that has no signatures yet, their state is unknown, so that the program makes them', async () => {
  const db = await databaseBefore('0026');
  await migrate(db);
  expect(await db.reader.selectFrom('signature_state').selectAll().execute()).toEqual([]);
});
