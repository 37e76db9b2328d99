import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable('setting').addColumn('name', 'text', (c) => c.primaryKey()).addColumn('value', 'text', (c) => c.notNull()).execute();

  await db.schema
    .createTable('static_page')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('path', 'text', (c) => c.notNull().unique())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('body_html', 'text', (c) => c.notNull())
    .addColumn('markup_version', 'integer', (c) => c.notNull())
    .addColumn('changed_at', 'integer', (c) => c.notNull())
    .execute();

  for (const table of ['theme', 'topic', 'author']) {
    await db.schema
      .createTable(table)
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('slug', 'text', (c) => c.notNull().unique())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('name_key', 'text', (c) => c.notNull().unique())
      .execute();
  }

  await db.schema
    .createTable('article')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('uid', 'text', (c) => c.notNull().unique())
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('slug', 'text', (c) => c.unique())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('standfirst', 'text', (c) => c.notNull())
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('word_count', 'integer', (c) => c.notNull())
    .addColumn('markup_version', 'integer', (c) => c.notNull())
    .addColumn('theme_id', 'integer', (c) => c.references('theme.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('published_at', 'integer', (c) => c.check(sql`published_at % 1000 = 0`))
    .addColumn('first_published_at', 'integer')
    .addColumn('updated_at', 'integer')
    .addColumn('withdrawn_at', 'integer')
    .addColumn('withdrawn_reason', 'text')
    .addColumn('public_at', 'integer', (c) => c.generatedAlwaysAs(sql`case when withdrawn_at is null then published_at end`).stored())
    .addColumn('import_key', 'text', (c) => c.unique())
    .addColumn('changed_at', 'integer', (c) => c.notNull())
    // The long columns come last, so that the others are on the row's first page.
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('body_html', 'text', (c) => c.notNull())
    .addColumn('body_text', 'text', (c) => c.notNull())
    .addCheckConstraint('published_articles_are_whole', sql`published_at is null or (slug is not null and theme_id is not null)`)
    .execute();
  await db.schema.createIndex('article_by_time').on('article').columns(['public_at', 'id', 'changed_at']).execute();
  await db.schema.createIndex('article_by_theme').on('article').columns(['theme_id', 'public_at', 'id']).execute();
  await db.schema.createIndex('article_by_markup').on('article').columns(['markup_version', 'id']).execute();

  await db.schema
    .createTable('article_author')
    .addColumn('article_id', 'integer', (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('author_id', 'integer', (c) => c.notNull().references('author.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('public_at', 'integer')
    .addPrimaryKeyConstraint('article_author_key', ['article_id', 'author_id'])
    .execute();
  await db.schema.createIndex('article_author_by_time').on('article_author').columns(['author_id', 'public_at', 'article_id']).execute();

  await db.schema
    .createTable('article_topic')
    .addColumn('article_id', 'integer', (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('topic_id', 'integer', (c) => c.notNull().references('topic.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('public_at', 'integer')
    .addPrimaryKeyConstraint('article_topic_key', ['article_id', 'topic_id'])
    .execute();
  await db.schema.createIndex('article_topic_by_time').on('article_topic').columns(['topic_id', 'public_at', 'article_id']).execute();

  await db.schema
    .createTable('old_slug')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('slug', 'text', (c) => c.notNull())
    .addColumn('target_id', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('old_slug_key', ['kind', 'slug'])
    .execute();

  await db.schema
    .createTable('change')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('touched', 'text', (c) => c.notNull())
    .execute();
}
