import { sql, type Kysely } from 'kysely';

/** With these times, the navigation and the list of themes are read from `theme` alone, however many articles there are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['first_at', 'latest_at', 'next_at']) await db.schema.alterTable('theme').addColumn(column, 'bigint').execute();
  await sql`
    update theme set
      first_at = (select min(public_at) from article where theme_id = theme.id and public_at is not null),
      latest_at = (select max(public_at) from article where theme_id = theme.id and public_at <= ${Date.now()}),
      next_at = (select min(public_at) from article where theme_id = theme.id and public_at > ${Date.now()})
  `.execute(db);
  await db.schema.createIndex('theme_by_first').on('theme').columns(['first_at']).execute();
  await db.schema.createIndex('theme_by_latest').on('theme').columns(['latest_at', 'id']).execute();
  await db.schema.createIndex('theme_by_next').on('theme').columns(['next_at']).execute();
}
