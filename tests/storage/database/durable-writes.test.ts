import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { onPostgres } from '../../support/postgres.ts';
import { emptySite } from '../../support/test-site.ts';

test('a commit waits for the disk, even where the database server would not by default', async () => {
  const { context: { db } } = await emptySite();
  const ask = async (question: string) => inTransaction(db, async (transaction) => Object.values((await sql.raw<Record<string, unknown>>(question).execute(transaction)).rows[0] ?? {}));
  if (onPostgres) expect(await ask("select reset_val, setting from pg_settings where name = 'synchronous_commit'")).toEqual(['off', 'on']);
  // FULL. At NORMAL, a commit in WAL mode does not wait.
  else expect(await ask('pragma synchronous')).toEqual([2]);
});
