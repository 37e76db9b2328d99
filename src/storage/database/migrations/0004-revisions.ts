import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('revision')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('article_id', 'integer', (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('editor_id', 'integer', (c) => c.references('editor.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('base_id', 'integer')
    .addColumn('settled_at', 'integer')
    .addColumn('form', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('revision_by_article').on('revision').columns(['article_id', 'id']).execute();
  await sql`create index revision_autosave on revision (at) where kind = 'autosave'`.execute(db);

  await db.schema.alterTable('article').addColumn('owner_id', 'integer', (c) => c.references('editor.id')).execute();
  await db.schema.alterTable('article').addColumn('submitted_at', 'integer').execute();
  await db.schema.alterTable('article').addColumn('head_revision_id', 'integer').execute();
  await db.schema.alterTable('article').addColumn('public_revision_id', 'integer').execute();
  await db.schema.alterTable('article').addColumn('edited_at', 'integer', (c) => c.notNull().defaultTo(0)).execute();
  await sql`update article set edited_at = coalesce(updated_at, published_at, changed_at)`.execute(db);
  await db.schema.createIndex('article_by_edit').on('article').columns(['edited_at', 'id']).execute();
  await sql`create index article_draft on article (edited_at, id) where published_at is null`.execute(db);
  await sql`create index article_withdrawn on article (edited_at, id) where withdrawn_at is not null`.execute(db);

  await db.schema
    .createTable('presence')
    .addColumn('article_id', 'integer', (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('editor_id', 'integer', (c) => c.notNull().references('editor.id'))
    .addColumn('seen_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('presence_key', ['article_id', 'editor_id'])
    .execute();

  await db.schema
    .createTable('preview')
    .addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('revision_id', 'integer', (c) => c.notNull().references('revision.id').onDelete('cascade'))
    .addColumn('expires_at', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('preview_by_revision').on('preview').columns(['revision_id']).execute();
}
