import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { onPostgres } from '../../support/postgres.ts';
import { emptySite } from '../../support/test-site.ts';

test('a commit waits for the disk, even if the database server’s default is not to wait', async () => {
  const { context: { db } } = await emptySite();
  const query = async (text: string) => inTransaction(db, async (transaction) => Object.values((await sql.raw<Record<string, unknown>>(text).execute(transaction)).rows[0] ?? {}));
  if (onPostgres) expect(await query("select reset_val, setting from pg_settings where name = 'synchronous_commit'")).toEqual(['off', 'on']);
  // 2 is FULL. In WAL mode, commits at NORMAL don't wait.
  else expect(await query('pragma synchronous')).toEqual([2]);
});
