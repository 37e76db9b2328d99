import { noteAction } from './audit-log.ts';
import { inTransaction, type Database } from './database.ts';
import { insertRevision, type Revision } from './revisions.ts';

/**
 * Makes a revision's text the one that was saved last, whatever was saved since: that stays among the revisions. What
 * readers see does not change, nor does what was scheduled. Whether the text makes sense is asked when it is saved.
 */
export async function restoreRevision(db: Database, articleId: number, { id, form }: Revision, editorId: number, now: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const { head } = await transaction.selectFrom('article').select('head_revision_id as head').where('id', '=', articleId).executeTakeFirstOrThrow();
    const revisionId = await insertRevision(transaction, articleId, { editorId, kind: 'restoration', baseId: head, form }, now);
    await transaction.updateTable('article').set((eb) => ({ head_revision_id: revisionId, edited_at: now, version: eb('version', '+', 1) })).where('id', '=', articleId).execute();
    await noteAction(transaction, { editorId, action: 'restoration', articleId, detail: `revision ${id}` }, now);
  });
}
