import type { Kysely } from 'kysely';

/** How far the caches in front of the site have been told of changes: one row, and who is at it until when. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('purge')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('change_id', 'integer', (c) => c.notNull())
    .addColumn('claimed_until', 'integer', (c) => c.notNull())
    .execute();
}
