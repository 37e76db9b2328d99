import { inTransaction, type Database } from '../database/database.ts';

/** In milliseconds since the last heartbeat of an editor's browser. */
const presenceTimeout = 45_000;

/** @param windowId the id that a browser window has for as long as it is open. Empty: unknown. */
export async function recordPresence(db: Database, articleId: number, editorId: number, windowId: string, now: number): Promise<void> {
  const row = { article_id: articleId, editor_id: editorId, window_id: windowId, seen_at: now };
  await inTransaction(db, async (transaction) => {
    if (!(await transaction.selectFrom('article').select('id').where('id', '=', articleId).executeTakeFirst())) return;
    await transaction.insertInto('presence').values(row).onConflict((conflict) => conflict.columns(['article_id', 'editor_id', 'window_id']).doUpdateSet({ seen_at: now })).execute();
    await transaction.deleteFrom('presence').where('seen_at', '<', now - presenceTimeout).execute();
  });
}

export async function listOthersAt(db: Database, articleId: number, editorId: number, now: number): Promise<string[]> {
  const rows = await db.reader
    .selectFrom('presence')
    .innerJoin('editor', 'editor.id', 'presence.editor_id')
    .select('editor.name')
    .distinct()
    .where('article_id', '=', articleId)
    .where('editor_id', '<>', editorId)
    .where('seen_at', '>=', now - presenceTimeout)
    .orderBy('editor.name')
    .execute();
  return rows.map(({ name }) => name);
}

/** Whether an editor has the article open in another window than this one. */
export async function isInOtherWindow(db: Database, articleId: number, editorId: number, windowId: string, now: number): Promise<boolean> {
  const row = await db.reader
    .selectFrom('presence')
    .select('window_id')
    .where('article_id', '=', articleId)
    .where('editor_id', '=', editorId)
    .where('window_id', 'not in', ['', windowId])
    .where('seen_at', '>=', now - presenceTimeout)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
