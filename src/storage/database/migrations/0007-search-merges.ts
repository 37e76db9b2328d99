import { sql, type Kysely } from 'kysely';

/**
 * The index merges 64 of its pages at a time, within the write that has filled another 64. Smaller pages make that a
 * shorter wait for one in so many publications; wider merges make it up to imports.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`insert into search (search, rank) values ('pgsz', 1000)`.execute(db);
  await sql`insert into search (search, rank) values ('automerge', 8)`.execute(db);
}
