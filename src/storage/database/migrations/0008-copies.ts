import type { Kysely } from 'kysely';

/** A row marks an unfinished copy into this database. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable('copy').addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('begun_at', 'bigint', (c) => c.notNull()).execute();
}
