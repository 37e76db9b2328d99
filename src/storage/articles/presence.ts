import { inTransaction, type Database } from '../database/database.ts';

/** In milliseconds since the last heartbeat of an editor's browser. */
const presenceTimeout = 45_000;

export async function recordPresence(db: Database, articleId: number, editorId: number, now: number): Promise<void> {
  const row = { article_id: articleId, editor_id: editorId, seen_at: now };
  await inTransaction(db, async (transaction) => {
    if (!(await transaction.selectFrom('article').select('id').where('id', '=', articleId).executeTakeFirst())) return;
    await transaction.insertInto('presence').values(row).onConflict((conflict) => conflict.columns(['article_id', 'editor_id']).doUpdateSet({ seen_at: now })).execute();
    await transaction.deleteFrom('presence').where('seen_at', '<', now - presenceTimeout).execute();
  });
}

export async function listOthersAt(db: Database, articleId: number, editorId: number, now: number): Promise<string[]> {
  const rows = await db.reader
    .selectFrom('presence')
    .innerJoin('editor', 'editor.id', 'presence.editor_id')
    .select('editor.name')
    .where('article_id', '=', articleId)
    .where('editor_id', '<>', editorId)
    .where('seen_at', '>=', now - presenceTimeout)
    .orderBy('editor.name')
    .execute();
  return rows.map(({ name }) => name);
}
