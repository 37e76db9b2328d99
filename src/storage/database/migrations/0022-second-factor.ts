import type { Kysely } from 'kysely';

/** SQLite knows no type `bytea`, and stores blobs in such a column unchanged. */
const bytes = 'bytea';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('totp')
    .addColumn('editor_id', 'integer', (c) => c.primaryKey().references('editor.id'))
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('last_step', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('recovery_code')
    .addColumn('editor_id', 'integer', (c) => c.notNull().references('editor.id'))
    .addColumn('code_hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recovery_code_key', ['editor_id', 'code_hash'])
    .execute();
  await db.schema
    .createTable('passkey')
    .addColumn('credential_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('editor_id', 'integer', (c) => c.notNull().references('editor.id'))
    .addColumn('public_key', bytes, (c) => c.notNull())
    .addColumn('counter', 'bigint', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  await db.schema
    .createTable('challenge')
    .addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('editor_id', 'integer', (c) => c.references('editor.id'))
    .addColumn('network', 'text')
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
}
