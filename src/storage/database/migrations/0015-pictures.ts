import type { Kysely } from 'kysely';

/** SQLite knows no type `bytea`, and stores blobs in such a column unchanged. */
const bytes = 'bytea';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('picture')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('width', 'integer', (c) => c.notNull())
    .addColumn('height', 'integer', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('is_transparent', 'integer', (c) => c.notNull())
    .addColumn('colour', 'text', (c) => c.notNull())
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('alt', 'text', (c) => c.notNull())
    .addColumn('is_decoration', 'integer', (c) => c.notNull())
    .addColumn('caption', 'text', (c) => c.notNull())
    .addColumn('credit', 'text', (c) => c.notNull())
    .addColumn('focus_x', 'integer', (c) => c.notNull())
    .addColumn('focus_y', 'integer', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('owner_id', 'integer', (c) => c.references('editor.id'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('picture_master')
    .addColumn('picture_id', 'integer', (c) => c.primaryKey().references('picture.id').onDelete('cascade'))
    .addColumn('data', bytes, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('rendition')
    .addColumn('picture_id', 'integer', (c) => c.notNull().references('picture.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('data', bytes)
    .addColumn('lease_until', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('rendition_key', ['picture_id', 'name'])
    .execute();
  await db.schema
    .createTable('picture_use')
    .addColumn('picture_id', 'integer', (c) => c.notNull().references('picture.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('place_id', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('picture_use_key', ['picture_id', 'kind', 'place_id'])
    .execute();
  await db.schema.createIndex('picture_use_place').on('picture_use').columns(['kind', 'place_id']).execute();
  // Not columns of the article: lists would have to read past its body to reach them.
  await db.schema
    .createTable('lead_picture')
    .addColumn('article_id', 'integer', (c) => c.primaryKey().references('article.id').onDelete('cascade'))
    .addColumn('picture_id', 'integer', (c) => c.notNull().references('picture.id'))
    .addColumn('alt', 'text', (c) => c.notNull())
    .addColumn('caption', 'text', (c) => c.notNull())
    .execute();
  await db.schema.alterTable('audit_log').addColumn('picture_id', 'integer').execute();
}
