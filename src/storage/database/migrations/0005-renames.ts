import type { Kysely } from 'kysely';

/** Former names of themes, topics and authors, which still find them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('old_name')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('target_id', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('old_name_key', ['kind', 'name_key'])
    .execute();
}
