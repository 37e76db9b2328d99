import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('purge').addColumn('version', 'text', (c) => c.notNull().defaultTo('')).execute();
}
