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
  if (kind === 'theme') return;
  await transaction.deleteFrom(wordTables[kind]).where('name_id', '=', id).execute();
  await transaction.insertInto(wordTables[kind]).values(wordsOf(name).map((word) => ({ word, name_id: id }))).execute();
}

/** “O’Brien” is found as “brien” and as “obrien”. */
function wordsOf(name: string): string[] {
  return [...new Set([...foldedWords(name), ...name.split(/\s+/).map((part) => fold(nameKey(part)))])];
}

const batchSize = 500;

/** Stores the words of names that are older than migration 19. */
export async function storeMissingWords(db: Database): Promise<void> {
  for (const kind of kinds) while (await storeBatch(db, kind));
}

async function storeBatch(db: Database, kind: WordKind): Promise<boolean> {
  return (await listWithoutWords(db.reader, kind)).length > 0 && inTransaction(db, async (transaction) => {
    const names = await listWithoutWords(transaction, kind);
    for (const { id, name } of names) await setNameWords(transaction, kind, id, name);
    return names.length > 0;
  });
}

async function listWithoutWords(db: Handle, kind: WordKind): Promise<{ id: number; name: string }[]> {
  const isMissing = sql<SqlBool>`not exists (select 1 from ${sql.table(wordTables[kind])} where name_id = ${sql.ref(`${kind}.id`)})`;
  return db.selectFrom(kind).select(['id', 'name']).where(isMissing).limit(batchSize).execute();
}

/** Whether a word of the name with the id in a column begins with `word`, which is folded. */
export function hasWord(kind: WordKind, idColumn: string, word: string) {
  return sql<SqlBool>`exists (select 1 from ${sql.table(wordTables[kind])} as other where other.name_id = ${sql.ref(idColumn)} and ${beginsWith('other.word', word)})`;
}

export function beginsWith(column: string, word: string) {
  return sql<SqlBool>`${sql.ref(column)} >= ${word} and ${sql.ref(column)} < ${word + lastCharacter}`;
}

const lastCharacter = '\u{10ffff}';
