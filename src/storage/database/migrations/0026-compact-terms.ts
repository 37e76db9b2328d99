import type { Kysely } from 'kysely';

/** SQLite knows no type `bytea`, and stores blobs in such a column unchanged. */
const bytes = 'bytea';
const rowsAtOnce = 500;
const termsPerBlock = 256;
const articlesTerm = -1;
const versionTerm = -2;
const rarityBits = 7;

interface SignatureRow {
  article_id: number;
  terms: Uint8Array;
  sketch: Uint8Array;
  related: Uint8Array;
}

interface TablesOfThatTime {
  old_signature: SignatureRow;
  signature: SignatureRow;
  old_term_count: { term: number; articles: number };
  term_count: { block: number; counts: Uint8Array };
  signature_state: { id: number; version: number; articles: number };
}

/** Signatures and the counts of terms take less room, above all in PostgreSQL. */
export async function up(db: Kysely<TablesOfThatTime>): Promise<void> {
  await db.schema.alterTable('signature').renameTo('old_signature').execute();
  await db.schema
    .createTable('signature')
    .addColumn('article_id', 'integer', (c) => c.primaryKey().references('article.id').onDelete('cascade'))
    .addColumn('terms', bytes, (c) => c.notNull())
    .addColumn('sketch', bytes, (c) => c.notNull())
    .addColumn('related', bytes, (c) => c.notNull())
    .execute();
  await copySignatures(db);
  await db.schema.dropTable('old_signature').execute();
  await db.schema.alterTable('term_count').renameTo('old_term_count').execute();
  await db.schema.createTable('term_count').addColumn('block', 'integer', (c) => c.primaryKey()).addColumn('counts', bytes, (c) => c.notNull()).execute();
  await db.schema
    .createTable('signature_state')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('articles', 'integer', (c) => c.notNull())
    .execute();
  await copyCounts(db);
  await db.schema.dropTable('old_term_count').execute();
}

async function copySignatures(db: Kysely<TablesOfThatTime>): Promise<void> {
  for (let after = -1; ; ) {
    const rows = await db.selectFrom('old_signature').select(['article_id', 'terms', 'sketch', 'related']).where('article_id', '>', after).orderBy('article_id').limit(rowsAtOnce).execute();
    if (rows.length === 0) return;
    await db.insertInto('signature').values(rows.map((row) => ({ ...row, terms: encodeTerms(row.terms) }))).execute();
    after = rows.at(-1)?.article_id ?? after;
  }
}

async function copyCounts(db: Kysely<TablesOfThatTime>): Promise<void> {
  const totals = await db.selectFrom('old_term_count').select(['term', 'articles']).where('term', '<', 0).execute();
  const totalOf = (term: number) => totals.find((row) => row.term === term)?.articles;
  const version = totalOf(versionTerm);
  if (version !== undefined) await db.insertInto('signature_state').values({ id: 1, version, articles: totalOf(articlesTerm) ?? 0 }).execute();
  const rows = await db.selectFrom('old_term_count').select(['term', 'articles']).where('term', '>=', 0).where('articles', '>', 0).orderBy('term').execute();
  const blocks = [...Map.groupBy(rows, ({ term }) => Math.floor(term / termsPerBlock))].map(([block, counts]) => ({ block, counts: encodeCounts(block, counts) }));
  for (let at = 0; at < blocks.length; at += rowsAtOnce) await db.insertInto('term_count').values(blocks.slice(at, at + rowsAtOnce)).execute();
}

// Copies of the program's functions of that time, because a migration's result must not change with the program.

function encodeTerms(entries: Uint8Array): Uint8Array {
  const numbers = new Uint32Array(new Uint8Array(entries).buffer).map((entry) => entry >>> rarityBits).toSorted();
  return encodeVarints(Array.from(numbers, (number, at) => number - (numbers[at - 1] ?? 0)));
}

function encodeCounts(block: number, counts: { term: number; articles: number }[]): Uint8Array {
  return encodeVarints(counts.flatMap(({ term, articles }, at) => [term - (counts[at - 1]?.term ?? block * termsPerBlock), articles]));
}

function encodeVarints(numbers: number[]): Uint8Array {
  return Uint8Array.from(numbers.flatMap(encodeVarint));
}

function encodeVarint(number: number): number[] {
  return number < 128 ? [number] : [(number & 127) | 128, ...encodeVarint(number >>> 7)];
}
