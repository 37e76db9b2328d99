import { createHash, randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { searchedWords } from '../../content/search/searched-words.ts';
import type { SearchEntry } from '../search/search-index.ts';
import { optimizeSearch } from '../search/search.ts';
import { inTransaction, type Database } from './database.ts';
import type { Handle } from './schema.ts';

interface CopiedTable {
  name: string;
  key: string[];
  generated?: string;
  /** A column with values of several megabytes. Such rows are copied one by one. */
  blob?: string;
}

/** Every table of a site, each after the tables it refers to. The search index and the renditions of pictures are not copied but made again. */
export const copiedTables: CopiedTable[] = [
  { name: 'setting', key: ['name'] },
  { name: 'static_page', key: ['id'] },
  { name: 'site_feed', key: ['id'] },
  { name: 'theme', key: ['id'] },
  { name: 'merged_theme', key: ['id'] },
  { name: 'theme_merge', key: ['from_id'] },
  { name: 'retired_id', key: ['kind'] },
  { name: 'topic', key: ['id'] },
  { name: 'author', key: ['id'] },
  { name: 'topic_word', key: ['word', 'name_id'] },
  { name: 'author_word', key: ['word', 'name_id'] },
  { name: 'editor', key: ['id'] },
  { name: 'picture', key: ['id'] },
  { name: 'author_profile', key: ['author_id'] },
  { name: 'picture_master', key: ['picture_id'], blob: 'data' },
  { name: 'article', key: ['id'], generated: 'public_at' },
  { name: 'article_author', key: ['article_id', 'author_id'] },
  { name: 'article_topic', key: ['article_id', 'topic_id'] },
  { name: 'lead_picture', key: ['article_id'] },
  { name: 'article_note', key: ['id'] },
  { name: 'storyline', key: ['id'] },
  { name: 'storyline_article', key: ['article_id'] },
  { name: 'signature', key: ['article_id'] },
  { name: 'unmatched', key: ['article_id'] },
  { name: 'signature_state', key: ['id'] },
  { name: 'term_count', key: ['block'] },
  { name: 'related_choice', key: ['article_id', 'other_id'] },
  { name: 'picture_use', key: ['picture_id', 'kind', 'place_id'] },
  { name: 'old_slug', key: ['kind', 'slug'] },
  { name: 'old_name', key: ['kind', 'name_key'] },
  { name: 'session', key: ['id'] },
  { name: 'page_revision', key: ['id'] },
  { name: 'old_page_path', key: ['path'] },
  { name: 'page_preview', key: ['token_hash'] },
  { name: 'set_up_link', key: ['token_hash'] },
  { name: 'sign_in_failure', key: ['subject'] },
  { name: 'totp', key: ['editor_id'] },
  { name: 'recovery_code', key: ['editor_id', 'code_hash'] },
  { name: 'passkey', key: ['credential_id'] },
  { name: 'challenge', key: ['token_hash'] },
  { name: 'revision', key: ['id'] },
  { name: 'correction', key: ['id'] },
  { name: 'presence', key: ['article_id', 'editor_id', 'window_id'] },
  { name: 'preview', key: ['token_hash'] },
  { name: 'secret', key: ['name'] },
  { name: 'audit_log', key: ['id'] },
  { name: 'change', key: ['id'] },
  { name: 'purge', key: ['id'] },
  { name: 'search_word', key: ['word'] },
];

const batchSize = 200;
/** For the progress: copying and verifying an average row takes about as long as this many bytes of a picture. */
const bytesPerRow = 20_000;

type Row = Record<string, unknown>;

type AnyTables = Record<string, Row>;

export type CopyResult = { rows: number } | { refused: 'empty' | 'unfinished' | 'not empty' | 'overtaken' } | { refused: 'different'; table: string };

const maxCopyId = 2 ** 31 - 1;

/**
 * Copies a whole site into an empty database of either system, and verifies a hash of each table. Blocks writes to the
 * source while its rows are read. Replaces an interrupted copy, and a copy that is still running stops with `overtaken`.
 * `progress` gets the completed share, 0 to 1.
 */
export async function copyDatabase(from: Database, to: Database, now: number, progress: (share: number) => void): Promise<CopyResult> {
  if (await isCopying(from)) return { refused: 'unfinished' };
  if (await isEmpty(from.reader)) return { refused: 'empty' };
  const copy = await beginCopy(to, now);
  if (copy === undefined) return { refused: 'not empty' };
  try {
    return await copyRows(from, to, copy, progress);
  } catch (error) {
    if (error instanceof OvertakenError) return { refused: 'overtaken' };
    throw error;
  }
}

class OvertakenError extends Error {}

async function copyRows(from: Database, to: Database, copy: number, progress: (share: number) => void): Promise<CopyResult> {
  let all = 0;
  let done = 0;
  let work = 0;
  const reportProgress = (part: number) => progress(Math.min(1, (done += part) / (2 * work || 1)));
  // A write transaction excludes other writers, so the rows read in it are a consistent snapshot.
  const hashes = await inTransaction(from, async (source) => {
    for (const table of copiedTables) {
      const rows = await countRows(source, table);
      all += rows;
      work += rows + (await countBytes(source, table)) / bytesPerRow;
    }
    return sendRows(source, to, copy, reportProgress);
  });
  await inCopyTransaction(to, copy, async () => {});
  await optimizeSearch(to);
  for (const table of copiedTables) {
    const hash = createHash('sha256');
    for await (const rows of rowsOf(to.reader, table)) {
      for (const row of rows) hash.update(hashedLine(row));
      reportProgress(workOf(rows, table));
    }
    if (hash.digest('hex') !== hashes.get(table.name)) return { refused: 'different', table: table.name };
  }
  await inCopyTransaction(to, copy, async (transaction) => {
    await to.resetIdSequences(transaction, copiedTables.filter(({ key }) => key[0] === 'id').map(({ name }) => name));
    await transaction.deleteFrom('copy').execute();
  });
  return { rows: all };
}

async function sendRows(source: Handle, to: Database, copy: number, reportProgress: (part: number) => void): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const table of copiedTables) {
    const hash = createHash('sha256');
    let written: Promise<void> | undefined;
    for await (const rows of rowsOf(source, table)) {
      for (const row of rows) hash.update(hashedLine(row));
      const entries = table.name === 'article' ? rows.flatMap(searchEntry) : [];
      await written;
      written = write(to, copy, table, rows, entries).then(() => reportProgress(workOf(rows, table)));
      // Prevents an unhandled rejection if the write fails before the next `await written`.
      written.catch(() => {});
    }
    await written;
    hashes.set(table.name, hash.digest('hex'));
  }
  return hashes;
}

