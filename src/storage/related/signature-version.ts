import { inTransaction, type Database } from '../database/database.ts';
import { versionRow } from './term-counts.ts';

/** If the stored signatures have another version, or none, counts all terms and matches all articles again. What is in a storyline stays there. */
export async function requireVersion(db: Database, version: number, now: number): Promise<void> {
  const stored = await db.reader.selectFrom('term_count').select('articles').where('term', '=', versionRow).executeTakeFirst();
  if (stored?.articles === version) return;
  await inTransaction(db, async (transaction) => {
    if (stored) {
      await transaction.deleteFrom('term_count').execute();
      const published = transaction.selectFrom('article').select((eb) => ['id', 'public_at', eb.fn<number>('coalesce', ['public_at', eb.val(now)]).as('due_at'), eb.lit(0).as('is_counted')]).where('public_at', 'is not', null);
      await transaction.deleteFrom('unmatched').execute();
      await transaction.insertInto('unmatched').columns(['article_id', 'public_at', 'due_at', 'is_counted']).expression(published as never).execute();
    }
    await transaction.insertInto('term_count').values({ term: versionRow, articles: version }).onConflict((conflict) => conflict.column('term').doUpdateSet({ articles: version })).execute();
  });
}
