import { sql, type Kysely } from 'kysely';

/**
 * The full-text index stores no text. Its tokenizer only splits at spaces, because words arrive folded and split.
 * `search_word` has every indexed word, to complete unfinished ones.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table search using fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii')`.execute(db);
  await db.schema.createTable('search_word').addColumn('word', 'text', (c) => c.primaryKey().notNull()).modifyEnd(sql`without rowid`).execute();
}
