import { sql, type Kysely } from 'kysely';

const week = 7 * 24 * 3_600_000;

/** The dashboard, the newsroom's lists behind it, notes, and the list of preview links. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('article_note')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('article_id', 'integer', (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('editor_id', 'integer', (c) => c.notNull().references('editor.id'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('window_id', 'text')
    .execute();
  await db.schema.createIndex('article_note_by_article').on('article_note').columns(['article_id', 'id']).execute();

  await db.schema.alterTable('article').addColumn('returned_at', 'bigint').execute();
  await db.schema.alterTable('article').addColumn('is_undescribed', 'integer', (c) => c.notNull().defaultTo(0)).execute();
  await sql`
    update article set is_undescribed = 1 where published_at is not null and id in (
      select picture_use.place_id from picture_use inner join picture on picture.id = picture_use.picture_id inner join article as used on used.id = picture_use.place_id
      where picture_use.kind = 'article' and picture.alt = '' and picture.is_decoration = 0
        and (used.body_html like '%<img src="picture:' || picture.id || '" alt="">%'
          or exists (select 1 from lead_picture where lead_picture.article_id = used.id and lead_picture.picture_id = picture.id and lead_picture.alt = '')))`.execute(db);

  // Small indexes of the articles that the newsroom looks for among all others.
  await sql`create index article_submitted on article (edited_at, id) where submitted_at is not null`.execute(db);
  await sql`create index article_returned on article (edited_at, id) where returned_at is not null`.execute(db);
  await sql`create index article_changed on article (edited_at, id) where head_revision_id <> public_revision_id`.execute(db);
  await sql`create index article_undescribed on article (edited_at, id) where is_undescribed = 1`.execute(db);
  await sql`create index article_own on article (owner_id, edited_at, id) where owner_id is not null`.execute(db);
  await sql`create index article_own_draft on article (owner_id, edited_at, id) where published_at is null`.execute(db);

  await db.schema.alterTable('preview').addColumn('editor_id', 'integer', (c) => c.references('editor.id')).execute();
  await db.schema.alterTable('preview').addColumn('created_at', 'bigint').execute();
  await db.schema.alterTable('preview').addColumn('is_shared', 'integer', (c) => c.notNull().defaultTo(1)).execute();
  await sql`update preview set created_at = expires_at - cast(${week} as bigint)`.execute(db);
}
