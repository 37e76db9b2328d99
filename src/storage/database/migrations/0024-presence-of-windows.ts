import type { Kysely } from 'kysely';

/** An editor may have an article open in several windows. Who has which article open is forgotten after minutes, so the upgrade keeps nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('presence').execute();
  await db.schema
    .createTable('presence')
    .addColumn('article_id', 'integer', (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('editor_id', 'integer', (c) => c.notNull().references('editor.id'))
    .addColumn('window_id', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    .addColumn('open_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('presence_window', ['article_id', 'editor_id', 'window_id'])
    .execute();
}
