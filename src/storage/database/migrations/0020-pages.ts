import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('static_page').addColumn('position', 'integer', (c) => c.notNull().defaultTo(0)).execute();
  await sql`update static_page set position = id`.execute(db);
  await db.schema
    .createTable('page_revision')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('page_id', 'integer', (c) => c.notNull().references('static_page.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('editor_id', 'integer', (c) => c.references('editor.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('body_notes', 'text')
    .execute();
  await db.schema.createIndex('page_revision_by_page').on('page_revision').columns(['page_id', 'id']).execute();
  await sql`insert into page_revision (id, page_id, at, kind, path, title, body) select id, id, changed_at, 'saved', path, title, body from static_page`.execute(db);
  await db.schema
    .createTable('old_page_path')
    .addColumn('path', 'text', (c) => c.primaryKey())
    .addColumn('page_id', 'integer', (c) => c.notNull().references('static_page.id').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('old_page_path_by_page').on('old_page_path').column('page_id').execute();
  await db.schema
    .createTable('page_preview')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('body_html', 'text', (c) => c.notNull())
    .execute();
}
