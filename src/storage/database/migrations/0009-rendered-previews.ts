import type { Kysely } from 'kysely';

/** Previews keep the HTML that was rendered when they were made; revisions keep what their editor is told about their markup. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('preview').addColumn('body_html', 'text').execute();
  await db.schema.alterTable('preview').addColumn('word_count', 'integer').execute();
  await db.schema.alterTable('revision').addColumn('body_notes', 'text').execute();
}
