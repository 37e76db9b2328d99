import type { Kysely } from 'kysely';

/** The key that signs device cookies, and the token of the link to the first account. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable('secret').addColumn('name', 'text', (c) => c.primaryKey().notNull()).addColumn('value', 'text', (c) => c.notNull()).execute();
}
