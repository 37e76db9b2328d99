import type { Kysely } from 'kysely';

/** With the window, saving in one browser window leaves another window's unsaved text alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('revision').addColumn('window_id', 'text').execute();
}
