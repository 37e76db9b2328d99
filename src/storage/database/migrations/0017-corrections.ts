import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('correction')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('uid', 'text', (c) => c.notNull().unique())
    .addColumn('article_id', 'integer', (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('editor_id', 'integer', (c) => c.notNull().references('editor.id'))
    .addColumn('text', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('correction_by_article').on('correction').columns(['article_id', 'id']).execute();

  await db.schema.alterTable('revision').addColumn('public_at', 'bigint').execute();
  await sql`create index revision_public on revision (article_id, id, public_at) where public_at is not null`.execute(db);
  await markPublicRevisions(db);
}

/**
 * A scheduled or imported text became public only if it is still the article's public revision, or if the next public text was an update:
 * if the article was moved back to draft or scheduled again before its time, the next one is its first publication.
 */
async function markPublicRevisions(db: Kysely<unknown>): Promise<void> {
  await sql`
    update revision set public_at = (
      select case when revision.kind in ('import', 'schedule') and article.first_published_at > revision.at then article.first_published_at else revision.at end
      from article where article.id = revision.article_id
    )
    where id in (
      select id from (
        select revision.id, kind, public_revision_id, lead(kind) over (partition by article_id order by revision.id) as next_kind
        from revision join article on article.id = article_id
        where kind in ('import', 'publication', 'schedule', 'update', 'minor update')
      ) as for_readers
      where kind in ('publication', 'update', 'minor update') or id = public_revision_id or next_kind in ('update', 'minor update')
    )
  `.execute(db);
}
