import { sql, type Kysely } from 'kysely';

/** SQLite knows no type `bytea`, and stores blobs in such a column unchanged. */
const bytes = 'bytea';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('storyline')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('joined_into', 'integer')
    .execute();
  // Not columns of the article: lists would have to read past its body to reach them.
  await db.schema
    .createTable('storyline_article')
    .addColumn('article_id', 'integer', (c) => c.primaryKey().references('article.id').onDelete('cascade'))
    .addColumn('storyline_id', 'integer', (c) => c.references('storyline.id'))
    .addColumn('theme_id', 'integer')
    .addColumn('public_at', 'bigint')
    .addColumn('superseded_at', 'bigint')
    .addColumn('is_chosen', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  const columns = ['public_at', 'article_id'];
  await db.schema.createIndex('storyline_article_order').on('storyline_article').columns(['storyline_id', ...columns]).where(sql.ref('storyline_id'), 'is not', null).execute();
  await db.schema.createIndex('storyline_article_newest').on('storyline_article').columns(columns).where(sql.ref('superseded_at'), 'is', null).execute();
  await db.schema.createIndex('storyline_article_newest_of_theme').on('storyline_article').columns(['theme_id', ...columns]).where(sql.ref('superseded_at'), 'is', null).execute();
  await db.schema.createIndex('storyline_article_earlier_of_theme').on('storyline_article').columns(['theme_id', ...columns]).where(sql.ref('superseded_at'), 'is not', null).execute();
  await db.schema.createIndex('storyline_article_superseded').on('storyline_article').column('superseded_at').where(sql.ref('superseded_at'), 'is not', null).execute();
  await db.schema
    .createTable('unmatched')
    .addColumn('article_id', 'integer', (c) => c.primaryKey().references('article.id').onDelete('cascade'))
    .addColumn('public_at', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('is_counted', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('unmatched_order').on('unmatched').columns(columns).execute();
  await db.schema.createIndex('unmatched_due').on('unmatched').columns(['due_at', ...columns]).execute();
  await db.schema
    .createTable('signature')
    .addColumn('article_id', 'integer', (c) => c.primaryKey().references('article.id').onDelete('cascade'))
    .addColumn('related', bytes, (c) => c.notNull())
    .addColumn('terms', bytes, (c) => c.notNull())
    .addColumn('sketch', bytes, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('term_count')
    .addColumn('term', 'integer', (c) => c.primaryKey())
    .addColumn('articles', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('related_choice')
    .addColumn('article_id', 'integer', (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('other_id', 'integer', (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('position', 'integer')
    .addPrimaryKeyConstraint('related_choice_key', ['article_id', 'other_id'])
    .execute();
  await sql`insert into storyline_article (article_id, theme_id, public_at) select id, theme_id, public_at from article`.execute(db);
  await sql`insert into unmatched (article_id, public_at, due_at, is_counted) select id, public_at, 0, 0 from article where public_at is not null`.execute(db);
}