async function inCopyTransaction(to: Database, copy: number, fn: (transaction: Handle) => Promise<void>): Promise<void> {
  await inTransaction(to, async (transaction) => {
    const own = await transaction.selectFrom('copy').select('id').where('id', '=', copy).executeTakeFirst();
    if (!own) throw new OvertakenError('Another copy into this database has begun');
    await fn(transaction);
  });
}

async function write(to: Database, copy: number, table: CopiedTable, rows: Row[], entries: SearchEntry[]): Promise<void> {
  await inCopyTransaction(to, copy, async (transaction) => {
    await anyTable(transaction).insertInto(table.name).values(rows.map((row) => insertable(row, table))).execute();
    await to.search.add(transaction, entries);
  });
}

export async function isCopying(db: Database): Promise<boolean> {
  return hasCopy(db.reader);
}

async function hasCopy(db: Handle): Promise<boolean> {
  return (await db.selectFrom('copy').select('id').limit(1).executeTakeFirst()) !== undefined;
}

async function isEmpty(db: Handle): Promise<boolean> {
  for (const { name } of copiedTables) {
    if (await anyTable(db).selectFrom(name).select(sql`1`.as('one')).limit(1).executeTakeFirst()) return false;
  }
  return true;
}

/** Returns undefined if the database has a site. The check is part of the transaction, because another copy may complete at any time. */
async function beginCopy(to: Database, now: number): Promise<number | undefined> {
  const copy = randomInt(1, maxCopyId);
  return inTransaction(to, async (transaction) => {
    if (!(await hasCopy(transaction)) && !(await isEmpty(transaction))) return undefined;
    for (const { name } of copiedTables.toReversed()) await anyTable(transaction).deleteFrom(name).execute();
    await to.search.clear(transaction);
    await transaction.deleteFrom('copy').execute();
    await transaction.insertInto('copy').values({ id: copy, begun_at: now }).execute();
    return copy;
  });
}

async function countRows(db: Handle, { name }: CopiedTable): Promise<number> {
  const { count } = await anyTable(db).selectFrom(name).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return count;
}

/** Neither database reads the values for this. */
async function countBytes(db: Handle, { name, blob }: CopiedTable): Promise<number> {
  if (blob === undefined) return 0;
  const { bytes } = await anyTable(db).selectFrom(name).select(sql<number>`coalesce(sum(length(${sql.ref(blob)})), 0)`.as('bytes')).executeTakeFirstOrThrow();
  return bytes;
}

/** In average rows. */
function workOf(rows: Row[], { blob }: CopiedTable): number {
  const values = blob === undefined ? [] : rows.map((row) => row[blob]);
  return values.reduce<number>((sum, value) => sum + (value instanceof Uint8Array ? value.length / bytesPerRow : 0), rows.length);
}

async function* rowsOf(db: Handle, { name, key, blob }: CopiedTable): AsyncGenerator<Row[]> {
  const limit = blob === undefined ? batchSize : 1;
  const columns = sql.join(key.map((column) => sql.ref(column)));
  let last: Row | undefined;
  do {
    let query = anyTable(db).selectFrom(name).selectAll();
    const after = last;
    if (after) query = query.where(sql<boolean>`(${columns}) > (${sql.join(key.map((column) => after[column]))})`);
    for (const column of key) query = query.orderBy(column);
    const rows = await query.limit(limit).execute();
    if (rows.length > 0) yield rows;
    last = rows.length === limit ? rows.at(-1) : undefined;
  } while (last);
}

function anyTable(db: Handle) {
  return db.withTables<AnyTables>();
}

function insertable(row: Row, { generated }: CopiedTable): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => column !== generated));
}

function hashedLine(row: Row): string {
  const values = Object.entries(row).map(([column, value]): [string, unknown] => [column, value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value]);
  return `${JSON.stringify(values.toSorted(([one], [other]) => (one < other ? -1 : 1)))}\n`;
}

/** Articles that were never saved are not in the index. `unseen` is empty because the table `search_word` is copied. */
function searchEntry(row: Row): SearchEntry[] {
  if (row['markup_version'] === 0) return [];
  const text = (column: string) => String(row[column]);
  const numberOf = (column: string) => (row[column] === null ? null : Number(row[column]));
  const words = searchedWords({ title: text('title'), standfirst: text('standfirst'), summary: text('summary') }, text('body_text'));
  return [{ id: Number(row['id']), publishedAt: numberOf('public_at'), themeId: numberOf('theme_id'), ...words, unseen: [] }];
}
