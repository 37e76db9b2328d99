import { inTransaction, type Database } from '../database/database.ts';

/** In milliseconds since an editor's browser last showed the article. */
const presenceTimeout = 45_000;
/** In milliseconds since the last heartbeat of a window. Browsers let the timers of hidden windows run once a minute. */
const windowTimeout = 150_000;

export interface OpenWindow {
  articleId: number;
  editorId: number;
  /** The id that a browser window has for as long as it is open. Empty: unknown. */
  windowId: string;
}

/** Records that a window with the article is open, and whether its editor can see it. */
export async function recordPresence(db: Database, { articleId, editorId, windowId }: OpenWindow, { isHidden }: { isHidden: boolean }, now: number): Promise<void> {
  const times = { open_at: now, ...(!isHidden && { seen_at: now }) };
  const row = { article_id: articleId, editor_id: editorId, window_id: windowId, seen_at: 0, ...times };
  await inTransaction(db, async (transaction) => {
    if (!(await transaction.selectFrom('article').select('id').where('id', '=', articleId).executeTakeFirst())) return;
    await transaction.insertInto('presence').values(row).onConflict((conflict) => conflict.columns(['article_id', 'editor_id', 'window_id']).doUpdateSet(times)).execute();
    await transaction.deleteFrom('presence').where('open_at', '<', now - windowTimeout).execute();
  });
}

export async function endPresence(db: Database, { articleId, editorId, windowId }: OpenWindow): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction.deleteFrom('presence').where('article_id', '=', articleId).where('editor_id', '=', editorId).where('window_id', '=', windowId).execute();
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

/** Whether an editor has the article open in another window than this one, hidden or not. */
export async function isInOtherWindow(db: Database, { articleId, editorId, windowId }: OpenWindow, now: number): Promise<boolean> {
  const row = await db.reader
    .selectFrom('presence')
    .select('window_id')
    .where('article_id', '=', articleId)
    .where('editor_id', '=', editorId)
    .where('window_id', 'not in', ['', windowId])
    .where('open_at', '>=', now - windowTimeout)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
