import type { Kysely } from 'kysely';

/** A revision knows the window that it was typed in: saving in one window leaves what another has not saved yet. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('revision').addColumn('window_id', 'text').execute();
}
