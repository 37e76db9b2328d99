import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('theme').addColumn('description', 'text', (c) => c.notNull().defaultTo('')).execute();
  await db.schema.alterTable('theme').addColumn('picture_id', 'integer').execute();
  await db.schema.alterTable('theme').addColumn('position', 'integer').execute();
  await db.schema.alterTable('theme').addColumn('is_hidden', 'integer', (c) => c.notNull().defaultTo(0)).execute();
  await db.schema.createIndex('theme_by_position').on('theme').columns(['position']).where(sql.ref('position'), 'is not', null).execute();
  await db.schema.createIndex('theme_without_position').on('theme').columns(['latest_at', 'id']).where(sql<boolean>`position is null and is_hidden = 0`).execute();
  await db.schema
    .createTable('merged_theme')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('into_id', 'integer', (c) => c.notNull().references('theme.id'))
    .execute();
  await db.schema.createIndex('merged_theme_by_target').on('merged_theme').columns(['into_id']).execute();
}
