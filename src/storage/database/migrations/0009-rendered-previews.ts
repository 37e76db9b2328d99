import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('preview').addColumn('body_html', 'text').execute();
  await db.schema.alterTable('preview').addColumn('word_count', 'integer').execute();
  await db.schema.alterTable('revision').addColumn('body_notes', 'text').execute();
}
