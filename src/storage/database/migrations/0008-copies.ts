import type { Kysely } from 'kysely';

/** Whether a copy into this database is under way: what is in it is not whole then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable('copy').addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('begun_at', 'bigint', (c) => c.notNull()).execute();
}
