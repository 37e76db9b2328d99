import type { Kysely } from 'kysely';

/** The version of the program whose pages the caches in front of the site were last emptied for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('purge').addColumn('version', 'text', (c) => c.notNull().defaultTo('')).execute();
}
