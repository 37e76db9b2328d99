import { sql, type Kysely } from 'kysely';

/**
 * FTS5 merges 64 pages at a time, within the write that fills another 64. Smaller pages shorten that write; wider merges
 * make up for the cost to imports.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`insert into search (search, rank) values ('pgsz', 1000)`.execute(db);
  await sql`insert into search (search, rank) values ('automerge', 8)`.execute(db);
}
