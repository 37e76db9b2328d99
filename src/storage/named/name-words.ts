import { sql, type SqlBool } from 'kysely';
import { nameKey } from '../../content/articles/article.ts';
import { fold, foldedWords } from '../../content/search/words.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle, NamedKind, Tables } from '../database/schema.ts';

/** The kinds of names that the newsroom finds by their words. */
export type WordKind = Exclude<NamedKind, 'theme'>;

const kinds: readonly WordKind[] = ['author', 'topic'];
export const wordTables = { author: 'author_word', topic: 'topic_word' } as const satisfies Record<WordKind, keyof Tables>;

/** Replaces the words of a name. The database deletes them together with the name. */
export async function setNameWords(transaction: Handle, kind: NamedKind, id: number, name: string): Promise<void> {
  if (kind !== 'theme') await setWords(transaction, kind, [{ id, name }]);
}

async function setWords(transaction: Handle, kind: WordKind, names: { id: number; name: string }[]): Promise<void> {
  if (names.length === 0) return;
  await transaction.deleteFrom(wordTables[kind]).where('name_id', 'in', names.map(({ id }) => id)).execute();
  const rows = names.flatMap(({ id, name }) => wordsOf(name).map((word) => ({ word, name_id: id })));
  for (let at = 0; at < rows.length; at += maxRows) await transaction.insertInto(wordTables[kind]).values(rows.slice(at, at + maxRows)).execute();
}

/** “O’Brien” is found as “brien” and as “obrien”. */
function wordsOf(name: string): string[] {
  return [...new Set([...foldedWords(name), ...name.split(/\s+/).map((part) => fold(nameKey(part)))])];
}

/** SQLite accepts 32,766 values in a statement. */
const maxRows = 10_000;

const batchSize = 1000;

/** Stores the words of names that are older than migration 19, the newest first: if the oldest name has its words, all names have. */
export async function storeMissingWords(db: Database): Promise<void> {
  for (const kind of kinds) {
    const oldest = await db.reader.selectFrom(kind).select('id').orderBy('id').limit(1).executeTakeFirst();
    if (!oldest || (await hasWords(db, kind, oldest.id))) continue;
    let before: number | undefined = maxId;
    while (before !== undefined) before = await storeBatch(db, kind, before);
  }
}

/** PostgreSQL's largest integer. */
const maxId = 2 ** 31 - 1;

async function hasWords(db: Database, kind: WordKind, id: number): Promise<boolean> {
  return (await db.reader.selectFrom(wordTables[kind]).select('word').where('name_id', '=', id).limit(1).executeTakeFirst()) !== undefined;
}

/** Returns the id before which the next batch begins; undefined after the last one. */
async function storeBatch(db: Database, kind: WordKind, before: number): Promise<number | undefined> {
  return inTransaction(db, async (transaction) => {
    const names = await transaction.selectFrom(kind).select(['id', 'name']).where('id', '<', before).orderBy('id', 'desc').limit(batchSize).execute();
    await setWords(transaction, kind, names);
    return names.at(-1)?.id;
  });
}

/** The condition that the word in a column begins with a folded word. */
export function beginsWith(column: string, word: string) {
  return sql<SqlBool>`${sql.ref(column)} >= ${word} and ${sql.ref(column)} < ${word + lastCharacter}`;
}

const lastCharacter = '\u{10ffff}';
