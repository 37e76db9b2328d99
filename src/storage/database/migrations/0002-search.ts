import { sql, type Kysely } from 'kysely';

/**
 * The full text index. It stores no text; words come to it folded and parted, so its tokenizer only splits at spaces.
 * Beside it every word that was ever indexed, to complete unfinished ones.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table search using fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii')`.execute(db);
  await db.schema.createTable('search_word').addColumn('word', 'text', (c) => c.primaryKey().notNull()).modifyEnd(sql`without rowid`).execute();
}
