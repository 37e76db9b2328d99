import { sql, type ColumnDataType, type Expression, type Kysely } from 'kysely';

// Times are milliseconds, too large for PostgreSQL's `integer`. Text is sorted by bytes, as in SQLite.
const number: ColumnDataType = 'bigint';
const text: Expression<string> = sql`text collate "C"`;

/** PostgreSQL's first migration creates the schema of SQLite's first seven. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable('setting').addColumn('name', text, (c) => c.primaryKey()).addColumn('value', text, (c) => c.notNull()).execute();
  await db.schema
    .createTable('static_page')
    .addColumn('id', number, (c) => c.primaryKey().generatedByDefaultAsIdentity())
    .addColumn('path', text, (c) => c.notNull().unique())
    .addColumn('title', text, (c) => c.notNull())
    .addColumn('body', text, (c) => c.notNull())
    .addColumn('body_html', text, (c) => c.notNull())
    .addColumn('markup_version', number, (c) => c.notNull())
    .addColumn('changed_at', number, (c) => c.notNull())
    .execute();
  for (const table of ['theme', 'topic', 'author']) {
    await db.schema
      .createTable(table)
      .addColumn('id', number, (c) => c.primaryKey())
      .addColumn('slug', text, (c) => c.notNull().unique())
      .addColumn('name', text, (c) => c.notNull())
      .addColumn('name_key', text, (c) => c.notNull().unique())
      .execute();
  }
  await db.schema
    .createTable('editor')
    .addColumn('id', number, (c) => c.primaryKey().generatedByDefaultAsIdentity())
    .addColumn('email', text, (c) => c.notNull())
    .addColumn('email_key', text, (c) => c.notNull().unique())
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('role', text, (c) => c.notNull())
    .addColumn('password_hash', text)
    .addColumn('created_at', number, (c) => c.notNull())
    .addColumn('disabled_at', number)
    .execute();
  await createArticles(db);
  await createEditing(db);
  await createChanges(db);
  await createSearch(db);
}

async function createArticles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('article')
    .addColumn('id', number, (c) => c.primaryKey())
    .addColumn('uid', text, (c) => c.notNull().unique())
    .addColumn('version', number, (c) => c.notNull().defaultTo(1))
    .addColumn('slug', text, (c) => c.unique())
    .addColumn('title', text, (c) => c.notNull())
    .addColumn('standfirst', text, (c) => c.notNull())
    .addColumn('summary', text, (c) => c.notNull())
    .addColumn('word_count', number, (c) => c.notNull())
    .addColumn('markup_version', number, (c) => c.notNull())
    .addColumn('theme_id', number, (c) => c.references('theme.id'))
    .addColumn('language', text, (c) => c.notNull())
    .addColumn('published_at', number, (c) => c.check(sql`published_at % 1000 = 0`))
    .addColumn('first_published_at', number)
    .addColumn('updated_at', number)
    .addColumn('withdrawn_at', number)
    .addColumn('withdrawn_reason', text)
    .addColumn('public_at', number, (c) => c.generatedAlwaysAs(sql`case when withdrawn_at is null then published_at end`).stored())
    .addColumn('import_key', text, (c) => c.unique())
    .addColumn('changed_at', number, (c) => c.notNull())
    .addColumn('edited_at', number, (c) => c.notNull().defaultTo(0))
    .addColumn('owner_id', number, (c) => c.references('editor.id'))
    .addColumn('submitted_at', number)
    .addColumn('head_revision_id', number)
    .addColumn('public_revision_id', number)
    .addColumn('body', text, (c) => c.notNull())
    .addColumn('body_html', text, (c) => c.notNull())
    .addColumn('body_text', text, (c) => c.notNull())
    .addCheckConstraint('published_articles_are_whole', sql`published_at is null or (slug is not null and theme_id is not null)`)
    .execute();
  await db.schema.createIndex('article_by_time').on('article').columns(['public_at', 'id', 'changed_at']).execute();
  await db.schema.createIndex('article_by_theme').on('article').columns(['theme_id', 'public_at', 'id']).execute();
  await db.schema.createIndex('article_by_markup').on('article').columns(['markup_version', 'id']).execute();
  await db.schema.createIndex('article_by_edit').on('article').columns(['edited_at', 'id']).execute();
  await sql`create index article_draft on article (edited_at, id) where published_at is null`.execute(db);
  await sql`create index article_withdrawn on article (edited_at, id) where withdrawn_at is not null`.execute(db);
  for (const named of ['author', 'topic']) {
    await db.schema
      .createTable(`article_${named}`)
      .addColumn('article_id', number, (c) => c.notNull().references('article.id').onDelete('cascade'))
      .addColumn(`${named}_id`, number, (c) => c.notNull().references(`${named}.id`))
      .addColumn('position', number, (c) => c.notNull())
      .addColumn('public_at', number)
      .addPrimaryKeyConstraint(`article_${named}_key`, ['article_id', `${named}_id`])
      .execute();
    await db.schema.createIndex(`article_${named}_by_time`).on(`article_${named}`).columns([`${named}_id`, 'public_at', 'article_id']).execute();
  }
  for (const [table, column] of [['old_slug', 'slug'], ['old_name', 'name_key']] as const) {
    await db.schema
      .createTable(table)
      .addColumn('kind', text, (c) => c.notNull())
      .addColumn(column, text, (c) => c.notNull())
      .addColumn('target_id', number, (c) => c.notNull())
      .addPrimaryKeyConstraint(`${table}_key`, ['kind', column])
      .execute();
  }
}

async function createEditing(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('session')
    .addColumn('id', number, (c) => c.primaryKey().generatedByDefaultAsIdentity())
    .addColumn('token_hash', text, (c) => c.notNull().unique())
    .addColumn('editor_id', number, (c) => c.notNull().references('editor.id'))
    .addColumn('created_at', number, (c) => c.notNull())
    .addColumn('seen_at', number, (c) => c.notNull())
    .addColumn('user_agent', text, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('session_by_editor').on('session').columns(['editor_id', 'seen_at']).execute();
  await db.schema
    .createTable('set_up_link')
    .addColumn('token_hash', text, (c) => c.primaryKey())
    .addColumn('editor_id', number, (c) => c.references('editor.id'))
    .addColumn('expires_at', number)
    .execute();
  await db.schema
    .createTable('sign_in_failure')
    .addColumn('subject', text, (c) => c.primaryKey())
    .addColumn('count', number, (c) => c.notNull())
    .addColumn('last_at', number, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('audit_log')
    .addColumn('id', number, (c) => c.primaryKey().generatedByDefaultAsIdentity())
    .addColumn('at', number, (c) => c.notNull())
    .addColumn('editor_id', number, (c) => c.references('editor.id'))
    .addColumn('action', text, (c) => c.notNull())
    .addColumn('article_id', number)
    .addColumn('detail', text, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('audit_log_by_article').on('audit_log').columns(['article_id', 'id']).execute();
  await db.schema
    .createTable('revision')
    .addColumn('id', number, (c) => c.primaryKey().generatedByDefaultAsIdentity())
    .addColumn('article_id', number, (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('at', number, (c) => c.notNull())
    .addColumn('editor_id', number, (c) => c.references('editor.id'))
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('base_id', number)
    .addColumn('settled_at', number)
    .addColumn('form', text, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('revision_by_article').on('revision').columns(['article_id', 'id']).execute();
  await sql`create index revision_autosave on revision (at) where kind = 'autosave'`.execute(db);
  await db.schema
    .createTable('presence')
    .addColumn('article_id', number, (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('editor_id', number, (c) => c.notNull().references('editor.id'))
    .addColumn('seen_at', number, (c) => c.notNull())
    .addPrimaryKeyConstraint('presence_key', ['article_id', 'editor_id'])
    .execute();
  await db.schema
    .createTable('preview')
    .addColumn('token_hash', text, (c) => c.primaryKey())
    .addColumn('revision_id', number, (c) => c.notNull().references('revision.id').onDelete('cascade'))
    .addColumn('expires_at', number, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('preview_by_revision').on('preview').columns(['revision_id']).execute();
}

/** The change feed, with a notification to every server when a row is committed. */
async function createChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('change')
    .addColumn('id', number, (c) => c.primaryKey().generatedByDefaultAsIdentity())
    .addColumn('at', number, (c) => c.notNull())
    .addColumn('touched', text, (c) => c.notNull())
    .execute();
  await sql`create function notify_of_change() returns trigger language plpgsql as 'begin perform pg_notify(''broadsheet_change'', ''''); return null; end'`.execute(db);
  await sql`create trigger change_notified after insert on change for each statement execute function notify_of_change()`.execute(db);
  await db.schema
    .createTable('purge')
    .addColumn('id', number, (c) => c.primaryKey())
    .addColumn('change_id', number, (c) => c.notNull())
    .addColumn('claimed_until', number, (c) => c.notNull())
    .execute();
}

/** The search index and, to complete unfinished words, every indexed word. */
async function createSearch(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('search')
    .addColumn('article_id', number, (c) => c.primaryKey())
    .addColumn('public_at', number)
    .addColumn('theme_id', number)
    .addColumn('words', sql`tsvector`, (c) => c.notNull())
    .execute();
  await sql`create index search_by_word on search using gin (words)`.execute(db);
  await db.schema.createIndex('search_by_time').on('search').columns(['public_at', 'article_id']).execute();
  await db.schema.createTable('search_word').addColumn('word', text, (c) => c.primaryKey()).execute();
}
