import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';

/** If the stored signatures have another version, or none, counts all terms and matches all articles again. What is in a storyline stays there. */
export async function requireVersion(db: Database, version: number, now: number): Promise<void> {
  if ((await findVersion(db.reader)) === version) return;
  await inTransaction(db, async (transaction) => {
    const stored = await findVersion(transaction);
    // Another process was faster.
    if (stored === version) return;
    if (stored !== undefined) {
      await transaction.deleteFrom('term_count').execute();
      const published = transaction.selectFrom('article').select((eb) => ['id', 'public_at', eb.fn<number>('coalesce', ['public_at', eb.val(now)]).as('due_at'), eb.lit(0).as('is_counted')]).where('public_at', 'is not', null);
      await transaction.deleteFrom('unmatched').execute();
      await transaction.insertInto('unmatched').columns(['article_id', 'public_at', 'due_at', 'is_counted']).expression(published as never).execute();
    }
    const row = { version, articles: 0 };
    await transaction.insertInto('signature_state').values({ id: 1, ...row }).onConflict((conflict) => conflict.column('id').doUpdateSet(row)).execute();
  });
}

async function findVersion(db: Handle): Promise<number | undefined> {
  return (await db.selectFrom('signature_state').select('version').where('id', '=', 1).executeTakeFirst())?.version;
}
