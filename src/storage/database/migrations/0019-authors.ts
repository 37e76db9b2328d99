import { sql, SqliteAdapter, type Kysely } from 'kysely';

/** What readers learn about authors, and the words by which the newsroom finds authors and topics. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Not columns of the author: lists of articles would have to read past the biography to reach the name.
  await db.schema
    .createTable('author_profile')
    .addColumn('author_id', 'integer', (c) => c.primaryKey().references('author.id').onDelete('cascade'))
    .addColumn('portrait_id', 'integer', (c) => c.references('picture.id'))
    .addColumn('biography', 'text', (c) => c.notNull())
    .addColumn('web', 'text', (c) => c.notNull())
    .addColumn('mastodon', 'text', (c) => c.notNull())
    .addColumn('bluesky', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .execute();
  // Words with the same beginning are neighbours only in the order of their code points, which is SQLite's own.
  const word = db.getExecutor().adapter instanceof SqliteAdapter ? sql`text` : sql`text collate "C"`;
  for (const kind of ['author', 'topic']) {
    await db.schema
      .createTable(`${kind}_word`)
      .addColumn('word', word, (c) => c.notNull())
      .addColumn('name_id', 'integer', (c) => c.notNull().references(`${kind}.id`).onDelete('cascade'))
      .addPrimaryKeyConstraint(`${kind}_word_key`, ['word', 'name_id'])
      .execute();
    await db.schema.createIndex(`${kind}_word_name`).on(`${kind}_word`).column('name_id').execute();
  }
}
