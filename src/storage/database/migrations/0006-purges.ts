import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('purge')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('change_id', 'integer', (c) => c.notNull())
    .addColumn('claimed_until', 'integer', (c) => c.notNull())
    .execute();
}
